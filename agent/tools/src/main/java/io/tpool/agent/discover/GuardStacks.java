// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns the guard's stacks into those that the {@link Adviser} knows. What a stack trace does not tell (modifiers,
 * overload, instruction) is taken from the class files, as far as they can be read here.
 */
final class GuardStacks {

    private final RecordedClasses files;
    private final Set<String> loadedEarly;

    /** @param loadedEarly the JDK's classes that were loaded before the agent */
    GuardStacks(RecordedClasses files, Set<String> loadedEarly) {
        this.files = files;
        this.loadedEarly = loadedEarly;
    }

    /** Converts a stack, innermost first. A native that was renamed to be woven stands for itself and its wrapper. */
    Stack read(StackTraceElement[] trace) {
        List<Frame> frames = new ArrayList<>();
        String wrapper = null;
        String callee = null;
        for (StackTraceElement element : trace) {
            String type = element.getClassName();
            String name = element.getMethodName();
            if (type.equals("java.lang.VirtualThread") && name.equals("run")) {
                break;
            }
            boolean renamed = name.startsWith(OffloadedMethods.PREFIX);
            String known = renamed ? name.substring(OffloadedMethods.PREFIX.length()) : name;
            if (!(type + '#' + name).equals(wrapper) && !(type.equals("java.lang.Thread") && name.equals("runWith"))) {
                frames.add(frame(element, known, callee));
            }
            wrapper = renamed ? type + '#' + known : null;
            callee = known;
        }
        return new Stack(frames, false);
    }

    private Frame frame(StackTraceElement element, String name, String callee) {
        String type = element.getClassName();
        boolean bootstrap = element.getClassLoaderName() == null && element.getModuleName() != null;
        boolean hidden = type.indexOf('/') >= 0;
        CallSites.Site site = hidden ? null
            : files.callSites(type, bootstrap).find(name, element.getLineNumber(), callee);
        int access = site == null ? 0 : site.access();
        int modifiers = element.isNativeMethod() ? access | Modifier.NATIVE : access & ~Modifier.NATIVE;
        MethodRef method = new MethodRef(type, name, site == null ? "" : site.descriptor(), modifiers, hidden,
            bootstrap, bootstrap && loadedEarly.contains(type) ? 1 : 0);
        return new Frame(method, site == null ? -1 : site.bytecodeIndex());
    }
}
