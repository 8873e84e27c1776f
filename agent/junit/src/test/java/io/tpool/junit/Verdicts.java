// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is to become of each sample test. */
final class Verdicts {
    /** No test of theirs captures a carrier for as long as the limit. */
    static final String[] POLITE = {"PoliteSleep", "PoliteQueues", "PoliteLocks", "PoliteNatives", "PoliteComputation"};
    static final String[] ALL = Stream.concat(Stream.of("NativeSleep", "NativeRead", "SqliteBusyWait", "Initialiser",
        "Computation", "MonitorHeld", "OneMethod", "ThreadOfClass"), Stream.of(POLITE)).toArray(String[]::new);

    private Verdicts() {
    }

    static Map<String, String> polite() {
        Map<String, String> verdicts = new TreeMap<>();
        for (String test : List.of("PoliteSleep#sleeps", "PoliteQueues#handsOver", "PoliteLocks#takesTurns",
                "PoliteNatives#sleepsShortly", "PoliteComputation#computesShortly")) {
            verdicts.put(test, "SUCCESSFUL");
        }
        return verdicts;
    }

    /** Of {@link #ALL}. */
    static Map<String, String> oneAfterTheOther(Path jdk) throws IOException {
        Map<String, String> verdicts = polite();
        for (String test : List.of("NativeSleep#sleeps", "NativeRead#opensPipe", "SqliteBusyWait#waitsForLock",
                "Initialiser#initialisesClass", "Computation#computes", "OneMethod#watched",
                "ThreadOfClass#asksForSleep")) {
            verdicts.put(test, "FAILED");
        }
        for (String test : List.of("OneMethod#unwatched", "OneMethod#allowed", "ThreadOfClass#asksForNothing",
                "ThreadOfClass#asksForNothingAgain")) {
            verdicts.put(test, "SUCCESSFUL");
        }
        boolean pinsInMonitors = Files.readString(jdk.resolve("release")).matches("(?s).*JAVA_VERSION=\"2[123][.\"].*");
        verdicts.put("MonitorHeld#sleepsInMonitor", pinsInMonitors ? "FAILED" : "SUCCESSFUL");
        return verdicts;
    }

    /** Of {@link #ALL}. */
    static Map<String, String> inParallel(Path jdk) throws IOException {
        Map<String, String> verdicts = oneAfterTheOther(jdk);
        // Nobody knows for which of its tests the thread of the class has worked.
        verdicts.put("ThreadOfClass", "FAILED");
        verdicts.put("ThreadOfClass#asksForSleep", "SUCCESSFUL");
        return verdicts;
    }
}
