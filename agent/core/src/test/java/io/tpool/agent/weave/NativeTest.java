// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of native methods. Their calls end in UnsatisfiedLinkError here: there is no library, nor a prefix. */
@Timeout(60)
class NativeTest {
    private static final String SOURCE = """
            public class T {
                @Deprecated public static native long open(String a, long b, double c, Object... d) throws java.io.IOException;
                protected synchronized native int read(byte[] a);
                private native void close();
                static synchronized native void sync();
                public final native <T> T generic(T a);
                static Object run() throws Exception { return open("a", 1, 2); }
                static Object runRead() { return new T().read(null); }
                public void shut() { close(); }
                Runnable later() { return () -> close(); }
                Runnable reference() { return this::close; }
                T() { }
            }
            """;
    private static final Map<String, byte[]> FILES = MemoryCompiler.compile(17, SOURCE);

    @BeforeEach
    void reset() {
        Recorder.reset();
    }

    @ParameterizedTest
    @EnumSource
    void aNativeBecomesAJavaMethodThatCallsTheRenamedNative(Mode mode) throws Exception {
        Loom loom = Loom.of(mode, "native acme.T#*");
        Class<?> type = loom.load(FILES).loadClass("acme.T");

        Method open = type.getDeclaredMethod("open", String.class, long.class, double.class, Object[].class);
        assertEquals(Modifier.PUBLIC | Modifier.STATIC | Modifier.TRANSIENT, open.getModifiers());
        assertTrue(open.isVarArgs());
        assertNotNull(open.getAnnotation(Deprecated.class));
        assertEquals(List.of(java.io.IOException.class), List.of(open.getExceptionTypes()));
        assertEquals("T", type.getDeclaredMethod("generic", Object.class).getGenericReturnType().getTypeName());
        assertEquals(Modifier.PUBLIC | Modifier.FINAL, type.getDeclaredMethod("generic", Object.class).getModifiers());
        assertEquals(Modifier.PROTECTED, type.getDeclaredMethod("read", byte[].class).getModifiers());

        Method renamed = type.getDeclaredMethod("$tpool$read", byte[].class);
        assertTrue(renamed.isSynthetic());
        assertEquals(Modifier.PRIVATE | Modifier.NATIVE | Modifier.SYNCHRONIZED,
            renamed.getModifiers() & Modifier.methodModifiers()
                | renamed.getModifiers() & Modifier.NATIVE);
        assertTrue(Modifier.isStatic(type.getDeclaredMethod("$tpool$sync").getModifiers()));
        assertEquals(List.of(), loom.problems);
    }

    @ParameterizedTest
    @EnumSource
    void theHopIsAroundTheNative(Mode mode) throws Exception {
        Loom.Loader loader = Loom.of(mode, "native acme.T#*").load(FILES);

        Error error = assertThrows(UnsatisfiedLinkError.class, () -> loader.call("acme.T", "run"));
        assertTrue(error.getMessage().contains("$tpool$open"), error.getMessage());
        assertSame(error, Recorder.thrown());
        assertEquals(2, Recorder.events().size());
        Error other = assertThrows(UnsatisfiedLinkError.class, () -> loader.call("acme.T", "runRead"));
        assertTrue(other.getMessage().contains("$tpool$read"), other.getMessage());
        assertSame(other, Recorder.thrown());
        String last = Recorder.events().get(1);
        assertEquals(mode == Mode.HANDOFF, last.endsWith("with monitor"), last);
    }

    @Test
    void theSecondTransformerDoesNotWeaveTheWrapperAgain() {
        Loom loom = Loom.of(Mode.TPOOL, "acme.T#*");
        loom.load(FILES);
        assertThrows(UnsatisfiedLinkError.class, () -> loom.load(FILES).call("acme.T", "runRead"));

        assertEquals(List.of("acme.T#runRead()", "acme.T#read(byte[])"),
            Recorder.events().stream().filter(e -> e.startsWith("enter"))
                .map(e -> loom.nameOf(Integer.parseInt(e.substring(6)))).toList());
    }

