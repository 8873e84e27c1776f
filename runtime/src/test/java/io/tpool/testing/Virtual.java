// SPDX-License-Identifier: Apache-2.0
package io.tpool.testing;

import java.lang.reflect.Constructor;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Virtual threads for tests. */
public final class Virtual {
    private Virtual() {
    }

    /** Runs the task in a new virtual thread and waits for it. */
    public static <T> T call(Callable<T> task) throws Exception {
        return start(task).end();
    }

    /** Runs the task in a new virtual thread whose continuations the executor runs, and waits for it. */
    public static <T> T callOn(Executor scheduler, Callable<T> task) throws Exception {
        return start(on(scheduler), task).end();
    }

    /** Runs the task in a new virtual thread. */
    public static <T> Running<T> start(Callable<T> task) {
        return start(Thread.ofVirtual(), task);
    }

    /** Runs the task in a new virtual thread of that builder. */
    public static <T> Running<T> start(Thread.Builder.OfVirtual builder, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        return new Running<>(builder.start(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }), result);
    }

    /**
     * A task that runs in a virtual thread.
     *
     * @param thread where
     * @param result what becomes of it
     */
    public record Running<T>(Thread thread, CompletableFuture<T> result) {
        /** Waits until the thread has ended, and returns or throws what its task did. */
        public T end() throws Exception {
            Await.end(thread);
            try {
                return result.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception thrown) {
                    throw thrown;
                }
                throw (Error) e.getCause();
            }
        }
    }

    /** Builds virtual threads that have the executor as their scheduler, as the JDK's own tests do. */
    public static Thread.Builder.OfVirtual on(Executor scheduler) throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder").getDeclaredConstructor(Executor.class);
        constructor.setAccessible(true);
        return (Thread.Builder.OfVirtual) constructor.newInstance(scheduler);
    }

    /**
     * Name of the thread that carries the current virtual thread, by the thread's own words: compiled code may keep
     * other answers.
     */
    public static String carrier() {
        String self = Thread.currentThread().toString();
        return self.substring(self.indexOf('@') + 1);
    }

    /** As {@link #carrier} for a virtual thread; the name of a platform thread. */
    public static String where() {
        return Thread.currentThread().isVirtual() ? carrier() : Thread.currentThread().getName();
    }

    /** Runs the task with a native frame below it, so that the thread cannot leave its carrier. */
    public static void belowNativeFrame(Runnable task) {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                task.run();
                throw new ClassNotFoundException(name);
            }
        };
        try {
            throw new AssertionError(Class.forName("there.is.None", false, loader));
        } catch (ClassNotFoundException expected) {
            // The JVM has asked the loader, by a call from native code.
        }
    }
}
