// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

/**
 * Method descriptors, without a library.
 */
final class Descriptors {
    private Descriptors() {
    }

    /** Slots that the arguments take: two for long and double, one for the receiver. */
    static int slots(String descriptor, boolean isStatic) {
        int slots = isStatic ? 0 : 1;
        for (int at = 1; descriptor.charAt(at) != ')'; at = end(descriptor, at)) {
            char kind = descriptor.charAt(at);
            slots += kind == 'J' || kind == 'D' ? 2 : 1;
        }
        return slots;
    }

    /** Where the type that begins at an index ends. */
    private static int end(String descriptor, int begin) {
        int at = begin;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    }
}