    @Test
    void aRedefinitionRenamesWhatTheFirstLoadRenamedAndNothingElse() throws Exception {
        Loom loom = Loom.of(Mode.TPOOL, "native acme.T#read", "native acme.T#close");
        Class<?> type = loom.load(FILES).loadClass("acme.T");
        byte[] again = loom.redefine(type, FILES.get("acme.T"));

        assertEquals(List.of("$tpool$read", "$tpool$close"),
            ClassHeader.of(again).methods().stream().map(m -> m.name()).filter(n -> n.startsWith("$")).toList());
        Class<?> unseen = Loom.plain(FILES).loadClass("acme.T");
        assertNull(loom.redefine(unseen, FILES.get("acme.T")));
        assertNull(loom.redefine(type, again), "bytes that are renamed already");
    }

    @Test
    void aRenamedNativeThatIsNotListedAnyMorePassesThroughUntilItIsListedAgain() throws Exception {
        Loom loom = Loom.of(Mode.TPOOL, "native acme.T#read", "acme.T#shut");
        Loom.Loader loader = loom.load(FILES);
        Class<?> type = loader.loadClass("acme.T");
        byte[] stored = loader.fileOf("acme.T");
        int read = List.of(loom.nameOf(0), loom.nameOf(1)).indexOf("acme.T#read(byte[])");

        loom.list("acme.T#later");
        assertNotNull(loom.retransform(type, stored));
        assertEquals(Set.of(0, 1), Set.copyOf(loom.retired));
        assertEquals("acme.T#later()", loom.nameOf(2));

        loom.list("native acme.T#read");
        loom.retransform(type, stored);
        assertEquals(List.of(read), loom.restored);
        assertEquals(3, loom.retired.size());
        assertEquals(List.of(), loom.problems);
    }

    @Test
    void aLoadedNativeIsLeftAloneAndItsCallersAreNamed() throws Exception {
        Loom loom = Loom.of(Mode.TPOOL, "native acme.T#*");
        Class<?> loaded = Loom.plain(FILES).loadClass("acme.T");
        assertNull(loom.retransform(loaded, FILES.get("acme.T")));

        Outcome close = outcome(loom, "acme.T#close()");
        assertEquals(NotWoven.NATIVE_LOADED, close.why());
        assertEquals("acme.T#shut(), acme.T#reference(), acme.T#later()", close.detail());
        assertEquals(5, loom.outcomes.size());
        assertNull(outcome(loom, "acme.T#sync()").detail());
    }

    @Test
    void aClassThatJnaBindsIsLeftAloneAndItsCallersAreNamed() throws Exception {
        String jna = """
                class Native { public static void register(Class<?> type, String library) { } }
                """;
        String bound = """
                public class B {
                    static { Native.register(B.class, "c"); }
                    private static native int usleep(int micros);
                    public static int nap(int micros) { return usleep(micros); }
                }
                """;
        Map<String, byte[]> files = new HashMap<>(MemoryCompiler.compile(17, jna, bound));
        byte[] file = renamed(files.get("acme.B"), "acme/Native", "com/sun/jna/Native");
        Loom loom = Loom.of(Mode.TPOOL, "native acme.B#*");

        assertSame(file, loom.atLoad(null, "acme/B", file));
        assertEquals(NotWoven.BOUND_BY_NAME, loom.outcomes.get(0).why());
        assertEquals("acme.B#nap(int)", loom.outcomes.get(0).detail());
        assertEquals(1, loom.outcomes.size());
    }

    @Test
    void callsOfAClassThatMentionsJnaTakeItsLastErrorAlongAndOthersDoNot() throws Exception {
        Map<String, byte[]> files = new HashMap<>(MemoryCompiler.compile(17, "class Memory { }",
            "public class A { static Object made = new Memory(); public static void call() { } }",
            "public class B { public static void call() { } }"));
        files.put("acme.A", renamed(files.get("acme.A"), "acme/Memory", "com/sun/jna/Memory"));
        Loom loom = Loom.of(Mode.TPOOL, "acme.A#call", "acme.B#call");
        loom.atLoad(null, "acme/A", files.get("acme.A"));
        assertEquals(List.of(0), loom.withJna);
        loom.atLoad(null, "acme/B", files.get("acme.B"));

        assertEquals(2, loom.outcomes.size());
        assertEquals(List.of(0), loom.withJna);
    }

