// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes as a build tool or IDE does, and prints what became of each test and class that did not pass. */
public final class Suite {
    private Suite() {
    }

    /**
     * Runs.
     *
     * @param arguments how often; {@code key=value} for JUnit; simple names of classes in this package
     */
    public static void main(String[] arguments) throws ClassNotFoundException {
        Work.nativeSleep(0);   // JNA takes long to be loaded, which would capture a carrier
        Map<String, String> parameters = new TreeMap<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String argument : java.util.Arrays.asList(arguments).subList(1, arguments.length)) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                parameters.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                request.selectors(selectClass(Class.forName("org.example.tests." + argument)));
            }
        }
        LauncherDiscoveryRequest built = request.configurationParameters(parameters).build();
        Launcher launcher = LauncherFactory.create();
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            launcher.execute(built, new Printer());
        }
        System.exit(0);
    }

    private static final class Printer implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String id = test.getUniqueId().replaceAll(".*\\[class:org.example.tests.([^\\]]*)\\]", "$1")
                .replaceAll("/\\[method:([^(]*).*", "#$1");
            String message = result.getThrowable().map(Throwable::getMessage).orElse("").replace("\n", " | ");
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                System.out.println("RESULT " + id + " " + result.getStatus() + " " + message);
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            System.out.println("ENTRY " + test.getDisplayName() + " " + entry);
        }
    }
}
