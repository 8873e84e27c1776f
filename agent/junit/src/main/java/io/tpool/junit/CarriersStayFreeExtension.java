// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Watches the tests that {@link CarriersStayFree} stands at. What a test does wrong is told when it has ended, also
 * that nothing was watched, so that the test runs in any case.
 *
 * @since 1.0
 */
public final class CarriersStayFreeExtension implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback,
        AfterEachCallback {
    private static final String UNWATCHED = "tpool.unwatched";
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";
    private static final Namespace NAMESPACE = Namespace.create(CarriersStayFreeExtension.class);
    private static final String OF_CLASS = "class";
    private static final String OF_TEST = "test";

    /** Made by JUnit. */
    public CarriersStayFreeExtension() {
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open(context, OF_CLASS);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open(context, OF_TEST);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        boolean ofClass = context.getStore(NAMESPACE).get(OF_CLASS) != null;
        close(context, OF_TEST, !ofClass);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(context, OF_CLASS, true);
    }

    private static void open(ExtensionContext context, String key) {
        Limit limit = Limit.of(context);
        isSkipped(context);
        Store store = context.getStore(NAMESPACE);
        // That of the class around, also in the store of a test: a store shows what its parents hold.
        TestWatch around = limit == null || Attachment.problem() != null ? null : (TestWatch) store.get(OF_CLASS);
        if (limit != null && Attachment.problem() == null) {
            store.put(key, new TestWatch(limit, around, isParallel(context)));
        }
    }

    private static boolean isParallel(ExtensionContext context) {
        return context.getConfigurationParameter(PARALLEL).map(Boolean::parseBoolean).orElse(false);
    }

    /** @param toHaveVirtualThreads whether to say so if there were none */
    private static void close(ExtensionContext context, String key, boolean toHaveVirtualThreads) {
        if (Attachment.problem() != null) {
            if (key.equals(OF_TEST)) {
                unwatched(context, Attachment.problem());
            }
            return;
        }
        TestWatch watch = (TestWatch) context.getStore(NAMESPACE).remove(key);
        if (watch == null) {
            return;
        }
        TestWatch.Found found = watch.close();
        if (found.nobodys() > 0) {
            context.publishReportEntry("tpool", found.nobodys()
                + " captures by virtual threads of which nobody knows which test made them; nobody is blamed");
        }
        if (!found.captures().isEmpty()) {
            throw new AssertionFailedError(Message.of(found.captures(), watch.limit()));
        }
        if (toHaveVirtualThreads && !found.hadVirtualThread()) {
            unwatched(context, "no virtual thread was made");
        }
    }

    private static void unwatched(ExtensionContext context, String why) {
        String line = "@CarriersStayFree: nothing was watched: " + why;
        if (isSkipped(context)) {
            throw new TestAbortedException(line);
        }
        throw new AssertionFailedError(line + " (" + UNWATCHED + "=skip aborts the test instead)");
    }

    private static boolean isSkipped(ExtensionContext context) {
        String word = context.getConfigurationParameter(UNWATCHED).orElse("fail").strip();
        return switch (word) {
            case "skip" -> true;
            case "fail" -> false;
            default -> throw new ExtensionConfigurationException(UNWATCHED + "=" + word + ": it must be fail or skip");
        };
    }
}