    @Test
    void whatReadsTheErrorOfItsOwnOsThreadNeverMoves() throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "com/sun/jna/Native", null, "java/lang/Object", null);
        for (String name : List.of("getLastError", "setLastError", "invokeInt")) {
            writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_NATIVE, name, "()I", null, null)
                .visitEnd();
        }
        Loom loom = Loom.of(Mode.TPOOL, "native com.sun.jna.Native#*");
        loom.atLoad(null, "com/sun/jna/Native", writer.toByteArray());

        assertEquals(NotWoven.OF_THE_OS_THREAD, outcome(loom, "com.sun.jna.Native#getLastError()").why());
        assertEquals(NotWoven.OF_THE_OS_THREAD, outcome(loom, "com.sun.jna.Native#setLastError()").why());
        assertEquals(Outcome.State.PENDING, outcome(loom, "com.sun.jna.Native#invokeInt()").state());
    }

    /** The class file with one class name, of that many characters, for another. */
    private static byte[] renamed(byte[] file, String from, String to) {
        return new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)
            .replace("\0" + (char) from.length() + from, "\0" + (char) to.length() + to)
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_8})
    void jnaFindsTheSymbolOfANativeThatWasRenamedWithoutItsKnowledge(int version) throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC, "com/sun/jna/NativeLibrary", null, "java/lang/Object", null);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        MethodVisitor lookup =
            writer.visitMethod(Opcodes.ACC_PUBLIC, "getSymbolAddress", "(Ljava/lang/String;)J", null, null);
        lookup.visitVarInsn(Opcodes.ALOAD, 1);
        lookup.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
        lookup.visitInsn(Opcodes.I2L);
        lookup.visitInsn(Opcodes.LRETURN);
        lookup.visitMaxs(0, 0);
        Loom loom = Loom.of(Mode.TPOOL, "native acme.T#*");
        Class<?> library =
            loom.load(Map.of("com.sun.jna.NativeLibrary", writer.toByteArray())).loadClass("com.sun.jna.NativeLibrary");
        Object one = library.getDeclaredConstructor().newInstance();
        Method address = library.getMethod("getSymbolAddress", String.class);

        assertEquals(6L, address.invoke(one, "$tpool$usleep"));
        assertEquals(6L, address.invoke(one, "usleep"));
        assertEquals(List.of(), loom.problems);
    }

    @Test
    void theSerialVersionOfAClassDoesNotChange() throws Exception {
        String source = """
                public class S implements java.io.Serializable {
                    public native void seen();
                    private native void unseen();
                    public synchronized void guarded() { }
                }
                """;
        Map<String, byte[]> files = MemoryCompiler.compile(17, source);
        Loom loom = Loom.beforeJdk24(Mode.TPOOL, "acme.S#*");
        Class<?> plain = Loom.plain(files).loadClass("acme.S");
        Class<?> woven = loom.load(files).loadClass("acme.S");

        assertEquals(java.io.ObjectStreamClass.lookup(plain).getSerialVersionUID(),
            java.io.ObjectStreamClass.lookup(woven).getSerialVersionUID());
        assertEquals(NotWoven.SERIAL_VERSION, outcome(loom, "acme.S#seen()").why());
        assertEquals(Outcome.State.PENDING, outcome(loom, "acme.S#unseen()").state());
        assertEquals(Decision.HOLDS_MONITOR, outcome(loom, "acme.S#guarded()").detail());
    }

    private static Outcome outcome(Loom loom, String method) {
        return loom.outcomes.stream().filter(o -> o.method().equals(method)).findFirst().orElseThrow();
    }
}
