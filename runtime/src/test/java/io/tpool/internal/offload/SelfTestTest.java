// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The trial move; in class loaders of their own, because it is made once. */
class SelfTestTest {
    @Test
    void threads_can_be_moved_here() {
        assertNull(SelfTest.problem());
    }

    @Test
    void an_interrupted_thread_may_ask_first_and_is_still_interrupted() throws Exception {
        Thread.currentThread().interrupt();
        String problem = askAnew();
        assertTrue(Thread.interrupted());
        assertNull(problem);
    }

    @Test
    void a_virtual_thread_may_ask_first_on_each_carrier_at_once() throws Exception {
        int carriers = Runtime.getRuntime().availableProcessors() + 1;
        ClassLoader fresh = fresh();
        CompletableFuture<?>[] answers = new CompletableFuture<?>[carriers];
        for (int i = 0; i < carriers; i++) {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            answers[i] = answer;
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(ask(fresh));
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        for (CompletableFuture<?> answer : answers) {
            assertEquals(null, answer.get(30, TimeUnit.SECONDS));
        }
    }

    private static String askAnew() throws Exception {
        return ask(fresh());
    }

    private static String ask(ClassLoader loader) throws Exception {
        return (String) Class.forName(SelfTest.class.getName(), true, loader).getMethod("problem").invoke(null);
    }

    /** Loads the runtime once more; it stays open, for threads that have not quite ended. */
    private static ClassLoader fresh() throws Exception {
        String[] path = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
        URL[] urls = new URL[path.length];
        for (int i = 0; i < path.length; i++) {
            urls[i] = Path.of(path[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
}
