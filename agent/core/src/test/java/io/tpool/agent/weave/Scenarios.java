// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link JvmTest} runs in JVMs of their own. A scenario prints {@code passed}, or what went wrong. */
public final class Scenarios implements WeaverListener, MethodIds {
    private static Instrumentation instrumentation;

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Queue<String> methods = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger lateSubclasses = new AtomicInteger();
    private Weaver weaver;

    /** The JVM calls it before {@code main}. */
    public static void premain(String bootJar, Instrumentation given) throws IOException {
        instrumentation = given;
        given.appendToBootstrapClassLoaderSearch(new JarFile(bootJar));
    }

    public static void main(String... arguments) throws Throwable {
        try {
            Scenarios.class.getDeclaredMethod(arguments[0]).invoke(new Scenarios());
            System.out.println("passed");
        } catch (java.lang.reflect.InvocationTargetException e) {
            e.getCause().printStackTrace(System.out);
        }
    }

    void theWholeJdkWorksWithEveryMethodWovenInModeTpool() throws Exception {
        weaveTheJdk(Mode.TPOOL, false);
    }

    void theWholeJdkWorksWithEveryMethodWovenInModeHandoff() throws Exception {
        weaveTheJdk(Mode.HANDOFF, false);
    }

    void theWholeJdkWorksWithEveryMethodWovenAsBeforeJdk24() throws Exception {
        weaveTheJdk(Mode.TPOOL, true);
    }

    private void weaveTheJdk(Mode mode, boolean monitorsPin) throws Exception {
        install(mode, monitorsPin, "java.**#*", "javax.**#*", "sun.**#*", "com.sun.**#*");
        weaver.weaveLoaded();
        work();
        loadAndVerify("java.base", "java.logging", "java.sql");
        work();
        List<Outcome> outcomes = weaver.outcomes();
        Set<String> bad = outcomes.stream().filter(o -> o.why() == NotWoven.REJECTED || o.why() == NotWoven.FAILED)
                .map(o -> o.method() + " " + o.why() + " " + o.detail()).collect(Collectors.toCollection(TreeSet::new));
        check(bad.isEmpty(), bad);
        check(problems.isEmpty(), problems);
        long woven = outcomes.stream().filter(o -> o.state() == Outcome.State.WOVEN).count();
        check(woven > 30_000, woven);
        check(entered("java.util.HashMap#put(java.lang.Object, java.lang.Object)") > 0, "HashMap");
        check(entered("java.lang.String#hashCode()") > 0, "String");
    }

    void nativesOfTheJdkThatAreLoadedLateAreRenamedAndFound() throws Exception {
        install(Mode.TPOOL, false, "native java.net.Inet*AddressImpl#*", "native java.lang.ProcessImpl#*");
        InetAddress.getByName("localhost");
        Process process = new ProcessBuilder("true").start();
        check(process.waitFor() == 0, "status");
        weaver.outcomes();
        check(entered("java.lang.ProcessImpl#forkAndExec") > 0, methods);
        check(entered("AddressImpl#lookupAllHostAddr(java.lang.String") > 0, methods);
        check(problems.isEmpty(), problems);
    }

    void loadedNativesAreReportedWithTheirCallers() throws Exception {
        install(Mode.TPOOL, false, "native java.io.FileInputStream#readBytes*");
        weaver.weaveLoaded();
        Outcome outcome = weaver.outcomes().get(0);
        check(outcome.why() == NotWoven.NATIVE_LOADED, outcome);
        check(outcome.detail().startsWith("java.io.FileInputStream#read"), outcome);
        String problem = outcome.listed().report().problem();
        check(problem.contains("loaded before the agent; list java.io.FileInputStream#read"), problem);
    }

