// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code jcmd Thread.print} tells about the carriers: which virtual threads they carry, what these wait for, and,
 * from JDK 24 on, their stacks. Before, the stacks come from {@code Thread.dump_to_file}.
 */
final class ThreadPrint {

    private static final Pattern CARRYING = Pattern.compile("\\s+Carrying virtual thread #([0-9]{1,18})");
    private static final Pattern MOUNTED = Pattern.compile("\\s+Mounted virtual thread #([0-9]{1,18})");
    private static final Pattern DUMPED = Pattern.compile("#([0-9]{1,18}) \".*\" virtual.*");
    private static final Pattern PRINTED_FRAME =
        Pattern.compile("\\s+at ([^(\\s]+)\\.([^.(\\s]+)\\((?:([^/()]+)/)?([^()]*)\\)");
    private static final Pattern DUMPED_FRAME =
        Pattern.compile("\\s+(?:[^(\\s]*?([^/(\\s]*)/)?([^/(\\s]+)\\.([^.(\\s]+)\\(([^()]*)\\)");

    private final Map<Long, Carried> carried = new HashMap<>();

    private ThreadPrint() {
    }

    /** A virtual thread on a carrier. Mutable while it is read. */
    static final class Carried {
        private final List<StackTraceElement> stack = new ArrayList<>();
        private boolean waitsInJvm;

        /** One that somebody else has looked at. */
        static Carried of(StackTraceElement[] stack, boolean waitsInJvm) {
            Carried carried = new Carried();
            carried.stack.addAll(List.of(stack));
            carried.waitsInJvm = waitsInJvm;
            return carried;
        }

        /** Innermost first; empty where the print does not show it. */
        StackTraceElement[] stack() {
            return stack.toArray(StackTraceElement[]::new);
        }

        /** Whether it waits for a class that another thread initialises, or for a monitor. */
        boolean waitsInJvm() {
            return waitsInJvm;
        }
    }

    /** Reads what {@code Thread.print} has printed. */
    static ThreadPrint of(String printed) {
        ThreadPrint print = new ThreadPrint();
        Carried carrying = null;
        Carried mounted = null;
        for (String line : printed.lines().toList()) {
            Matcher carries = CARRYING.matcher(line);
            Matcher mounts = MOUNTED.matcher(line);
            if (carries.lookingAt()) {
                carrying = print.carried.computeIfAbsent(Long.parseLong(carries.group(1)), id -> new Carried());
                mounted = null;
            } else if (mounts.lookingAt()) {
                mounted = print.carried.get(Long.parseLong(mounts.group(1)));
            } else if (line.isBlank()) {
                carrying = null;
                mounted = null;
            } else if (carrying != null
                && (line.contains("- waiting on the Class init") || line.contains("- waiting to lock"))) {
                carrying.waitsInJvm = true;
            } else if (mounted != null) {
                addPrinted(mounted.stack, line);
            }
        }
        return print;
    }

    /** Takes the stacks of carried threads from what {@code Thread.dump_to_file} has written. */
    void readStacks(List<String> dump) {
        List<StackTraceElement> stack = null;
        for (String line : dump) {
            Matcher thread = DUMPED.matcher(line);
            if (thread.matches() || line.startsWith("#")) {
                Carried found = thread.matches() ? carried.get(Long.parseLong(thread.group(1))) : null;
                stack = found == null ? null : found.stack;
            } else if (stack != null) {
                addDumped(stack, line);
            }
        }
    }

    private static void addPrinted(List<StackTraceElement> stack, String line) {
        Matcher frame = PRINTED_FRAME.matcher(line);
        if (frame.matches()) {
            stack.add(element(frame.group(3), frame.group(1), frame.group(2), frame.group(4)));
        }
    }

    private static void addDumped(List<StackTraceElement> stack, String line) {
        Matcher frame = DUMPED_FRAME.matcher(line);
        if (frame.matches()) {
            stack.add(element(frame.group(1), frame.group(2), frame.group(3), frame.group(4)));
        }
    }

    /** @param module with its version or without, or null */
    private static StackTraceElement element(String module, String type, String method, String source) {
        String name = module == null ? "" : module.replaceFirst("@.*", "");
        boolean jdk = name.startsWith("java.") || name.startsWith("jdk.");
        int colon = source.lastIndexOf(':');
        int line = source.equals("Native Method") ? -2 : colon < 0 ? -1 : number(source.substring(colon + 1));
        return new StackTraceElement(jdk ? null : "app", jdk ? name : null, null, type, method, colon < 0 ? null
            : source.substring(0, colon), line);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** The virtual threads on carriers, by id. */
    Map<Long, Carried> carried() {
        return carried;
    }

    /** Whether the stacks of the carried threads are still to be had. */
    boolean lacksStacks() {
        return !carried.isEmpty() && carried.values().stream().allMatch(each -> each.stack.isEmpty());
    }
}
