// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Builds stacks for tests from words such as {@code "native synchronized org.acme.Db#step"}, innermost frame first. */
final class Stacks {

    private static final int SYNTHETIC = 0x1000;
    private static final Pattern BOOT = Pattern.compile("(javax?|jdk|sun|com\\.sun\\.crypto)\\.");

    private Stacks() {
    }

    static Stack of(String... frames) {
        List<Frame> list = new ArrayList<>();
        for (String frame : frames) {
            int at = frame.indexOf('@');
            list.add(new Frame(method(at < 0 ? frame : frame.substring(0, at)), at < 0 ? 7
                : Integer.parseInt(frame.substring(at + 1))));
        }
        return new Stack(list, false);
    }

    static MethodRef method(String words) {
        int modifiers = Modifier.PUBLIC;
        long classId = 5000;
        String[] parts = words.split(" ");
        boolean hidden = false;
        for (String part : parts) {
            switch (part) {
                case "native" -> modifiers |= Modifier.NATIVE;
                case "synchronized" -> modifiers |= Modifier.SYNCHRONIZED;
                case "synthetic" -> modifiers |= SYNTHETIC;
                case "hidden" -> hidden = true;
                case "early" -> classId = 10;
                default -> { }
            }
        }
        String[] name = parts[parts.length - 1].split("#");
        boolean boot = BOOT.matcher(name[0]).lookingAt();
        return new MethodRef(name[0], name[1], "()V", modifiers, hidden, boot, classId);
    }

    /** An environment of so many carriers, whose application's first class has the number 1000. */
    static Environment environment(int release, int carriers) {
        Environment environment = new Environment();
        environment.property("java.vm.specification.version", Integer.toString(release));
        environment.property("jdk.virtualThreadScheduler.parallelism", Integer.toString(carriers));
        environment.applicationClass(1000);
        environment.nativePeriod(20_000_000);
        environment.javaPeriod(20_000_000);
        return environment;
    }
}
