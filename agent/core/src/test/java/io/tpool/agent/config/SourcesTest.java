// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SourcesTest {
    @TempDir
    Path directory;
    private Path elsewhere;

    @BeforeEach
    void createDirectories() throws IOException {
        elsewhere = Files.createDirectories(directory.resolve("else where"));
    }

    @Test
    void theFileInTheWorkingDirectoryComesBeforeTheOneBesideTheJar() throws IOException {
        Files.writeString(elsewhere.resolve("agent.properties"), "pool.size=7");
        Given given = new Given(directory).jar(elsewhere.resolve("renamed.jar"));

        assertEquals(7, given.read().pools().get(0).pool().size());
        assertEquals(elsewhere.resolve("agent.properties").toString(), given.setting(given.read(), "config").value());

        given.file("pool.size=8");
        assertEquals(8, given.read().pools().get(0).pool().size());
        assertEquals(List.of(), given.problems());
    }

    @Test
    void aDirectoryOfTheDefaultNameIsNotMeant() throws IOException {
        Files.createDirectory(directory.resolve("agent.properties"));
        Given given = new Given(directory);

        given.read();

        assertEquals(List.of(), given.problems());
    }

    @Test
    void configComesFromTheStrongestSourceAndTurnsTheDefaultFilesOff() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Files.writeString(elsewhere.resolve(i + ".properties"), "pool.size=" + i);
        }
        Given given = new Given(directory).file("pool.size=9\njmx=false");

        given.environment("TPOOL_CONFIG", elsewhere.resolve("1.properties").toString());
        assertEquals(1, given.read().pools().get(0).pool().size());
        assertTrue(given.read().switches().jmx());
        given.property("tpool.config", elsewhere.resolve("2.properties").toString());
        assertEquals(2, given.read().pools().get(0).pool().size());
        given.argument("config=else where/3.properties");
        assertEquals(3, given.read().pools().get(0).pool().size());
        assertEquals(Source.ARGUMENT, given.setting(given.read(), "config").source());
        assertEquals(List.of(), given.problems());
    }

    @Test
    void aMissingConfigIsReportedAndTheRestHolds() throws IOException {
        Given given = new Given(directory).file("pool.size=9").argument("config=gone.properties,log=info");

        assertEquals(LogLevel.INFO, given.read().switches().log());
        assertEquals(64, given.read().pools().get(0).pool().size());
        assertOneProblem(given, "agent argument: config: " + directory.resolve("gone.properties") + " does not exist");
    }

    @Test
    void aDirectoryAsConfigIsReported() {
        Given given = new Given(directory).property("tpool.config", elsewhere.toString());

        given.read();

        assertOneProblem(given, "system property tpool.config: config: " + elsewhere
            + " is a directory; name a readable file");
    }

    @Test
    void anUnreadableConfigIsReported() throws IOException {
        File file = Files.writeString(elsewhere.resolve("a.properties"), "log=info").toFile();
        assumeTrue(file.setReadable(false) && !file.canRead(), "this user may read every file");
        Given given = new Given(directory).environment("TPOOL_CONFIG", file.getPath());

        given.read();

        assertOneProblem(given, "environment variable TPOOL_CONFIG: config: " + file
            + " cannot be read: permission denied");
    }

    @Test
    void aDeviceAsConfigIsRefusedInsteadOfReadForEver() {
        assumeTrue(new File("/dev/zero").exists(), "no such device here");
        Given given = new Given(directory).argument("config=/dev/zero");

        given.read();

        assertOneProblem(given, "agent argument: config: /dev/zero is not a regular file");
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        Files.write(elsewhere.resolve("a.properties"), new byte[(1 << 20) + 1]);
        Given given = new Given(directory).argument("config=" + elsewhere.resolve("a.properties"));

        given.read();

        assertOneProblem(given, "agent argument: config: " + elsewhere.resolve("a.properties")
            + " is longer than 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"argument", "property"})
    void anEmptyConfigIsReportedAndTheDefaultFilesAreRead(String where) throws IOException {
        Given given = new Given(directory).file("pool.size=9");
        if (where.equals("argument")) {
            given.argument("config=");
        } else {
            given.property("tpool.config", " ");
        }

        assertEquals(9, given.read().pools().get(0).pool().size());
        assertTrue(given.problems().get(0).endsWith("config: is empty; name a file, or leave the key out"),
            given.problems()::toString);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "ISO-8859-1"})
    void aFileIsReadInTheEncodingThatItsBytesAreIn(String charset) throws IOException {
        Files.write(directory.resolve("agent.properties"),
            "methods=com.größe.Lager#räumen com.gr\\u00f6\\u00dfe.B#b".getBytes(charset));
        Given given = new Given(directory);

        assertEquals("[com.größe.Lager#räumen, com.größe.B#b]", given.read().pools().get(0).methods().toString());
    }

    @Test
    void aByteOrderMarkAndAReplacementCharacterAreNoTrouble() throws IOException {
        Files.write(directory.resolve("agent.properties"),
            "\ufefflog=info\n# \ufffd ä\ndiscover.file=ä".getBytes(StandardCharsets.UTF_8));
        Given given = new Given(directory);

        assertEquals(LogLevel.INFO, given.read().switches().log());
        assertEquals("ä", given.read().switches().discoverFile());
        assertEquals(List.of(), given.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "TPOOL_POOL_SIZE,             pool.size",
        "TPOOL_DISCOVER_FILE,         discover.file",
        "TPOOL_POOL_MY_LIB_SIZE,      pool.my-lib.size",
        "TPOOL_POOL_CAMEL_SIZE,       pool.Camel.size",
        "TPOOL_POOL_OTHER_NAME_SIZE,  pool.other_name.size",
    })
    void aVariableFindsItsKey(String variable, String key) throws IOException {
        Given given = new Given(directory).environment(variable, "3").file("""
                pool.my-lib.methods=A#a
                pool.Camel.methods=B#b
                """).argument("pool.other_name.methods=C#c");

        Setting setting = given.setting(given.read(), key);

        assertEquals("3", setting.value());
        assertEquals(new Source(Source.Kind.ENVIRONMENT, "environment variable " + variable), setting.source());
        assertEquals(List.of(), given.problems());
    }

    @Test
    void aPoolThatOnlyVariablesNameIsInLowerCase() {
        Given given =
            new Given(directory).environment("TPOOL_POOL_MY_LIB_METHODS", "A#a")
            .environment("TPOOL_POOL_MY_LIB_MAX", "99");

        assertEquals("default [] my_lib [A#a] ", given.pools(given.read()));
        assertEquals(99, given.read().pools().get(1).pool().max());
        assertEquals(List.of(), given.problems());
    }

    @Test
    void anEmptyVariableIsNotSet() {
        Given given = new Given(directory).environment("TPOOL_POOL_SIZE", "").environment("TPOOL_CONFIG", " ");

        assertEquals(64, given.read().pools().get(0).pool().size());
        assertEquals(List.of(), given.problems());
    }

    @ParameterizedTest
    @ValueSource(strings =
        {"tpool.home", "tpool.test.pool.size", "tpool.version", "tpool.", "tpool", "TPOOL_HOME", "TPOOL_TEST_POOL",
        "TPOOL_", "TPOOL_VERSION", "TPOOLED_MODE", "LOG"})
    void aPropertyOrVariableThatIsSomebodyElsesIsLeftAlone(String name) {
        Given given = new Given(directory).property(name, "x").environment(name, "x");

        given.read();

        assertEquals(List.of(), given.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "tpool.methdos,       '', system property tpool.methdos: methdos: is not a key; did you mean methods?",
        "tpool.pool.sizes,    '', system property tpool.pool.sizes: pool.sizes: is not a key; did you mean pool.size?",
        "tpool.pool.anything, '', system property tpool.pool.anything: pool.anything: is not a key; the keys are",
        "'', TPOOL_METHDOS,   environment variable TPOOL_METHDOS: methdos: is not a key; did you mean methods?",
        "'', TPOOL_POOL_SIZ,  environment variable TPOOL_POOL_SIZ: pool.siz: is not a key; did you mean pool.size?",
    })
    void aPropertyOrVariableThatIsNearlyAKeyIsReported(String property, String variable, String expected) {
        Given given = new Given(directory).property(property, "x").environment(variable, "x");

        given.read();

        assertOneProblem(given, expected);
    }

    @Test
    void poolsComeInTheOrderOfTheArgumentThenTheFileThenTheRestByName() throws IOException {
        Given given =
            new Given(directory).argument("pool.z.methods=Z#z,pool.y.methods=Y#y")
            .file("pool.x.methods=X#x\npool.w.methods=W#w")
                .property("tpool.pool.v.methods", "V#v").property("tpool.pool.u.methods", "U#u")
                .environment("TPOOL_POOL_T_METHODS", "T#t");

        assertEquals("default [] z [Z#z] y [Y#y] x [X#x] w [W#w] u [U#u] v [V#v] t [T#t] ", given.pools(given.read()));
    }

    @Test
    void theSourcesOfThisJvmHoldItsOwnProperties() {
        assumeFalse(System.getenv().containsKey("TPOOL_POOL_SIZE"), "set from outside");
        System.setProperty("tpool.pool.size", "77");
        try {
            Configuration configuration =
                Configuration.read(Sources.ofThisJvm("config=" + directory.resolve("gone"), null));
            assertEquals(77, configuration.pools().get(0).pool().size());
        } finally {
            System.clearProperty("tpool.pool.size");
        }
    }

    @Test
    void aFileAloneIsReadForTheCommandLine() throws IOException {
        Path file = Files.writeString(elsewhere.resolve("a.properties"), "pool.size=5");

        Configuration configuration = Configuration.read(Sources.ofFile(file.toFile()));

        assertEquals(5, configuration.pools().get(0).pool().size());
        assertEquals(List.of(), configuration.problems());
        assertTrue(Configuration.read(Sources.ofFile(elsewhere.toFile())).problems().get(0).toString()
                .startsWith("command line: config: " + elsewhere + " is a directory"));
    }

    private static void assertOneProblem(Given given, String start) {
        assertEquals(1, given.problems().size(), given.problems()::toString);
        assertTrue(given.problems().get(0).startsWith(start), given.problems()::toString);
    }
}
