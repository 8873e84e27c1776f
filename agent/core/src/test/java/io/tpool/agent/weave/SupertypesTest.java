// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Supertypes are found without a class being loaded. */
@Timeout(60)
class SupertypesTest {
    private static final Map<String, byte[]> FILES = MemoryCompiler.compile(17, """
            public class Leaf extends Middle { }
            class Middle extends Top { }
            abstract class Top implements java.util.function.Supplier<String> { public String get() { return "got"; } }
            """);

    private final Supertypes supertypes = new Supertypes();

    @BeforeEach
    void reset() {
        Recorder.reset();
    }

    @Test
    void superclassesAndInterfacesAreFoundInResourcesAtAnyDepth() {
        ClassLoader loader = new Resources();
        assertEquals(Set.of("acme/Middle", "acme/Top", "java/util/function/Supplier"),
            supertypes.of(loader, header("acme.Leaf")));
    }

    @Test
    void classesOfThePlatformAreFoundForEveryLoader() {
        ClassHeader header =
            ClassHeader.of(MemoryCompiler.compile(17, "public abstract class D extends java.util.ArrayList<String> { }")
            .get("acme.D"));
        for (ClassLoader loader : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader(), new Resources()}) {
            Set<String> found = new Supertypes().of(loader, header);
            assertTrue(found.containsAll(Set.of("java/util/AbstractCollection", "java/util/Collection",
                "java/lang/Iterable")), found.toString());
        }
    }

    @Test
    void classesThatWereSeenNeedNoResource() {
        ClassLoader parent = new Broken(null);
        supertypes.see(parent, header("acme.Middle"));
        supertypes.see(parent, header("acme.Top"));
        assertEquals(Set.of("acme/Middle", "acme/Top", "java/util/function/Supplier"),
            supertypes.of(new Broken(parent), header("acme.Leaf")));
    }

    @Test
    void aMissingTypeIsNamedAndHasNoSupertypes() {
        assertEquals(Set.of("acme/Middle"), supertypes.of(ClassLoader.getPlatformClassLoader(), header("acme.Leaf")));
    }

    @Test
    void aLoaderThatThrowsCountsAsOneThatHasNothing() {
        assertEquals(Set.of("acme/Middle"), supertypes.of(new Broken(null), header("acme.Leaf")));
    }

    @Test
    void aLoadedClassIsAskedItself() {
        Set<String> found = Supertypes.of(java.util.ArrayList.class);
        assertTrue(found.containsAll(Set.of("java/util/AbstractList", "java/util/List", "java/lang/Iterable",
            "java/io/Serializable")), found.toString());
    }

    @Test
    void aPatternWithPlusTakesTheMethodWhereverItIsDeclared() throws Throwable {
        Loom loom = Loom.of(Mode.TPOOL, "java.util.function.Supplier+#get");
        Loom.Loader loader = loom.load(FILES);
        java.util.function.Supplier<?> leaf =
            (java.util.function.Supplier<?>) newInstance(loader.loadClass("acme.Leaf"));

        assertEquals("got", leaf.get());
        // The hop of the method itself; its bridge only calls it.
        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
        assertEquals("acme.Top#get()", loom.nameOf(0));
    }

    /**
     * As in sqlite-jdbc, whose JDBC3Statement has the methods and whose JDBC4Statement implements java.sql.Statement.
     */
    @Test
    void aPatternWithPlusTakesTheMethodFromAClassThatIsNoSuchTypeItself() throws Throwable {
        Loom loom = Loom.of(Mode.TPOOL, "java.lang.Runnable+#run");
        Loom.Loader loader = loom.load(MemoryCompiler.compile(17, """
                public class Driver {
                    public static final class Task extends Middle implements Runnable { }
                    public static class Middle extends Base { }
                    public static class Base { public void run() { } public void stop() { } }
                }
                """));
        ((Runnable) newInstance(loader.loadClass("acme.Driver$Task"))).run();

        assertEquals(List.of("enter 0", "exit 0"), Recorder.events());
        assertEquals("acme.Driver$Base#run()", loom.nameOf(0));
        assertEquals(1, loom.outcomes.size());
    }

    @Test
    void aClassOfTheJdkIsNotTakenForWhatInheritsIt() {
        ClassHeader header =
            ClassHeader.of(MemoryCompiler.compile(17,
                "public class D extends java.util.TimerTask { public void run() { } }")
            .get("acme.D"));
        ClassLoader loader = new Resources();
        supertypes.see(loader, header);
        assertEquals(Set.of(), supertypes.ofSubclasses(null, "java/util/TimerTask"));
        assertEquals(Set.of(), supertypes.ofSubclasses(loader, "java/util/TimerTask"));
    }

    @Test
    void whatIsKnownOfALoaderGoesWithTheLoader() throws Exception {
        ClassLoaderMap<String> values = new ClassLoaderMap<>();
        ClassLoader loader = new Resources();
        values.putIfAbsent(loader, "value");
        values.putIfAbsent(null, "boot");
        assertEquals("value", values.get(loader));
        assertEquals("value", values.putIfAbsent(loader, "other"));
        assertEquals(2, values.all().size());
        assertNull(values.get(new Resources()));
        WeakReference<ClassLoader> reference = new WeakReference<>(loader);
        loader = null;
        while (reference.get() != null || values.all().size() > 1) {
            System.gc();
            Thread.onSpinWait();
        }
        assertEquals(List.of("boot"), values.all());
    }

    @Test
    void aLoaderThatHidesTheRuntimeGetsItsClassesAsTheyAre() throws Exception {
        Loom loom = Loom.of(Mode.TPOOL, "acme.**#*");
        ClassLoader hiding = new ClassLoader(null) { };
        assertNotNull(FILES.get("acme.Top"));
        assertEquals(FILES.get("acme.Top"), loom.atLoad(hiding, "acme/Top", FILES.get("acme.Top")));
        assertEquals(io.tpool.agent.pattern.NotWoven.RUNTIME_NOT_SEEN, loom.outcomes.get(0).why());
        assertEquals(List.of(), loom.problems);
    }

    private static Object newInstance(Class<?> type) throws Exception {
        return type.getDeclaredConstructor().newInstance();
    }

    private static ClassHeader header(String name) {
        return ClassHeader.of(FILES.get(name));
    }

    /** Has class files as resources only. */
    private static final class Resources extends ClassLoader {
        @Override
        public InputStream getResourceAsStream(String name) {
            byte[] file = FILES.get(name.replace(".class", "").replace('/', '.'));
            return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
        }

        @Override
        protected Class<?> findClass(String name) {
            throw new AssertionError("a class was loaded: " + name);
        }
    }

    private static final class Broken extends ClassLoader {
        Broken(ClassLoader parent) {
            super(parent);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            throw new IllegalStateException("closed");
        }
    }
}
