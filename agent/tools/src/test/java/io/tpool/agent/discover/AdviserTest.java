// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdviserTest {

    private final Adviser jdk25 = new Adviser(Stacks.environment(25, 2), Bytecode.UNKNOWN);
    private final Adviser jdk21 = new Adviser(Stacks.environment(21, 2), Bytecode.UNKNOWN);

    @Test
    void listsTheNativeMethodItself() {
        assertAdvice("native org.acme.Db#step", Reason.ITSELF,
            jdk25.blocked(Stacks.of("native synchronized org.acme.Db#step", "synchronized org.acme.Db#exec",
            "com.app.Main#work")));
    }

    @Test
    void listsTheFirstMethodAboveTheMonitorsBefore24() {
        assertAdvice("org.acme.Statement#executeQuery", Reason.ABOVE_MONITORS,
            jdk21.blocked(Stacks.of("native synchronized org.acme.Db#step",
            "synchronized org.acme.Db#exec", "synthetic org.acme.Statement#lambda$executeQuery$1",
            "org.acme.Statement#withTimeout", "org.acme.Statement#executeQuery", "com.app.Main#work")));
    }

    @Test
    void listsTheNativeBefore24IfOnlyTheNativeItselfIsSynchronized() {
        assertAdvice("native org.acme.Db#step", Reason.ITSELF,
            jdk21.blocked(Stacks.of("native synchronized org.acme.Db#step", "com.app.Main#work")));
    }

    @Test
    void listsASynchronizedMethodIfNothingIsOutsideIt() {
        assertAdvice("com.app.Main#work", Reason.ABOVE_MONITORS,
            jdk21.blocked(Stacks.of("native org.acme.Db#step", "synchronized com.app.Main#work",
            "java.util.concurrent.FutureTask#run")));
    }

    @Test
    void listsTheMethodWithTheSynchronizedBlockBefore24() {
        Adviser adviser = new Adviser(Stacks.environment(21, 2), new Code(42, -1, null));
        assertAdvice("org.acme.Db#exec", Reason.ABOVE_MONITORS,
            adviser.blocked(Stacks.of("native org.acme.Db#step", "org.acme.Db#exec@42", "com.app.Main#work")));
    }

    @Test
    void listsTheFirstMethodAboveJna() {
        assertAdvice("com.app.Disk#sync", Reason.JNA,
            jdk25.blocked(Stacks.of("native com.sun.jna.Native#invokeInt", "com.sun.jna.Function#invoke",
            "com.sun.jna.Library$Handler#invoke", "jdk.proxy2.$Proxy24#fsync", "com.app.Disk#sync",
            "com.app.Main#work")));
    }

    @Test
    void listsTheCallerOfANativeThatIsBoundByReflection() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, -1, "com.app.LibC"));
        assertAdvice("com.app.Disk#sync", Reason.JNA,
            adviser.blocked(Stacks.of("native com.app.LibC#fsync", "com.app.Disk#sync")));
    }

    @Test
    void listsTheCallerOfAForeignFunction() {
        assertAdvice("com.app.Disk#sync", Reason.FOREIGN_FUNCTION,
            jdk25.blocked(Stacks.of("hidden java.lang.invoke.LambdaForm$MH.0x1#invoke",
            "hidden jdk.internal.foreign.abi.DowncallStub.0x2#invoke",
            "hidden java.lang.invoke.LambdaForm$MH.0x3#invokeExact_MT", "com.app.Disk#sync", "com.app.Main#work")));
    }

    @Test
    void listsTheOuterNativeCallWhenItCallsBackIntoJava() {
        assertAdvice("native org.acme.Db#query", Reason.CALLED_BACK,
            jdk25.blocked(Stacks.of("native com.app.Disk#sleep", "com.app.Main#callback",
            "native org.acme.Db#query", "com.app.Main#work")));
    }

    @Test
    void listsTheCallerOfTheForeignFunctionThatCallsBackIntoJava() {
        assertAdvice("com.app.Sort#sort", Reason.FOREIGN_FUNCTION,
            jdk25.blocked(Stacks.of("native com.app.Disk#sleep", "com.app.Main#compare",
            "hidden jdk.internal.foreign.abi.DowncallStub.0x2#invoke",
            "hidden java.lang.invoke.LambdaForm$MH.0x3#invokeExact_MT", "com.app.Sort#sort")));
    }

    @Test
    void listsThePublicCallerOfANativeThatWasLoadedEarly() {
        assertAdvice("java.io.RandomAccessFile#read", Reason.LOADED_EARLY,
            jdk25.blocked(Stacks.of("native early java.io.RandomAccessFile#readBytes0",
            "early java.io.RandomAccessFile#read", "com.app.Main#work")));
    }

    @Test
    void listsANativeOfTheJdkThatIsLoadedLate() {
        assertAdvice("native java.net.Inet6AddressImpl#lookupAllHostAddr", Reason.ITSELF, jdk25.blocked(Stacks.of(
            "native java.net.Inet6AddressImpl#lookupAllHostAddr", "java.net.InetAddress#getByName",
            "com.app.Main#work")));
    }

    @Test
    void listsTheFirstMethodOutsideAClassInitialiser() {
        assertAdvice("com.app.Main#work", Reason.CLASS_INITIALISER,
            jdk25.blocked(Stacks.of("native org.acme.Db#open", "org.acme.Db#<clinit>", "com.app.Main#work")));
        Stack parked =
            Stacks.of("java.lang.System$1#parkVirtualThread", "java.util.concurrent.CountDownLatch#await",
            "com.app.Config#<clinit>", "com.app.Main#request");
        assertAdvice("com.app.Main#request", Reason.CLASS_INITIALISER, jdk25.pinned(parked, false));
        assertEquals("com.app.Config#<clinit>", jdk25.pinned(parked, false).captor().id());
        assertAdvice("com.app.Main#request", Reason.WAITS,
            jdk25.waits(Stacks.of("com.app.Main#request", "com.app.Main#run")));
    }

    @Test
    void listsTheFirstMethodOutsideClassLoading() {
        Stack parked =
            Stacks.of("java.lang.System$1#parkVirtualThread", "java.util.concurrent.locks.ReentrantLock#lock",
            "com.app.Loader#findClass",
            "java.lang.ClassLoader#loadClass", "native early java.lang.Class#forName0",
            "early java.lang.Class#forName", "com.app.Main#run");
        assertAdvice("com.app.Main#run", Reason.CLASS_LOADING, jdk25.pinned(parked, false));
        assertEquals("java.lang.Class#forName0", jdk25.pinned(parked, false).captor().id());
        assertAdvice("com.app.Main#run", Reason.CLASS_LOADING,
            jdk25.pinned(Stacks.of("java.util.concurrent.locks.ReentrantLock#lock",
            "com.app.Loader#findClass", "java.lang.ClassLoader#loadClass", "com.app.Main#run"), false));
    }

    @Test
    void listsNothingThatKeepsItsStateOnTheOsThread() {
        assertAdvice(null, Reason.LMDB,
            jdk25.blocked(Stacks.of("native org.lmdbjava.Library$Lmdb$jnr$ffi$0#mdb_txn_begin$jni$29",
            "org.lmdbjava.Txn#<init>", "org.lmdbjava.Env#txnWrite", "com.app.Main#write")));
        assertAdvice(null, Reason.LMDB,
            jdk25.blocked(Stacks.of("native com.kenai.jffi.Foreign#invokeL5", "com.kenai.jffi.Invoker#invokeL5",
            "org.lmdbjava.Dbi#put", "com.app.Main#write")));
        assertAdvice("com.app.Posix#open", Reason.JNR_ERRNO,
            jdk25.blocked(Stacks.of("native com.kenai.jffi.Foreign#invokeL5",
            "com.kenai.jffi.Invoker#invokeL5", "com.app.LibC$jnr$ffi$1#open", "com.app.Posix#open")));
    }

    @Test
    void listsNothingForWhichTheJdkLendsACarrier() {
        Bytecode blocker = new LendingBytecode("java.lang.Process$PipeInputStream#read");
        Stack reads = Stacks.of("native early java.io.FileInputStream#readBytes", "early java.io.FileInputStream#read",
            "early java.lang.Process$PipeInputStream#read", "com.app.Main#work");
        assertAdvice(null, Reason.JDK_LENDS, new Adviser(Stacks.environment(25, 2), blocker).blocked(reads));
        Environment full = Stacks.environment(25, 2);
        full.property("jdk.virtualThreadScheduler.maxPoolSize", "2");
        assertAdvice("java.io.FileInputStream#read", Reason.LOADED_EARLY, new Adviser(full, blocker).blocked(reads));
    }

    @Test
    void aSystemCallThatDoesNotBlockCapturesNothing() {
        assertFalse(Adviser.hasNative(Stacks.of("native sun.nio.ch.SocketDispatcher#write0",
            "sun.nio.ch.SocketChannelImpl#write", "com.app.Main#work")));
        assertFalse(Adviser.hasNative(Stacks.of("native sun.nio.ch.EventFD#set0", "sun.nio.ch.EventFD#set",
            "com.app.Main#work")));
        assertTrue(Adviser.hasNative(Stacks.of("native sun.nio.ch.Net#poll", "com.app.Main#work")));
    }

    @Test
    void namesTheMethodThatLoopsAroundANative() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, 42, null));
        Advice advice =
            adviser.blocked(Stacks.of("native org.acme.Db#step", "org.acme.Rows#next", "com.app.Main#report@42",
            "com.app.Main#work@42"));
        assertEquals("com.app.Main#report", advice.loop().id());
        assertAdvice("native org.acme.Db#step", Reason.ITSELF, advice);
    }

    @Test
    void neverListsTheBodyOfALambdaWhichCannotBeWoven() {
        Stack inLambda =
            Stacks.of("java.util.concurrent.locks.LockSupport#park", "synthetic com.app.Main#lambda$work$0");
        assertAdvice(null, Reason.NOTHING_LISTABLE,
            jdk21.pinned(Stacks.of("java.util.concurrent.locks.LockSupport#park",
            "synchronized synthetic com.app.Main#lambda$work$0"), false));
        assertAdvice(null, Reason.NOT_VISIBLE, jdk25.pinned(inLambda, false));
    }

    @Test
    void listsNothingForAnEventLoop() {
        assertAdvice(null, Reason.EVENT_LOOP,
            jdk25.blocked(Stacks.of("native sun.nio.ch.EPoll#wait", "sun.nio.ch.EPollSelectorImpl#doSelect",
            "com.app.Main#work")));
    }

    @Test
    void listsNothingForALibraryThatIsTiedToItsThread() {
        assertAdvice(null, Reason.THREAD_AFFINE,
            jdk25.blocked(Stacks.of("native org.lwjgl.opengl.GL11C#glFinish", "com.app.Main#draw")));
    }

    @Test
    void neverListsConstructorsOrTheThreadMachinery() {
        assertAdvice("com.app.Main#work", Reason.LOADED_EARLY,
            jdk25.blocked(Stacks.of("native early java.io.FileInputStream#open0",
            "early java.io.FileInputStream#<init>", "java.util.concurrent.FutureTask#run", "com.app.Main#work")));
        assertAdvice(null, Reason.NOTHING_LISTABLE,
            jdk25.blocked(Stacks.of("native early java.io.FileInputStream#open0",
            "early java.io.FileInputStream#<init>", "java.util.concurrent.FutureTask#run")));
    }

    @Test
    void listsTheMethodThatHoldsTheMonitorUnderWhichAThreadParks() {
        Stack stack =
            Stacks.of("java.lang.VirtualThread#parkOnCarrierThread", "java.util.concurrent.locks.LockSupport#park",
            "com.app.Queue#take", "synchronized com.app.Session#next", "com.app.Main#work");
        assertAdvice("com.app.Main#work", Reason.ABOVE_MONITORS, jdk21.pinned(stack, false));
        assertAdvice(null, Reason.NOT_VISIBLE, jdk25.pinned(stack, false));
    }

    @Test
    void listsTheNativeCallInsideWhichAThreadParks() {
        Advice advice =
            jdk25.pinned(Stacks.of("java.util.concurrent.locks.LockSupport#park", "com.app.Queue#take",
            "native org.acme.Db#forEach", "com.app.Main#work"), false);
        assertAdvice("native org.acme.Db#forEach", Reason.CALLED_BACK, advice);
        assertEquals("org.acme.Db#forEach", advice.captor().id());
    }

    @Test
    void listsThePublicMethodOfAComputationInsideTheJdk() {
        assertAdvice("javax.crypto.SecretKeyFactory#generateSecret", Reason.COMPUTES,
            jdk25.computes(Stacks.of("sun.security.provider.SHA2#implCompress0",
            "com.sun.crypto.provider.PBKDF2KeyImpl#deriveKey", "javax.crypto.SecretKeyFactory#generateSecret",
            "com.app.Main#hash"), 3));
    }

    @Test
    void takesWhatTheJdkCallsInALoopForPartOfTheMethodThatLoops() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, 42, null));
        assertAdvice("javax.crypto.SecretKeyFactory#generateSecret", Reason.COMPUTES,
            adviser.computes(Stacks.of("javax.crypto.Mac#doFinal",
            "com.sun.crypto.provider.PBKDF2KeyImpl#deriveKey@42", "com.sun.crypto.provider.PBKDF2KeyImpl#<init>",
            "javax.crypto.SecretKeyFactory#generateSecret", "com.app.Main#hash@42"), 5));
        assertAdvice("javax.crypto.Mac#doFinal", Reason.COMPUTES, adviser.computes(Stacks.of("javax.crypto.Mac#doFinal",
            "com.sun.crypto.provider.PBKDF2KeyImpl#deriveKey", "javax.crypto.SecretKeyFactory#generateSecret",
            "com.app.Main#hash@42"), 4));
    }

    @Test
    void looksForAComputationOnlyAmongTheFramesThatStayed() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, 42, null));
        assertAdvice(null, Reason.NOTHING_LISTABLE,
            adviser.computes(Stacks.of("java.math.BigInteger#modPow", "java.util.stream.IntPipeline#forEach@42",
            "java.util.concurrent.FutureTask#run"), 1));
    }

    @Test
    void neverTakesALoopOfTheApplicationOrOfAThreadPoolForAComputation() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, 42, null));
        assertAdvice("java.math.BigInteger#modPow", Reason.COMPUTES,
            adviser.computes(Stacks.of("java.math.BigInteger#modPow",
            "com.app.Main#work@42", "java.util.ArrayList#forEach@42"), 3));
        assertAdvice("java.math.BigInteger#modPow", Reason.COMPUTES,
            adviser.computes(Stacks.of("java.math.BigInteger#modPow",
            "java.util.concurrent.ThreadPoolExecutor#runWorker@42", "java.lang.Thread#run"), 3));
    }

    @Test
    void theLoopOfAServerIsNoLoopAroundACall() {
        Adviser adviser = new Adviser(Stacks.environment(25, 2), new Code(-1, 42, null));
        String[] frames = new String[20];
        Arrays.setAll(frames, i -> "com.app.Handler" + i + "#handle");
        frames[0] = "native org.acme.Db#step";
        frames[19] = "com.server.Connection#serve@42";
        assertNull(adviser.blocked(Stacks.of(frames)).loop());
    }

    /** Code that holds a monitor at one bytecode index, loops around another one, and binds one class by reflection. */
    private record Code(int monitor, int loop, String bound) implements Bytecode {

        @Override
        public boolean holdsMonitor(Frame frame) {
            return frame.bytecodeIndex() == monitor;
        }

        @Override
        public boolean loops(Frame frame) {
            return frame.bytecodeIndex() == loop;
        }

        @Override
        public boolean bindsByReflection(MethodRef method) {
            return method.type().equals(bound);
        }
    }

    private static void assertAdvice(String line, Reason reason, Advice advice) {
        assertEquals(line, advice.line());
        assertEquals(reason, advice.reason());
    }
}
