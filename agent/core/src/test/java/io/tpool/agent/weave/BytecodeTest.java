// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte code that javac does not make, or no longer. */
@Timeout(60)
class BytecodeTest {
    private static final String RUN = "acme.T#run";

    @BeforeEach
    void reset() {
        Recorder.reset();
    }

    @ParameterizedTest
    @EnumSource
    void aLoopBackToTheFirstInstructionDoesNotHopAgain(Mode mode) throws Throwable {
        byte[] file = type(V11, run -> {
            Label start = new Label();
            Label end = new Label();
            run.visitLabel(start);
            run.visitFrame(F_NEW, 0, null, 0, null);
            count(run);
            run.visitIntInsn(BIPUSH, 3);
            run.visitJumpInsn(IF_ICMPGE, end);
            run.visitJumpInsn(GOTO, start);
            run.visitLabel(end);
            run.visitFrame(F_NEW, 0, null, 0, null);
            answer(run, 7);
            run.visitMaxs(3, 0);
        });

        assertEquals(7, call(Loom.of(mode, RUN), file));
        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
    }

    @Test
    void aWideLocalThatStraddlesTheLastArgumentStaysWhole() throws Throwable {
        ClassWriter writer = begin(V11);
        MethodVisitor run = writer.visitMethod(ACC_STATIC, "straddle", "(I)J", null, null);
        run.visitCode();
        run.visitLdcInsn(0x1234_5678_9ABC_DEF0L);
        run.visitVarInsn(LSTORE, 0);
        Label end = new Label();
        run.visitInsn(ICONST_0);
        run.visitJumpInsn(IFEQ, end);
        run.visitInsn(NOP);
        run.visitLabel(end);
        run.visitFrame(F_NEW, 1, new Object[] {LONG}, 0, null);
        run.visitVarInsn(LLOAD, 0);
        run.visitInsn(LRETURN);
        run.visitMaxs(2, 2);
        run.visitEnd();
        run(writer, caller -> {
            caller.visitInsn(ICONST_0);
            caller.visitMethodInsn(INVOKESTATIC, "acme/T", "straddle", "(I)J", false);
            caller.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
            caller.visitInsn(ARETURN);
            caller.visitMaxs(2, 0);
        });

        assertEquals(0x1234_5678_9ABC_DEF0L,
            call(Loom.beforeJdk24(Mode.TPOOL, "acme.T#straddle"), writer.toByteArray()));
        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
    }

    @Test
    void aReturnWithOtherValuesBelowItOnTheStackReturnsTheTopOne() throws Throwable {
        byte[] file = type(V11, run -> {
            run.visitLdcInsn(1L);
            run.visitLdcInsn("below");
            answer(run, 5);
            run.visitMaxs(6, 0);
        });

        assertEquals(5, call(Loom.of(Mode.TPOOL, RUN), file));
    }

    @Test
    void deadCodeAtTheEndDoesNotStopTheClassFromVerifying() throws Throwable {
        byte[] file = type(V11, run -> {
            answer(run, 5);
            run.visitFrame(F_NEW, 0, null, 1, new Object[] {"java/lang/Throwable"});
            run.visitInsn(ATHROW);
            run.visitMaxs(3, 0);
        });

        assertEquals(5, call(Loom.of(Mode.TPOOL, RUN), file));
    }

    @Test
    void anUninitializedObjectOnTheStackAcrossABranchStaysUninitialized() throws Throwable {
        byte[] file = type(V11, run -> {
            Label made = new Label();
            Label other = new Label();
            Label join = new Label();
            run.visitLabel(made);
            run.visitTypeInsn(NEW, "java/lang/Integer");
            run.visitInsn(DUP);
            count(run);
            run.visitJumpInsn(IFEQ, other);
            run.visitIntInsn(BIPUSH, 9);
            run.visitJumpInsn(GOTO, join);
            run.visitLabel(other);
            run.visitFrame(F_NEW, 0, null, 2, new Object[] {made, made});
            run.visitInsn(ICONST_1);
            run.visitLabel(join);
            run.visitFrame(F_NEW, 0, null, 3, new Object[] {made, made, INTEGER});
            run.visitMethodInsn(INVOKESPECIAL, "java/lang/Integer", "<init>", "(I)V", false);
            run.visitInsn(ARETURN);
            run.visitMaxs(6, 0);
        });

        assertEquals(9, call(Loom.of(Mode.TPOOL, RUN), file));
    }

