// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Captured time by stack: the stacks of all captures, laid over each other from the outermost frame on. The picture is
 * Brendan Gregg's. Grows with the number of different stacks, up to {@value #MOST_FRAMES} frames; time of stacks that
 * come later stays with the frames that they share with earlier ones. Not thread-safe.
 */
final class FlameGraph {

    static final int MOST_FRAMES = 20_000;
    /** A frame with less of all time would be narrower than a pixel. */
    private static final double LEAST_SHARE = 0.0005;
    private static final String CUT_OFF = "(outer frames are cut off)";
    private static final String UNKNOWN = "(stack not known)";
    private static final String NATIVE = "(Native Method)";

    private final Node root = new Node("all", false);
    private int frames;

    /** A frame, with the time of all stacks that run through it. */
    static final class Node {
        final String method;
        final boolean isNative;
        private final Map<String, Node> callees = new HashMap<>();
        private long nanos;

        Node(String method, boolean isNative) {
            this.method = method;
            this.isNative = isNative;
        }

        long nanos() {
            return nanos;
        }

        /** Returns the frames that it called, those with the most time first, without those of less time than that. */
        List<Node> callees(long least) {
            return callees.values().stream().filter(callee -> callee.nanos >= least)
                .sorted(Comparator.comparingLong((Node callee) -> -callee.nanos).thenComparing(callee -> callee.method))
                .toList();
        }
    }

    /** Adds time that a thread spent on this stack. */
    void add(Stack stack, long nanos) {
        List<Node> path = new ArrayList<>();
        for (Frame frame : stack.frames) {
            if (!Names.isHidden(frame.method())) {
                path.add(new Node(frame.method().id(), frame.method().isNative()));
            }
        }
        if (stack.truncated) {
            path.add(new Node(CUT_OFF, false));
        }
        addInnermostFirst(path, nanos);
    }

    /** Adds a capture that the guard measured; its stack is text, a frame on a line, innermost first. */
    void add(String stack, long nanos) {
        List<Node> path = new ArrayList<>();
        for (String line : stack.lines().toList()) {
            // A hidden class is Type/0x0123; before other names stand a loader and a module: app//, java.base@25/
            String frame = line.replaceFirst("/0x[0-9a-f]+", "").replaceFirst("^[^(]*/", "");
            int end = frame.indexOf('(');
            int dot = frame.lastIndexOf('.', end);
            if (dot < 0) {
                path.add(new Node(CUT_OFF, false));
            } else if (frame.startsWith("java.lang.VirtualThread.run(")) {
                break;
            } else if (!isHidden(line) && !frame.startsWith("java.lang.Thread.runWith(")) {
                path.add(new Node(frame.substring(0, dot) + '#' + frame.substring(dot + 1, end),
                    frame.endsWith(NATIVE)));
            }
        }
        addInnermostFirst(path, nanos);
    }

    private static boolean isHidden(String line) {
        return line.contains("$$Lambda") || line.contains(".$Proxy");
    }

    private void addInnermostFirst(List<Node> path, long nanos) {
        if (nanos <= 0) {
            return;
        }
        if (path.isEmpty()) {
            path.add(new Node(UNKNOWN, false));
        }
        Collections.reverse(path);
        root.nanos += nanos;
        Node node = root;
        for (Node frame : path) {
            Node callee = node.callees.get(frame.method);
            if (callee == null) {
                if (frames == MOST_FRAMES) {
                    return;
                }
                frames++;
                callee = frame;
                node.callees.put(frame.method, callee);
            }
            callee.nanos += nanos;
            node = callee;
        }
    }

    /** Returns what stands below all stacks; its time is all time. */
    Node root() {
        return root;
    }

    /** Returns the least time of a frame that is worth showing. */
    long least() {
        return Math.max(1, (long) (root.nanos * LEAST_SHARE));
    }
}
