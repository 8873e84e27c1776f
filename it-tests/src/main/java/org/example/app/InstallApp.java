// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import io.tpool.Captures;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the agent attached by its own code, and looks whether it is there. The class of the agent's jar is looked up by
 * its name: the applications are compiled without the agent.
 *
 * @since 1.0
 */
public final class InstallApp {
    private static final int LONG_MILLIS = 2_000;

    private InstallApp() {
    }

    /** Captures a carrier on every JDK. */
    static final class Slow {
        static final Object READY = parked();

        private static Object parked() {
            try {
                Thread.sleep(LONG_MILLIS);
                return LONG_MILLIS;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Installs.
     *
     * @param settings of the agent; two lists of them, if one is {@code then}
     * @throws Exception if the agent's class is not there
     */
    @SuppressWarnings("unchecked")
    public static void main(String[] settings) throws Exception {
        Set<Long> children = ConcurrentHashMap.newKeySet();
        AtomicBoolean installed = new AtomicBoolean();
        Thread counts = Thread.ofPlatform().start(() -> {
            while (!installed.get()) {
                ProcessHandle.current().children().filter(child -> child.info().command().orElse("").endsWith("java"))
                    .forEach(child -> children.add(child.pid()));
            }
        });
        String[] lists = String.join(" ", settings).split(" ?then ?", -1);
        for (String list : lists) {
            Optional<String> problem = (Optional<String>) Class.forName("io.tpool.TPoolAgent")
                .getMethod("install", String[].class).invoke(null, (Object) (list.isEmpty() ? new String[0]
                : list.split(" ")));
            System.out.println("problem=" + problem.orElse("none"));
        }
        installed.set(true);
        counts.join();
        System.out.println("jvms=" + children.size());
        Thread caller = Thread.ofVirtual().start(() -> System.out.println("carried=" + PlainApp.carrier()));
        caller.join();
        try {
            System.out.println("captures=" + Captures.during(() ->
                Thread.ofVirtual().start(() -> System.out.println("ready=" + Slow.READY)).join()).size());
        } catch (IllegalStateException cannotSee) {
            System.out.println("captures=" + cannotSee.getMessage());
        }
        System.out.println("status=" + Class.forName("io.tpool.Captures").getClassLoader());
    }
}
