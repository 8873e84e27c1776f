// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** Turns JFR's stacks into {@link Stack}s, each different one once. Not thread-safe. */
final class StackReader {

    private static final int REMEMBERED_TRACES = 4096;
    private static final int REMEMBERED_STACKS = 20_000;
    private static final Stack EMPTY = new Stack(List.of(), false);

    private final Environment environment;
    // JFR's objects live as long as a chunk's constant pool: so few are remembered
    private final Map<RecordedStackTrace, Stack> traces = new IdentityHashMap<>();
    private final Map<Stack, Stack> stacks = new HashMap<>();
    private final Map<MethodRef, MethodRef> methods = new HashMap<>();

    StackReader(Environment environment) {
        this.environment = environment;
    }

    /** Returns the stack of an event, empty if it has none. */
    Stack read(RecordedStackTrace trace) {
        if (trace == null) {
            return EMPTY;
        }
        Stack known = traces.get(trace);
        if (known != null) {
            return known;
        }
        if (traces.size() >= REMEMBERED_TRACES) {
            traces.clear();
        }
        if (stacks.size() >= REMEMBERED_STACKS) {
            stacks.clear();
            methods.clear();
        }
        Stack stack = convert(trace);
        Stack same = stacks.putIfAbsent(stack, stack);
        stack = same == null ? stack : same;
        traces.put(trace, stack);
        return stack;
    }

    private Stack convert(RecordedStackTrace trace) {
        List<Frame> frames = new ArrayList<>();
        boolean reachedBase = false;
        String wrapper = null;
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod recorded = frame.getMethod();
            if (recorded == null || recorded.getType() == null) {
                continue;
            }
            MethodRef method = method(recorded);
            if (method.id().equals(wrapper)) {
                wrapper = null;
                continue;
            }
            wrapper = recorded.getName().startsWith(OffloadedMethods.PREFIX) ? method.id() : null;
            if (method.type().equals("java.lang.VirtualThread") && method.name().equals("run")) {
                reachedBase = true;
                break;
            }
            if (!(method.type().equals("java.lang.Thread") && method.name().equals("runWith"))) {
                frames.add(new Frame(method, frame.getBytecodeIndex()));
            }
        }
        return new Stack(frames, trace.isTruncated() && !reachedBase);
    }

    private MethodRef method(RecordedMethod recorded) {
        RecordedClass type = recorded.getType();
        RecordedClassLoader loader = type.getClassLoader();
        boolean bootstrap = loader == null || "bootstrap".equals(loader.getName());
        MethodRef method =
            new MethodRef(type.getName(), name(recorded), recorded.getDescriptor(), recorded.getModifiers(),
            recorded.isHidden(), bootstrap, type.getId());
        MethodRef same = methods.putIfAbsent(method, method);
        if (same != null) {
            return same;
        }
        if (recorded.getName().startsWith(OffloadedMethods.PREFIX)) {
            environment.moved().woven(method.id());
        }
        if (!bootstrap && !"platform".equals(loader.getName())) {
            environment.applicationClass(type.getId());
        }
        return method;
    }

    /** A native method that was renamed to be woven is called by its name, as its wrapper is, which is left out. */
    private static String name(RecordedMethod recorded) {
        String name = recorded.getName();
        return name.startsWith(OffloadedMethods.PREFIX) ? name.substring(OffloadedMethods.PREFIX.length()) : name;
    }
}
