// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;

/**
 * A task that runs in a {@code GreenPool}, as the threads see it that descend from it.
 *
 * <p>A thread's <i>ancestry</i> names the members that it descends from, the nearest first: the task that it runs, the
 * member that spawned that task or started the thread, and so on, through every pool. Threads hand their ancestry on by
 * an inheritable thread local, which platform threads and virtual threads inherit when they are created, unless their
 * builder says otherwise.
 *
 * <p>An ancestry outlives its members: a thread that a member started may run for ever, one of the JDK's own among
 * them. So an ancestry holds its members weakly, and consists of nothing but classes of the JDK: it keeps alive neither
 * a pool nor a class loader. It is a list of
 * {@code Object[] {WeakReference<Member> first, Object[] rest, Integer spare}}, never changed once it is made;
 * {@code spare} is how many members may still be put in front before those that have ended are taken out. Only the
 * task's own thread holds a member strongly, and only while the task runs.
 */
public final class Member {
    private static final InheritableThreadLocal<Object[]> LINE = new InheritableThreadLocal<>();

    private static final int ROOM = 8;

    /** Where the task runs; null when it has ended. */
    private volatile Slots slots;

    /** Whether a task runs beyond the limit in this member's place. Guarded by the lock of its slots. */
    private boolean lending;

    private Member(Slots slots) {
        this.slots = slots;
    }

    /** Makes the calling thread, new and about to run a task, a member. */
    static Member enter(Slots slots) {
        Member member = new Member(slots);
        LINE.set(put(member, LINE.get()));
        return member;
    }

    void leave() {
        slots = null;
    }

    /** The calling thread's ancestry; null if it descends from no member. */
    public static Object[] ancestry() {
        return LINE.get();
    }

    /** Tells whether the ancestry names a member that runs in the pool of these slots. */
    static boolean runsIn(Slots slots, Object[] ancestry) {
        for (Object[] at = ancestry; at != null; at = rest(at)) {
            Member member = first(at);
            if (member != null && member.slots == slots) {
                return true;
            }
        }
        return false;
    }

    /**
     * Has the nearest member of the ancestry that runs in this pool, and is not lending yet, lend its place; null if
     * there is none.
     */
    static Member lender(Slots slots, Object[] ancestry) {
        for (Object[] at = ancestry; at != null; at = rest(at)) {
            Member member = first(at);
            if (member != null && member.slots == slots && !member.lending) {
                member.lending = true;
                return member;
            }
        }
        return null;
    }

    void takeBack() {
        lending = false;
    }

    /**
     * Without taking out what has ended, a task that spawns its successor and ends, for ever, would make an ancestry
     * without end.
     */
    private static Object[] put(Member member, Object[] ancestry) {
        Object[] rest = ancestry == null || spare(ancestry) > 0 ? ancestry : pruned(ancestry);
        return cell(member, rest, rest == null ? ROOM : spare(rest) - 1);
    }

    private static Object[] pruned(Object[] ancestry) {
        ArrayDeque<Member> running = new ArrayDeque<>();
        for (Object[] at = ancestry; at != null; at = rest(at)) {
            Member member = first(at);
            if (member != null && member.slots != null) {
                running.push(member);
            }
        }
        // As much room again as is taken: pruning costs each member of the ancestry a constant time.
        int spare = running.size() + ROOM;
        Object[] pruned = null;
        for (Member member : running) {
            pruned = cell(member, pruned, spare);
        }
        return pruned;
    }

    private static Object[] cell(Member first, Object[] rest, int spare) {
        return new Object[] {new WeakReference<>(first), rest, spare};
    }

    private static Member first(Object[] ancestry) {
        return (Member) ((WeakReference<?>) ancestry[0]).get();
    }

    private static Object[] rest(Object[] ancestry) {
        return (Object[]) ancestry[1];
    }

    private static int spare(Object[] ancestry) {
        return (Integer) ancestry[2];
    }
}
