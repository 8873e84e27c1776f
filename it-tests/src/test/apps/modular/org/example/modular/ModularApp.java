// SPDX-License-Identifier: Apache-2.0
package org.example.modular;

import io.tpool.TPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Calls a listed method and each method of the API, whose copy is not the agent's. */
public final class ModularApp {
    private ModularApp() {
    }

    /** Prints what it sees. */
    public static void main(String[] args) throws Exception {
        Thread.startVirtualThread(() -> System.out.println("ran=" + where())).join();
        System.out.println("module=" + TPool.class.getModule().getName());
        TPool pool = TPool.shared();
        System.out.println("size=" + pool.size());
        pool.resize(9);
        System.out.println("resized=" + sizeOfTheAgentsPool());
        CompletableFuture<String> moved = new CompletableFuture<>();
        Thread.startVirtualThread(() -> moved.complete(unchecked(() -> pool.execute(ModularApp::where)))).join();
        System.out.println("api=" + moved.get());
        CompletableFuture<String> posted = new CompletableFuture<>();
        pool.executor().execute(() -> posted.complete(where()));
        System.out.println("posted=" + posted.get());
        pool.killAll();
        pool.close();
        System.out.println("thrown=" + thrown(pool));
        System.out.println("late=" + late(pool));
        System.out.println("own=" + own());
        System.out.println("text=" + pool.toString().replaceAll("[0-9]+", "N"));
    }

    /** Waits for the agent, which registers its MBeans when the application has begun. */
    private static Object sizeOfTheAgentsPool() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.tpool:type=Pool,name=default");
        while (!server.isRegistered(name)) {
            Thread.sleep(10);
        }
        return server.getAttribute(name, "Size");
    }

    private static boolean thrown(TPool pool) {
        IOException thrown = new IOException("meant to happen");
        try {
            return pool.execute(() -> {
                throw thrown;
            });
        } catch (Exception e) {
            return e == thrown;
        }
    }

    private static boolean late(TPool pool) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try {
            pool.execute(() -> {
                never.await();
                return null;
            }, Duration.ofMillis(1));
            return false;
        } catch (TimeoutException e) {
            return true;
        } finally {
            never.countDown();
        }
    }

    private static String own() throws Exception {
        TPool pool = TPool.create("own", 1);
        String ran = pool.execute(ModularApp::where);
        pool.close();
        try {
            return pool.execute(ModularApp::where);
        } catch (RejectedExecutionException e) {
            return ran;
        }
    }

    private static String where() {
        Thread thread = Thread.currentThread();
        String name = thread.isVirtual() ? thread.toString().replaceFirst(".*@", "") : thread.getName();
        return name.replaceAll("[0-9]+", "N");
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