    @Test
    void moreLocalsThanOneByteCanNumberAreKept() throws Throwable {
        byte[] file = type(V11, run -> {
            Label end = new Label();
            run.visitInsn(ICONST_4);
            run.visitVarInsn(ISTORE, 70);
            run.visitLdcInsn(3.5);
            run.visitVarInsn(DSTORE, 299);
            run.visitInsn(ICONST_0);
            run.visitJumpInsn(IFNE, end);
            run.visitInsn(NOP);
            run.visitLabel(end);
            Object[] locals = new Object[300];
            java.util.Arrays.fill(locals, TOP);
            locals[70] = INTEGER;
            locals[299] = DOUBLE;
            run.visitFrame(F_NEW, 300, locals, 0, null);
            run.visitVarInsn(ILOAD, 70);
            box(run);
            run.visitInsn(ARETURN);
            run.visitMaxs(2, 301);
        });

        assertEquals(4, call(Loom.beforeJdk24(Mode.TPOOL, RUN), file));
    }

    @ParameterizedTest
    @ValueSource(ints = {V1_1, V1_2, V1_3, V1_4, V1_5})
    void subroutinesOfOldCompilersReturnThroughTheExit(int version) throws Throwable {
        byte[] file = type(version, run -> {
            Label subroutine = new Label();
            run.visitJumpInsn(JSR, subroutine);
            answer(run, 3);
            run.visitLabel(subroutine);
            run.visitVarInsn(ASTORE, 0);
            count(run);
            run.visitInsn(POP);
            run.visitVarInsn(RET, 0);
            run.visitMaxs(3, 1);
        });

        assertEquals(3, call(Loom.of(Mode.TPOOL, RUN), file));
        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
    }

    @Test
    void aJava6ClassWithoutFramesStillFallsBackToTheOldVerifier() throws Throwable {
        byte[] file = type(V1_6, run -> {
            Label other = new Label();
            count(run);
            run.visitJumpInsn(IFEQ, other);
            answer(run, 6);
            run.visitLabel(other);
            answer(run, 7);
            run.visitMaxs(3, 0);
        });

        assertEquals(6, call(Loom.of(Mode.TPOOL, RUN), file));
    }

    @ParameterizedTest
    @ValueSource(ints = {V1_1, V1_4, V1_5, V1_6})
    void classFilesTooOldForAMethodHandleAreLeftAloneInModeHandoff(int version) throws Throwable {
        byte[] file = type(version, run -> {
            answer(run, 6);
            run.visitMaxs(3, 0);
        });
        Loom loom = Loom.of(Mode.HANDOFF, RUN);

        assertEquals(6, call(loom, file));
        assertEquals(NotWoven.OLD_CLASS_FILE, loom.outcomes.get(0).why());
        assertEquals(List.of(), Recorder.events());
    }

    @Test
    void aMethodThatHasNoRoomForTheHopIsLeftAloneAndTheOthersAreWoven() throws Throwable {
        ClassWriter writer = begin(V11);
        MethodVisitor big = writer.visitMethod(ACC_STATIC, "big", "()V", null, null);
        big.visitCode();
        fill(big, 65_530);
        big.visitInsn(RETURN);
        big.visitMaxs(1, 0);
        big.visitEnd();
        run(writer, run -> {
            run.visitMethodInsn(INVOKESTATIC, "acme/T", "big", "()V", false);
            answer(run, 8);
            run.visitMaxs(3, 0);
        });
        Loom loom = Loom.of(Mode.TPOOL, "acme.T#*");

        assertEquals(8, call(loom, writer.toByteArray()));
        assertEquals(List.of("acme.T#big()"),
            loom.outcomes.stream().filter(o -> o.why() == NotWoven.TOO_LARGE).map(Outcome::method).toList());
        assertEquals(List.of(), loom.problems);
        assertEquals(1, loom.discarded.size());
        assertEquals("acme.T#big()", loom.nameOf(loom.discarded.get(0)));
    }

