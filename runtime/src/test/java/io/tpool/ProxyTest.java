// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Thrown;
import io.tpool.internal.proxy.PoolWrapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyTest {
    private static TPool pool;

    @BeforeAll
    static void open() {
        pool = TPool.create("proxy-test", 4);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    static boolean onPool() {
        return ThreadIds.current().carrier().startsWith("tpool-proxy-test");
    }

    /** Everything that an interface may declare, each method telling whether it ran in the pool. */
    interface Probe<T> extends Closeable {
        boolean isOnPool();

        T echo(T value);

        long sum(int first, long... more);

        void fail(Throwable e) throws IOException;

        Probe<T> self();

        default boolean isOnPoolByDefault() {
            return isOnPool() && onPool();
        }

        static boolean isStatic() {
            return true;
        }
    }

    static class ProbeOfSort<T> implements Probe<T> {
        final AtomicReference<String> closed = new AtomicReference<>();

        @Override
        public boolean isOnPool() {
            return onPool();
        }

        @Override
        public T echo(T value) {
            return value;
        }

        @Override
        public long sum(int first, long... more) {
            return first + Arrays.stream(more).sum();
        }

        @Override
        public void fail(Throwable e) throws IOException {
            throw Thrown.<RuntimeException>asIs(e);
        }

        @Override
        public Probe<T> self() {
            return this;
        }

        @Override
        public void close() {
            closed.set(onPool() ? "in the pool" : "elsewhere");
        }

        @Override
        public String toString() {
            return onPool() ? "in the pool" : "in the caller";
        }
    }

    private static <T> Probe<T> probe() {
        return probe(new ProbeOfSort<>());
    }

    @SuppressWarnings("unchecked")
    private static <T> Probe<T> probe(Probe<T> target) {
        return pool.proxy(Probe.class, target);
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodRunsInThePool(Caller caller) {
        Probe<String> probe = probe();
        assertTrue(caller.call(probe::isOnPool));
        assertTrue(caller.call(probe::isOnPoolByDefault));
        assertFalse(caller.call(ProxyTest::onPool));
    }

    @Test
    void equalsHashCodeAndToStringRunInTheCaller() {
        Probe<String> target = new ProbeOfSort<>();
        assertEquals("in the caller", probe(target).toString());
        assertEquals(target.hashCode(), probe(target).hashCode());
    }

    @Test
    @Eventlet({"TestTpool.test_wrap_eq", "TestTpool.test_wrap_hash", "TestTpool.test_wrap_ints"})
    void proxiesAreEqualIfTheirTargetsAre() {
        List<?> one = pool.proxy(List.class, List.of(1, 2));
        List<?> same = pool.proxy(List.class, new ArrayList<>(List.of(1, 2)));
        assertEquals(one, same);
        assertEquals(one, List.of(1, 2));
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, pool.proxy(List.class, List.of(1)));
        assertNotEquals(one, null);
        Comparable<?> four = pool.proxy(Comparable.class, 4);
        assertTrue(four.equals(4));
        assertTrue(new HashSet<>(Set.of(four)).contains(pool.proxy(Comparable.class, 4)));
    }

    @Test
    @Eventlet({"TestTpool.test_wrap_tuple", "TestTpool.test_wrap_getitem", "TestTpool.test_wrap_setitem"})
    void aListCanBeReadAndWritten() {
        List<Integer> bare = new ArrayList<>(List.of(0, 1, 2));
        @SuppressWarnings("unchecked")
        List<Integer> list = pool.proxy(List.class, bare);
        assertEquals(0, list.get(0));
        list.set(1, 7);
        assertEquals(List.of(0, 7, 2), bare);
        assertEquals(3, list.size());
    }

    @Test
    @Eventlet("TestTpool.test_wrap_string")
    void aStringCanBeRead() {
        CharSequence text = pool.proxy(CharSequence.class, "whatever");
        assertEquals("whatever", text.toString());
        assertEquals(8, text.length());
        assertEquals("a, b", String.join(pool.proxy(CharSequence.class, ", "), "a", "b"));
    }

    @Test
    @Eventlet("TestTpool.test_wrap_uniterable")
    void whatTheTargetThrowsIsThrown() {
        List<?> list = pool.proxy(List.class, new ArrayList<>());
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(0));
        assertThrows(NullPointerException.class, () -> list.toArray((Object[]) null));
    }

    @Test
    @Eventlet("TestTpool.test_wrap_dict")
    void aMapCanBeRead() {
        Map<String, Integer> bare = new HashMap<>(Map.of("a", 1));
        @SuppressWarnings("unchecked")
        Map<String, Integer> map = pool.proxy(Map.class, bare);
        assertEquals("a", map.keySet().iterator().next());
        assertEquals(1, map.get("a"));
        assertEquals(bare.toString(), map.toString());
        assertEquals(2, map.compute("b", (key, value) -> 2));
        assertEquals(Map.of("a", 1, "b", 2), bare);
    }

    @Test
    @Eventlet("TestTpool.test_multiple_wraps")
    void anObjectMayHaveSeveralProxies() {
        AtomicInteger calls = new AtomicInteger();
        Runnable bare = calls::incrementAndGet;
        pool.proxy(Runnable.class, bare).run();
        pool.proxy(Runnable.class, bare).run();
        TPool.shared().proxy(Runnable.class, bare).run();
        assertEquals(3, calls.get());
    }

    @Test
    @Eventlet("TestTpool.test_raising_exceptions")
    void theVeryExceptionComesOut() {
        Probe<String> probe = probe();
        for (Throwable thrown
                : List.of(new IOException(), new IllegalStateException(), new Error(), new StackOverflowError())) {
            assertSame(thrown, assertThrows(Throwable.class, () -> probe.fail(thrown)));
        }
    }

    @Test
    @Eventlet("TestTpool.test_variable_and_keyword_arguments_with_function_calls")
    void variableArgumentsArriveAsTheyAre() {
        Probe<String> probe = probe();
        assertEquals(6, probe.sum(1, 2, 3));
        assertEquals(1, probe.sum(1));
        assertEquals("x", probe.echo("x"));
        assertSame(probe, probe.echo(null) == null ? probe : null);
    }

    @Test
    void aTargetThatReturnsItselfReturnsItsProxy() {
        Probe<String> probe = probe();
        assertSame(probe, probe.self());
        assertTrue(probe.self().self().isOnPool());
    }

    @Test
    void tryWithResourcesClosesInThePool() throws IOException {
        ProbeOfSort<String> target = new ProbeOfSort<>();
        try (Probe<String> probe = probe(target)) {
            assertNotNull(probe);
        }
        assertEquals("in the pool", target.closed.get());
    }

    @Test
    @Eventlet("TestTpool.test_callable")
    void aFunctionCanBeCalled() throws Exception {
        Function<?, ?> bare = x -> x;
        @SuppressWarnings("unchecked")
        Function<Integer, Integer> function = pool.proxy(Function.class, bare);
        assertEquals(4, function.apply(4));
        assertTrue((boolean) pool.proxy(Callable.class, ProxyTest::onPool).call());
    }

    @Test
    @Eventlet("TestTpool.test_contention")
    void severalThreadsMayCallAtATime() {
        Probe<Integer> probe = probe();
        GreenPile<Integer> pile = new GreenPile<>(4);
        for (int i = 0; i < 3; i++) {
            int item = i;
            pile.spawn(() -> probe.echo(item));
        }
        List<Integer> results = new ArrayList<>();
        pile.forEach(results::add);
        assertEquals(List.of(0, 1, 2), results);
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("TpoolLongTests.test_a_buncha_stuff")
    void tenCallersOfAThousandCallsWithJitterEachGetTheirOwnAnswers(Caller kind) {
        @SuppressWarnings("unchecked")
        Function<Integer, Integer> slow = pool.proxy(Function.class, (Function<Integer, Integer>) token -> {
            jitter();
            return token;
        });
        var callers = IntStream.range(0, 10).mapToObj(caller -> kind.begin(() -> {
            int right = 0;
            for (int i = 0; i < 1_000; i++) {
                jitter();
                int token = caller * 1_000 + i;
                right += slow.apply(token) == token ? 1 : 0;
            }
            return right;
        })).toList();
        callers.forEach(caller -> assertEquals(1_000, caller.join()));
    }

    private static void jitter() {
        try {
            Thread.sleep(0, ThreadLocalRandom.current().nextInt(1_000_000));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("test_exception_leak")
    void thePoolDoesNotKeepTheTargetAlive(Caller caller) {
        WeakReference<Object> succeeding = new WeakReference<>(called(caller, null));
        WeakReference<Object> failing = new WeakReference<>(called(caller, new IOException("meant to happen")));
        Until.holds("both are gone", () -> {
            System.gc();
            return succeeding.get() == null && failing.get() == null;
        });
    }

    private static Object called(Caller caller, IOException thrown) {
        ProbeOfSort<String> target = new ProbeOfSort<>();
        Probe<String> probe = probe(target);
        caller.call(() -> {
            if (thrown == null) {
                return probe.echo("ok");
            }
            return assertThrows(IOException.class, () -> probe.fail(thrown));
        });
        return target;
    }

    @Test
    void wrappingTwiceIsWrappingOnce() {
        Probe<String> target = new ProbeOfSort<>();
        Probe<String> once = probe(target);
        assertSame(once, probe(once));
        AtomicInteger depth = new AtomicInteger();
        Runnable bare = () -> depth.set(StackWalker.getInstance().walk(frames -> (int) frames.filter(
                frame -> frame.getClassName().equals(PoolWrapper.class.getName())).count()));
        Runnable twice = TPool.shared().proxy(Runnable.class, pool.proxy(Runnable.class, bare));
        pool.proxy(Runnable.class, bare).run();
        int ofOne = depth.get();
        twice.run();
        assertEquals(ofOne, depth.get());
    }

    @Test
    void aClassInPlaceOfAnInterfaceIsRefusedWithWhatToUseInstead() {
        String message =
                assertThrows(IllegalArgumentException.class, () -> pool.proxy(ArrayList.class, new ArrayList<>()))
                .getMessage();
        assertTrue(message.contains("java.util.ArrayList") && message.contains("not an interface")
                && message.contains("java.util.List"), message);
        assertThrows(IllegalArgumentException.class,
                () -> pool.proxy(InputStream.class, InputStream.nullInputStream()));
        assertThrows(IllegalArgumentException.class, () -> pool.proxy(int.class, 1));
        assertThrows(IllegalArgumentException.class, () -> pool.proxy(String[].class, new String[0]));
        assertThrows(IllegalArgumentException.class,
                () -> pool.proxyBuilder(Map.class, Map.of()).autowrap(String.class));
    }

    @Test
    void nullAndStrangersAreRefused() {
        assertThrows(NullPointerException.class, () -> pool.proxy(null, "x"));
        assertThrows(NullPointerException.class, () -> pool.proxy(Runnable.class, null));
        assertThrows(NullPointerException.class,
                () -> pool.proxyBuilder(Map.class, Map.of()).autowrap((Class<?>) null));
        assertThrows(NullPointerException.class,
                () -> pool.proxyBuilder(Map.class, Map.of()).autowrapNames((String) null));
        @SuppressWarnings({"unchecked", "rawtypes"})
        Class<Object> wrong = (Class) Runnable.class;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> pool.proxy(wrong, "x")).getMessage()
                .contains("String"));
    }

    sealed interface Sealed permits OnlySealed {
    }

    record OnlySealed() implements Sealed {
    }

    @Test
    void interfacesThatNobodyElseCanImplementAreRefusedWithTheReason() throws Exception {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> pool.proxy(Sealed.class, new OnlySealed()))
                .getMessage()
                .contains("sealed"));
        Class<?> inside = Class.forName("jdk.internal.access.JavaLangAccess");
        assertTrue(problem(inside).contains("--add-exports java.base/jdk.internal.access=ALL-UNNAMED"),
                problem(inside));
    }

    private static <T> String problem(Class<T> type) {
        T target = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> null));
        return assertThrows(IllegalArgumentException.class, () -> pool.proxy(type, target)).getMessage();
    }

    private interface Secret {
        boolean isOnPool();
    }

    @Test
    void privateInterfacesWillDo() {
        Secret secret = pool.proxy(Secret.class, ProxyTest::onPool);
        assertTrue(secret.isOnPool());
    }

    @Test
    void interfacesOfAnotherLoaderWillDo() throws Exception {
        try (java.net.URLClassLoader loader = new java.net.URLClassLoader(
                new java.net.URL[] {ProxyTest.class.getProtectionDomain().getCodeSource().getLocation()},
                ClassLoader.getPlatformClassLoader())) {
            Class<?> foreign = loader.loadClass("io.tpool.Foreign");
            Class<?> target = loader.loadClass("io.tpool.Foreign$Target");
            assertNotEquals(Foreign.class, foreign);
            var constructor = target.getDeclaredConstructor();
            constructor.setAccessible(true);
            assertEquals("tpool-proxy-test", proxied(foreign, constructor.newInstance()));
        }
    }

    private static <T> String proxied(Class<T> type, Object target) throws Exception {
        var method = type.getDeclaredMethod("threadName");
        method.setAccessible(true);
        String name = (String) method.invoke(pool.proxy(type, type.cast(target)));
        return name.substring(0, name.lastIndexOf('-'));
    }

    @Test
    void aProxyOfAConcurrentMapIsAsAtomicAsItsTarget() throws Exception {
        @SuppressWarnings("unchecked")
        ConcurrentMap<String, Integer> map = pool.proxy(ConcurrentMap.class, new ConcurrentHashMap<String, Integer>());
        var callers = IntStream.range(0, 8).mapToObj(n -> Caller.VIRTUAL.begin(() -> {
            for (int i = 0; i < 200; i++) {
                map.merge("count", 1, Integer::sum);
            }
            return null;
        })).toList();
        for (var caller : callers) {
            caller.get();
        }
        assertEquals(1_600, map.get("count"));
    }

    @Test
    @Eventlet({"TestTpool.test_wrap_iterator", "TestTpool.test_callable_iterator"})
    void aLoopOverAProxyAdvancesInThePool() {
        @SuppressWarnings("unchecked")
        Iterable<Boolean> probes = pool.proxy(Iterable.class, (Iterable<Boolean>) () -> new Iterator<>() {
            private int left = 10;

            @Override
            public boolean hasNext() {
                assertTrue(onPool());
                return left > 0;
            }

            @Override
            public Boolean next() {
                left--;
                return onPool();
            }
        });
        int seen = 0;
        for (boolean onPool : probes) {
            assertTrue(onPool);
            seen++;
        }
        assertEquals(10, seen);
    }

    @Test
    @Eventlet("TestTpool.test_wrap_iterator2")
    void otherVirtualThreadsRunWhileAnIteratorBlocks() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        @SuppressWarnings("unchecked")
        Iterable<Integer> slow = pool.proxy(Iterable.class, (Iterable<Integer>) () -> IntStream.range(0, 5).map(i -> {
            int before = ticks.get();
            Until.holds("the clock has ticked", () -> ticks.get() > before + 3);
            return i;
        }).iterator());
        Thread clock = Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                ticks.incrementAndGet();
                Thread.yield();
            }
        });
        List<Integer> items = new ArrayList<>();
        slow.forEach(items::add);
        clock.interrupt();
        clock.join();
        assertEquals(List.of(0, 1, 2, 3, 4), items);
    }

    @Test
    void aStreamAdvancesInThePool() {
        @SuppressWarnings("unchecked")
        java.util.Collection<Integer> numbers = pool.proxy(java.util.Collection.class, List.of(1, 2, 3));
        List<Boolean> ran = numbers.stream().map(x -> onPool()).collect(Collectors.toList());
        assertEquals(List.of(true, true, true), ran);
        Iterator<Boolean> iterator = numbers.stream().map(x -> onPool()).iterator();
        assertTrue(iterator.next());
        assertTrue(numbers.stream().mapToInt(x -> onPool() ? 1 : 0).allMatch(x -> x == 1));
        List<Boolean> split = new ArrayList<>();
        numbers.stream().map(x -> onPool()).spliterator().forEachRemaining(split::add);
        assertEquals(List.of(true, true, true), split);
    }
}
