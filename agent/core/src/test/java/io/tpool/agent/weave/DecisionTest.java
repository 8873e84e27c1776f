// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tpool.agent.pattern.MethodShape;
import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to a method, decided without a class file being touched. */
@Timeout(60)
class DecisionTest {
    private static final ClassHeader JAVA_8 = header(Opcodes.V1_8);
    private static final MethodShape PLAIN = method(0);
    private static final MethodShape NATIVE = method(Opcodes.ACC_NATIVE);
    private static final MethodShape GUARDED = method(Opcodes.ACC_SYNCHRONIZED);

    @Test
    void nativesAreRenamedAtTheFirstLoadOnly() {
        assertEquals(WeaveKind.RENAME, Decision.atFirstLoad(JAVA_8, NATIVE, Mode.TPOOL, false).how());
        assertEquals(WeaveKind.RENAME, Decision.atFirstLoad(JAVA_8, NATIVE, Mode.HANDOFF, false).how());
        assertEquals(NotWoven.NATIVE_LOADED, Decision.forBody(JAVA_8, NATIVE, Mode.TPOOL, false, true).why());
        assertEquals(NotWoven.NO_RENAMING, Decision.forBody(JAVA_8, NATIVE, Mode.TPOOL, false, false).why());
    }

    @Test
    void synchronizedMethodsHopBeforeTheirMonitorWhereItPinsOrWouldBeWaitedFor() {
        assertNull(Decision.atFirstLoad(JAVA_8, GUARDED, Mode.TPOOL, false).how());
        assertEquals(WeaveKind.BODY_BEFORE_MONITOR, Decision.atFirstLoad(JAVA_8, GUARDED, Mode.TPOOL, true).how());
        assertEquals(WeaveKind.BODY_BEFORE_MONITOR, Decision.atFirstLoad(JAVA_8, GUARDED, Mode.HANDOFF, false).how());
        assertEquals(NotWoven.HOLDS_MONITOR, Decision.forBody(JAVA_8, GUARDED, Mode.HANDOFF, false, true).why());
        assertEquals(WeaveKind.BODY, Decision.forBody(JAVA_8, GUARDED, Mode.TPOOL, false, true).how());
        assertNull(Decision.forBody(JAVA_8, GUARDED, Mode.TPOOL, false, true).limit());
        assertEquals(Decision.HOLDS_MONITOR, Decision.forBody(JAVA_8, GUARDED, Mode.TPOOL, true, true).limit());
    }

    @Test
    void aClassThatCannotNameItselfKeepsTheMonitorsOfItsStaticMethods() {
        MethodShape guardedStatic = method(Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STATIC);
        assertNull(Decision.atFirstLoad(header(Opcodes.V1_4), guardedStatic, Mode.TPOOL, true).how());
        assertEquals(WeaveKind.BODY_BEFORE_MONITOR,
            Decision.atFirstLoad(header(Opcodes.V1_4), GUARDED, Mode.TPOOL, true).how());
        assertEquals(WeaveKind.BODY_BEFORE_MONITOR,
            Decision.atFirstLoad(header(Opcodes.V1_5), guardedStatic, Mode.TPOOL, true).how());
    }

    @Test
    void otherMethodsAreForTheBodyTransformer() {
        assertNull(Decision.atFirstLoad(JAVA_8, PLAIN, Mode.TPOOL, true).how());
        assertEquals(WeaveKind.BODY, Decision.forBody(JAVA_8, PLAIN, Mode.TPOOL, true, false).how());
    }

    @Test
    void lambdaBodiesAndAccessorsAreNobodysAndBridgesAreThePatternsBusiness() {
        MethodShape synthetic = method(Opcodes.ACC_SYNTHETIC);
        MethodShape bridge = method(Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE);
        assertNull(Decision.forBody(JAVA_8, synthetic, Mode.TPOOL, false, true).how());
        assertEquals(WeaveKind.BODY, Decision.forBody(JAVA_8, bridge, Mode.TPOOL, false, true).how());
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"AUTO", "TPOOL"})
    void whateverMovesTheThreadIsWovenForThat(Mode mode) {
        assertNull(Decision.atFirstLoad(JAVA_8, GUARDED, mode, false).how());
        assertEquals(WeaveKind.BODY, Decision.forBody(JAVA_8, GUARDED, mode, false, true).how());
        assertEquals(WeaveKind.BODY, Decision.forBody(header(Opcodes.V1_6), PLAIN, mode, false, false).how());
    }

    @Test
    void modeHandoffRefusesWhatAMethodHandleCannotDo() {
        MethodShape many = new MethodShape("m", "(" + "J".repeat(125) + ")V", 0);
        assertEquals(NotWoven.TOO_MANY_ARGUMENTS, Decision.forBody(JAVA_8, many, Mode.HANDOFF, false, false).why());
        assertEquals(WeaveKind.BODY, Decision.forBody(JAVA_8, many, Mode.TPOOL, false, false).how());
        assertEquals(NotWoven.OLD_CLASS_FILE,
            Decision.forBody(header(Opcodes.V1_6), PLAIN, Mode.HANDOFF, false, false).why());
        assertEquals(NotWoven.OLD_CLASS_FILE,
            Decision.atFirstLoad(header(Opcodes.V1_6), NATIVE, Mode.HANDOFF, false).why());
    }

    @Test
    void slotsOfArgumentsAreCountedAsTheJvmDoes() {
        assertEquals(0, Descriptors.slots("()V", true));
        assertEquals(1, Descriptors.slots("()J", false));
        assertEquals(9, Descriptors.slots("(IJ[J[[Ljava/lang/String;DLx;)V", false));
    }

    @Test
    void aHeaderIsReadAsTheCompilerWroteIt() {
        Map<String, byte[]> files = MemoryCompiler.compile(17, """
                public abstract class H extends java.io.Reader implements Runnable, Comparable<H> {
                    private static final long serialVersionUID = 1;
                    String \u00fcber(int a, long b) { double c = a + b; return "" + c; }
                    abstract void nothing();
                }
                """);
        ClassHeader header = ClassHeader.of(files.get("acme.H"));
        assertEquals("acme/H", header.name());
        assertEquals("java/io/Reader", header.superName());
        assertEquals("[java/lang/Runnable, java/lang/Comparable]", java.util.Arrays.toString(header.interfaces()));
        assertEquals(61, header.version());
        assertEquals(true, header.declaresSerialVersionUid());
        assertEquals(6, header.locals("\u00fcber(IJ)Ljava/lang/String;"));
        assertEquals(0, header.locals("nothing()V"));
        assertEquals(true, header.mentions("lang/Compar"));
        assertEquals(false, header.mentions("com/sun/jna"));
    }

    private static ClassHeader header(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, 0, "acme/T", null, "java/lang/Object", null);
        writer.visitEnd();
        return ClassHeader.of(writer.toByteArray());
    }

    private static MethodShape method(int access) {
        return new MethodShape("m", "()V", access);
    }
}