    void loadedClassesAreWovenAndARefusedOneHarmsNoOther() throws Throwable {
        Map<String, byte[]> files = MemoryCompiler.compile(17, "public class A { static int run() { return 1; } }",
                "public class B { static int run() { return 2; } }",
                "public class C { static int run() { return 3; } }");
        Loom.Loader loader = Loom.plain(files);
        for (String type : files.keySet()) {
            loader.call(type, "run");
        }
        install(Mode.TPOOL, false, "acme.*#run");
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader from, String name, Class<?> type, ProtectionDomain domain,
                byte[] file) {
                return "acme/B".equals(name) ? Arrays.copyOf(file, file.length - 3) : null;
            }
        }, true);
        weaver.weaveLoaded();
        for (String type : files.keySet()) {
            check(loader.call(type, "run").equals(type.charAt(5) - 'A' + 1), type);
        }
        for (Outcome outcome : weaver.outcomes()) {
            check((outcome.why() == NotWoven.REJECTED) == outcome.method().startsWith("acme.B"), outcome);
            check((outcome.state() == Outcome.State.WOVEN) == !outcome.method().startsWith("acme.B"), outcome);
        }
        check(entered("acme.A#run()") == 1 && left("acme.A#run()") == 1 && entered("acme.C#run()") == 1, methods);
        check(entered("acme.B#run()") == 0, methods);
    }

    void aLateHeirIsToldOfAndTheMethodsThatItInheritsAreWoven() throws Throwable {
        Map<String, byte[]> files = MemoryCompiler.compile(17, "public class Base { public void close() { } }",
                "public class First extends Base { static Object run() { return new First(); } }",
                "public class Late extends Base implements AutoCloseable { static void run() "
                    + "{ new Late().close(); } }");
        Loom.Loader loader = Loom.plain(files);
        install(Mode.TPOOL, false, "java.lang.AutoCloseable+#close");
        loader.call("acme.First", "run");
        check(lateSubclasses.get() == 0 && entered("acme.Base#close()") == 0, methods);
        loader.loadClass("acme.Late");
        check(lateSubclasses.get() == 1, lateSubclasses);
        weaver.weaveLoaded();
        loader.call("acme.Late", "run");
        check(entered("acme.Base#close()") == 1 && left("acme.Base#close()") == 1, methods);
        check(problems.isEmpty(), problems);
    }

    void aRedefinedClassKeepsItsRenamedNatives() throws Throwable {
        String source = """
                public class N {
                    static native int nap(int a);
                    static synchronized int guarded() { return 1; }
                    static int run() { return guarded(); }
                }
                """;
        Map<String, byte[]> files = MemoryCompiler.compile(17, source);
        Map<String, byte[]> changed = MemoryCompiler.compile(17, source.replace("return 1", "return 2"));
        install(Mode.TPOOL, true, "acme.N#*");
        Loom.Loader loader = Loom.plain(files);
        check(loader.call("acme.N", "run").equals(1), "first");
        instrumentation.redefineClasses(new ClassDefinition(loader.loadClass("acme.N"), changed.get("acme.N")));
        check(loader.call("acme.N", "run").equals(2), "second");
        instrumentation.retransformClasses(loader.loadClass("acme.N"));
        check(loader.call("acme.N", "run").equals(2), "third");
        check(entered("acme.N#guarded()") == 3 && left("acme.N#guarded()") == 3 && entered("acme.N#run()") == 3,
            methods);
        check(loader.loadClass("acme.N").getDeclaredMethod("$tpool$nap", int.class) != null, "renamed");
        check(problems.isEmpty(), problems);
    }

    void aWovenClassIsReportedWovenOnceItIsLoaded() throws Throwable {
        install(Mode.TPOOL, false, "acme.Late#run");
        Map<String, byte[]> files = MemoryCompiler.compile(17, "public class Late { static int run() { return 1; } }");
        Loom.Loader loader = Loom.plain(files);
        check(weaver.outcomes().isEmpty(), "before");
        loader.call("acme.Late", "run");
        Outcome outcome = weaver.outcomes().get(0);
        check(outcome.state() == Outcome.State.WOVEN, outcome);
        check(outcome.listed().report().wovenCount() == 1, outcome);
        check(outcome.listed().report().problem() == null, outcome);
    }

    void nothingIsLoadedForClassesThatAreNotListed() throws Throwable {
        install(Mode.TPOOL, false, "acme.Absent#run");
        weaver.weaveLoaded();
        Loom.plain(MemoryCompiler.compile(17, "public class Other { static int run() { return 1; } }"))
            .call("acme.Other", "run");
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            check(!type.getName().startsWith("net.bytebuddy"), type);
        }
    }

    private void install(Mode mode, boolean monitorsPin, String... patterns) {
        WeaverOptions options = new WeaverOptions(ListedPattern::mode, monitorsPin, this);
        HookTypes hop = new HookTypes("acme/BootRecorder", "acme/BootRecorder", null);
        weaver = Weaver.install(instrumentation,
            new ClassMatcher(Loom.compile(mode, List.of(patterns)), options, hop, this));
    }

    /** A bit of everything. */
    private static void work() throws Exception {
        Map<String, List<Integer>> groups = Stream.iterate(1, i -> i + 1).limit(2_000).parallel()
                .collect(Collectors.groupingBy(i -> String.format("%03d-%s", i % 7, "x".repeat(i % 3))));
        check(groups.size() == 21, groups.size());
        check("a1b22".replaceAll("[0-9]+", "#").equals("a#b#"), "regex");
        check(new java.math.BigInteger("3").pow(500).mod(java.math.BigInteger.TEN).intValue() == 1, "big");
        check(java.time.LocalDate.parse("2024-02-28").plusDays(1).toString().equals("2024-02-29"), "time");
        File file = File.createTempFile("weave", ".txt");
        Files.writeString(file.toPath(), "text");
        check(Files.readAllLines(file.toPath()).equals(List.of("text")), "file");
        check(file.delete(), file);
        Thread thread = Thread.ofVirtual().start(() -> { });
        thread.join();
        check(MemoryCompiler.compile(21, ShapesTest.resource("Modern.txt")).size() > 3, "javac");
    }

    /** Loads and links every class of the modules; does not initialise any. */
    private static void loadAndVerify(String... modules) throws Exception {
        List<String> failures = new ArrayList<>();
        for (String module : modules) {
            Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : (Iterable<Path>) paths.filter(p -> p.toString().endsWith(".class"))::iterator) {
                    String name = root.relativize(path).toString().replace('/', '.').replaceAll("\\.class$", "");
                    if (!name.equals("module-info")) {
                        link(name, failures);
                    }
                }
            }
        }
        check(failures.isEmpty(), failures);
    }

    private static void link(String name, List<String> failures) {
        try {
            Class.forName(name, false, ClassLoader.getSystemClassLoader()).getDeclaredConstructors();
        } catch (ClassFormatError | VerifyError | IncompatibleClassChangeError e) {
            failures.add(name + ": " + e);
        } catch (ClassNotFoundException | LinkageError e) {
            // A class for an optional module that this runtime does not have.
            return;
        }
    }

    private int entered(String method) throws Exception {
        return count("ENTERED", method);
    }

    private int left(String method) throws Exception {
        return count("LEFT", method);
    }

    private int count(String field, String method) throws Exception {
        int[] counts = (int[]) Class.forName("acme.BootRecorder", true, null).getField(field).get(null);
        int number = 0;
        int sum = 0;
        for (String each : methods) {
            sum += each.contains(method) ? counts[number] : 0;
            number++;
        }
        return sum;
    }

    private static void check(boolean holds, Object otherwise) {
        if (!holds) {
            throw new AssertionError(String.valueOf(otherwise));
        }
    }

    @Override
    public synchronized int register(String method, String pool, Mode mode, ClassLoader loader) {
        methods.add(method);
        return numbers.getAndIncrement();
    }

    @Override
    public void keepJnaLastError(int number, ClassLoader loader) {
        // No class here mentions JNA.
    }

    @Override
    public void discard(int number) {
        // Numbers are not used again here.
    }

    @Override
    public void retire(int number) {
        // What is listed does not change here.
    }

    @Override
    public void restore(int number, String method, String pool, Mode mode) {
        // What is listed does not change here.
    }

    @Override
    public void outcome(Outcome outcome) {
        // Asked for at the end.
    }

    @Override
    public void lateSubclass() {
        lateSubclasses.incrementAndGet();
    }

    @Override
    public void problem(String type, Throwable cause) {
        java.io.StringWriter trace = new java.io.StringWriter();
        cause.printStackTrace(new java.io.PrintWriter(trace));
        problems.add(type + ": " + trace);
    }
}
