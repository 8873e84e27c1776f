// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.proxy.Wrapper;
import io.tpool.internal.proxy.PoolWrapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AutowrapTest {
    private static TPool pool;

    @BeforeAll
    static void open() {
        pool = TPool.create("autowrap-test", 2);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    interface Statement {
        boolean isOnPool();

        default Connection connection() {
            return null;
        }
    }

    public interface Prepared extends Statement {
        String text();
    }

    public interface Traced {
        String trace();
    }

    static final class Bare implements Prepared, Traced {
        private final String text;

        Bare(String text) {
            this.text = text;
        }

        @Override
        public boolean isOnPool() {
            return ThreadIds.current().carrier().startsWith("tpool-autowrap-test");
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public String trace() {
            return "trace of " + text;
        }

        @Override
        public Connection connection() {
            return new BareConnection();
        }
    }

    interface Connection {
        Prepared prepare(String text);

        Object anything();

        Bare bare();

        int count();

        List<Statement> list();

        Map<String, Statement> map();

        NavigableMap<String, Prepared> sorted();

        Deque<Statement> deque();

        Statement[] array();

        Iterator<Statement> iterator();

        Stream<Statement> stream();

        List<String> names();

        ArrayList<Statement> arrayList();
    }

    static class BareConnection implements Connection {
        final Bare one = new Bare("one");
        final Bare two = new Bare("two");
        final List<Statement> list = new ArrayList<>(List.of(one, two));
        final Map<String, Statement> map = new HashMap<>(Map.of("1", one));
        final NavigableMap<String, Prepared> sorted = new TreeMap<>(Map.of("1", one, "2", two));
        final Statement[] array = {one, null, two};
        final List<String> names = List.of("one");

        @Override
        public Prepared prepare(String text) {
            return new Bare(text);
        }

        @Override
        public Object anything() {
            return one;
        }

        @Override
        public Bare bare() {
            return one;
        }

        @Override
        public int count() {
            return 2;
        }

        @Override
        public List<Statement> list() {
            return list;
        }

        @Override
        public Map<String, Statement> map() {
            return map;
        }

        @Override
        public NavigableMap<String, Prepared> sorted() {
            return sorted;
        }

        @Override
        public Deque<Statement> deque() {
            return new ArrayDeque<>(list);
        }

        @Override
        public Statement[] array() {
            return array;
        }

        @Override
        public Iterator<Statement> iterator() {
            return list.iterator();
        }

        @Override
        public Stream<Statement> stream() {
            return list.stream();
        }

        @Override
        public List<String> names() {
            return names;
        }

        @Override
        public ArrayList<Statement> arrayList() {
            return new ArrayList<>(list);
        }
    }

    private final BareConnection bare = new BareConnection();
    private final Connection connection = pool.proxyBuilder(Connection.class, bare).autowrap(Statement.class).build();

    private static boolean isProxy(Object object) {
        return Wrapper.behind(object) instanceof PoolWrapper;
    }

    private static void assertWrapped(Object... objects) {
        for (Object object : objects) {
            assertTrue(isProxy(object), () -> "not wrapped: " + object);
            assertTrue(((Statement) object).isOnPool());
        }
    }

    @Test
    @Eventlet("TestTpool.test_autowrap")
    void valuesOfAnAutowrappedTypeAreWrapped() {
        assertWrapped(connection.prepare("x"), connection.anything());
        assertEquals("x", connection.prepare("x").text());
        assertFalse(isProxy(connection.names()));
        assertSame(bare.names, connection.names());
        assertEquals(2, connection.count());
    }

    @Test
    void aWrappedValueCanBeCastToWhatItsClassImplements() {
        Object wrapped = connection.anything();
        assertEquals("trace of one", assertInstanceOf(Traced.class, wrapped).trace());
        assertEquals("one", assertInstanceOf(Prepared.class, wrapped).text());
        assertEquals(bare.one, wrapped instanceof Bare ? null : Wrapper.unwrap(wrapped));
    }

    @Test
    void whatIsWrappedWrapsInItsTurn() {
        Connection again = pool.proxyBuilder(Connection.class, bare).autowrap(Statement.class, Connection.class).build()
                .prepare("x").connection();
        assertTrue(isProxy(again));
        assertWrapped(again.prepare("y"));
        assertFalse(isProxy(connection.prepare("x").connection()));
    }

    @Test
    void aValueDeclaredAsAClassIsReturnedAsItIs() {
        assertSame(bare.one, connection.bare());
        assertSame(bare.one, connection.arrayList().get(0));
    }

    @Test
    @Eventlet("TestTpool.test_autowrap_names")
    void valuesOfAMethodNamedAreWrapped() {
        Connection named = pool.proxyBuilder(Connection.class, bare).autowrapNames("prepare", "names").build();
        assertWrapped(named.prepare("x"));
        assertTrue(isProxy(named.names()));
        assertEquals(List.of("one"), new ArrayList<>(named.names()));
        assertFalse(isProxy(named.anything()));
        assertSame(bare.list, named.list());
        Map<?, ?> map = pool.proxyBuilder(Map.class, Map.of("a", bare)).autowrapNames("get").build();
        assertTrue(isProxy(map.get("a")));
        assertFalse(isProxy(map.entrySet()));
        assertNull(map.get("b"));
    }

    @Test
    @Eventlet("TestTpool.test_autowrap_both")
    void aValueThatIsWrappedByTypeAndByNameIsWrappedOnce() {
        Connection both =
                pool.proxyBuilder(Connection.class, bare).autowrap(Statement.class).autowrapNames("prepare", "anything")
                .build();
        assertSame(bare.one, Wrapper.unwrap(both.anything()));
    }

    @Test
    void wrappingAProxyAgainAddsWhatIsToBeWrapped() {
        Connection again = pool.proxyBuilder(Connection.class, connection).autowrapNames("names").build();
        assertSame(bare, Wrapper.unwrap(again));
        assertTrue(isProxy(again.names()));
        assertWrapped(again.prepare("x"));
    }

    @Test
    void namesOfMethodsWhoseValueCannotBeWrappedAreRefused() {
        for (String name : List.of("count", "bare", "arrayList")) {
            String message = assertThrows(IllegalArgumentException.class,
                    () -> pool.proxyBuilder(Connection.class, bare).autowrapNames(name)).getMessage();
            assertTrue(message.contains("Connection#" + name), message);
        }
    }

    @Test
    void theElementsOfAListAreWrappedWhereverTheyComeOut() {
        List<Statement> list = connection.list();
        assertWrapped(list.get(0), list.get(1), list.iterator().next(), list.subList(1, 2).get(0),
                list.stream().findFirst().get());
        assertWrapped(list.toArray());
        assertWrapped((Object[]) list.toArray(new Statement[0]));
        assertWrapped((Object[]) list.toArray(Statement[]::new));
        list.forEach(AutowrapTest::assertWrapped);
        list.iterator().forEachRemaining(AutowrapTest::assertWrapped);
        list.spliterator().forEachRemaining(AutowrapTest::assertWrapped);
        for (Statement each : list) {
            assertWrapped(each);
        }
        ListIterator<Statement> iterator = list.listIterator(2);
        assertWrapped(iterator.previous());
    }

    @Test
    void aListOfWrappedElementsIsTheListItself() {
        List<Statement> list = connection.list();
        Statement wrapped = list.get(0);
        assertTrue(list.contains(wrapped));
        assertTrue(list.contains(bare.one));
        assertEquals(0, list.indexOf(wrapped));
        assertTrue(list.equals(bare.list));
        assertEquals(bare.list.hashCode(), list.hashCode());
        assertEquals(bare.list.toString(), list.toString());
        list.add(wrapped);
        assertSame(bare.one, bare.list.get(2));
        list.replaceAll(x -> list.get(1));
        assertSame(bare.two, bare.list.get(0));
        list.sort(Comparator.comparing(x -> ((Prepared) x).text()));
        assertTrue(list.removeIf(AutowrapTest::isProxy));
        assertEquals(List.of(), bare.list);
    }

    @Test
    void theCollectionItselfIsUsedInTheCaller() {
        Connection other = new BareConnection() {
            @Override
            public List<Statement> list() {
                return new CopyOnWriteArrayList<>(list) {
                    @Override
                    public int size() {
                        return bare.one.isOnPool() ? 1_000 : super.size();
                    }
                };
            }
        };
        List<Statement> list = pool.proxyBuilder(Connection.class, other).autowrap(Statement.class).build().list();
        assertEquals(2, list.size());
        assertTrue(list.removeIf(x -> true));
    }

    @Test
    void theKeysAndValuesOfAMapAreWrappedWhereverTheyComeOut() {
        Map<String, Statement> map = connection.map();
        assertWrapped(map.get("1"), map.getOrDefault("1", null), map.values().iterator().next(),
                map.entrySet().iterator().next().getValue());
        assertWrapped(map.entrySet().stream().map(Map.Entry::getValue).toArray());
        map.forEach((key, value) -> assertWrapped(value));
        map.compute("1", (key, value) -> {
            assertWrapped(value);
            return value;
        });
        assertSame(bare.one, bare.map.get("1"));
        assertWrapped(map.computeIfAbsent("2", key -> map.get("1")));
        assertSame(bare.one, bare.map.get("2"));
        Map.Entry<String, Statement> entry = map.entrySet().iterator().next();
        assertWrapped(entry.setValue(map.get("1")));
        assertTrue(map.equals(bare.map));
        assertEquals(Set.of("1", "2"), map.keySet());
    }

    @Test
    void aMapKeyedByAnAutowrappedTypeFindsWrappedKeys() {
        Map<?, ?> bareMap = new HashMap<>(Map.of(bare.one, "one"));
        Map<?, ?> keyed =
                (Map<?, ?>) pool.proxyBuilder(Map.class, new HashMap<>(Map.of("inner", bareMap)))
                .autowrap(Statement.class).build()
                .get("inner");
        Object key = keyed.keySet().iterator().next();
        assertWrapped(key);
        assertEquals("one", keyed.get(key));
        assertEquals("one", keyed.get(bare.one));
        assertTrue(keyed.containsKey(key));
    }

    @Test
    void sortedMapsAndDequesStayWhatTheyAre() {
        NavigableMap<String, Prepared> sorted = connection.sorted();
        assertWrapped(sorted.firstEntry().getValue(), sorted.descendingMap().get("2"), sorted.headMap("2").get("1"));
        assertEquals("1", sorted.firstKey());
        Deque<Statement> deque = connection.deque();
        assertWrapped(deque.peekLast(), deque.pollFirst());
        assertEquals(1, deque.size());
    }

    @Test
    void theElementsOfAnArrayAreWrappedInACopy() {
        Statement[] array = connection.array();
        assertWrapped(array[0], array[2]);
        assertNull(array[1]);
        assertSame(bare.one, bare.array[0]);
    }

    @Test
    void whatAnIteratorOrAStreamYieldsIsWrapped() {
        assertWrapped(connection.iterator().next());
        connection.iterator().forEachRemaining(AutowrapTest::assertWrapped);
        assertWrapped(connection.stream().toArray());
        connection.stream().filter(AutowrapTest::isProxy).forEach(AutowrapTest::assertWrapped);
        assertEquals(2, connection.stream().filter(AutowrapTest::isProxy).count());
        assertWrapped(connection.stream().iterator().next());
        connection.stream().spliterator().forEachRemaining(AutowrapTest::assertWrapped);
    }

    @Test
    void aCollectionThatIsAutowrappedItselfRunsInThePoolAndWrapsItsElements() {
        Connection both = pool.proxyBuilder(Connection.class, bare).autowrap(Statement.class, Collection.class).build();
        List<Statement> list = both.list();
        assertTrue(isProxy(list));
        assertWrapped(list.get(0), list.iterator().next());
        list.forEach(AutowrapTest::assertWrapped);
        list.set(0, list.get(1));
        assertSame(bare.two, bare.list.get(0));
        assertTrue(list.removeIf(AutowrapTest::isProxy));
    }

    @Test
    void nullElementsAndEmptyCollectionsAreLeftAlone() {
        bare.list.clear();
        assertSame(bare.list, connection.list());
        bare.list.addAll(Arrays.asList(null, bare.one));
        assertNull(connection.list().get(0));
        assertWrapped(connection.list().get(1));
    }
}