    @Test
    void aJumpThatTheHopMakesTooLongIsWidened() throws Throwable {
        byte[] file = type(V11, run -> {
            Label far = new Label();
            Label first = new Label();
            run.visitInsn(ICONST_1);
            run.visitJumpInsn(IFNE, far);
            run.visitLabel(first);
            for (int i = 0; i < 4; i++) {
                fill(run, 8_000);
                Label near = new Label();
                count(run);
                run.visitJumpInsn(IFNE, near);
                answer(run, i);
                run.visitLabel(near);
                run.visitFrame(F_NEW, 0, null, 0, null);
            }
            fill(run, 730);
            run.visitLabel(far);
            run.visitFrame(F_NEW, 0, null, 0, null);
            answer(run, 11);
            run.visitMaxs(3, 0);
        });

        assertEquals(11, call(Loom.of(Mode.TPOOL, RUN), file));
        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
    }

    @Test
    void aClassFileNewerThanTheLibraryKnowsKeepsItsVersion() {
        byte[] file = type(V21, run -> {
            answer(run, 1);
            run.visitMaxs(3, 0);
        });
        file[6] = 0;
        file[7] = (byte) 200;
        file[4] = (byte) 0xFF;
        file[5] = (byte) 0xFF;
        Loom loom = Loom.of(Mode.TPOOL, RUN);

        byte[] woven = loom.atLoad(null, "acme/T", file);

        assertTrue(woven.length > file.length);
        assertEquals(List.of((byte) 0xFF, (byte) 0xFF, (byte) 0, (byte) 200),
            List.of(woven[4], woven[5], woven[6], woven[7]));
    }

    @Test
    void aDamagedClassFileComesBackAsItWasAndIsReported() {
        byte[] file = type(V21, run -> {
            answer(run, 1);
            run.visitMaxs(3, 0);
        });
        byte[] cut = java.util.Arrays.copyOf(file, file.length / 2);
        Loom loom = Loom.of(Mode.TPOOL, RUN);

        assertSame(cut, loom.atLoad(null, "acme/T", cut));
        assertNotNull(loom.problems.get(0));
    }

    private static Object call(Loom loom, byte[] file) throws Throwable {
        return loom.load(Map.of("acme.T", file)).call("acme.T", "run");
    }

    /** A class {@code acme.T} with a static method {@code Object run()}. */
    private static byte[] type(int version, Consumer<MethodVisitor> body) {
        ClassWriter writer = begin(version);
        run(writer, body);
        return writer.toByteArray();
    }

    private static ClassWriter begin(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, ACC_PUBLIC | ACC_SUPER, "acme/T", null, "java/lang/Object", null);
        writer.visitField(ACC_STATIC, "count", "I", null, null).visitEnd();
        return writer;
    }

    private static void run(ClassWriter writer, Consumer<MethodVisitor> body) {
        MethodVisitor run = writer.visitMethod(ACC_STATIC, "run", "()Ljava/lang/Object;", null, null);
        run.visitCode();
        body.accept(run);
        run.visitEnd();
        writer.visitEnd();
    }

    /** Adds one to a field and pushes it. */
    private static void count(MethodVisitor to) {
        to.visitFieldInsn(GETSTATIC, "acme/T", "count", "I");
        to.visitInsn(ICONST_1);
        to.visitInsn(IADD);
        to.visitFieldInsn(PUTSTATIC, "acme/T", "count", "I");
        to.visitFieldInsn(GETSTATIC, "acme/T", "count", "I");
    }

    private static void answer(MethodVisitor to, int value) {
        to.visitTypeInsn(NEW, "java/lang/Integer");
        to.visitInsn(DUP);
        to.visitIntInsn(BIPUSH, value);
        to.visitMethodInsn(INVOKESPECIAL, "java/lang/Integer", "<init>", "(I)V", false);
        to.visitInsn(ARETURN);
    }

    private static void box(MethodVisitor to) {
        to.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
    }

    private static void fill(MethodVisitor to, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to.visitInsn(NOP);
        }
    }
}
