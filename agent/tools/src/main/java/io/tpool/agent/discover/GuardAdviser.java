// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.observe.CaptureAdviser;
import io.tpool.internal.guard.CaptureKind;
import io.tpool.internal.guard.CaptureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of {@code discover} for the stacks that the guard has seen.
 *
 * @since 1.0
 */
public final class GuardAdviser implements CaptureAdviser {
    private final Environment environment = new Environment();

    /** Made by the agent when it is asked for advice, or never. */
    public GuardAdviser() {
        for (String key
            : List.of("java.vm.specification.version", "jdk.virtualThreadScheduler.parallelism",
            "jdk.virtualThreadScheduler.maxPoolSize")) {
            environment.property(key, System.getProperty(key));
        }
        environment.processors(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public List<String> advise(List<CaptureRow> rows, Set<String> loadedEarly) {
        List<String> advice = new ArrayList<>();
        try (RecordedClasses files = new RecordedClasses(Path.of(""), System.getProperty("java.class.path"),
                System.getProperty("java.home"))) {
            Adviser adviser = new Adviser(environment, files);
            GuardStacks stacks = new GuardStacks(files, loadedEarly);
            for (CaptureRow row : rows) {
                Stack stack = stacks.read(row.stack());
                boolean known = stack.size() > 0 && row.kind() != CaptureKind.UNKNOWN;
                advice.add(known ? advise(adviser, row, stack).text() : "");
            }
        } catch (IOException e) {
            // Thrown by close alone: all is read by then.
            return advice;
        }
        return advice;
    }

    private Advice advise(Adviser adviser, CaptureRow row, Stack stack) {
        return switch (row.kind()) {
            case PINNED -> adviser.pinned(stack, false);
            case MONITOR -> adviser.waits(stack);
            case COMPUTING -> Adviser.hasNative(stack) ? adviser.blocked(stack)
                : adviser.computes(stack, common(row, stack));
            default -> Adviser.hasNative(stack) ? adviser.blocked(stack) : adviser.foreign(stack);
        };
    }

    /** The frames that are taken to have stayed: the method that the guard names, and all outside of it. */
    private static int common(CaptureRow row, Stack stack) {
        for (int i = 0; i < stack.size(); i++) {
            if (stack.method(i).id().equals(row.method())) {
                return stack.size() - i;
            }
        }
        return stack.size();
    }
}
