// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

/**
 * Where threads of ours belong.
 *
 * @since 1.0
 */
public final class ThreadGroups {
    private ThreadGroups() {
    }

    /** The topmost group: a thread in it does not keep the group of whoever happened to have it made, which may end. */
    public static ThreadGroup topmost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
