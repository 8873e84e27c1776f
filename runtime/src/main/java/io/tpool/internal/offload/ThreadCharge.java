// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Who may mount a virtual thread. At any time at most one party is in <i>charge</i> of the thread. That party alone
 * mounts the thread and changes the other fields, here and in the subclasses. While the thread is mounted, it acts
 * under the charge of its mounter.
 *
 * <p>A virtual thread has a task, its continuation. The JDK submits the task to the thread's scheduler whenever the
 * thread becomes runnable. Running the task mounts the thread. A ThreadCharge replaces the task of its thread for
 * good, and while the thread crosses from one scheduler to another it also replaces the scheduler.
 *
 * <h2>Protocol</h2>
 * The charge is one word:
 * <pre>
 *   FREE          the thread is unmounted, and nobody is about to mount it
 *   HELD by X     platform thread X mounts the thread, or is about to, or has not yet returned from it
 *   HELD + AGAIN  as HELD; the task was submitted once more meanwhile
 *   QUEUED as N   the thread waits in a queue, with ticket number N; each ticket has a number of its own
 *   RAW by X      the thread is mounted on X by its original task, as it was when the ThreadCharge was made
 *
 *   FREE, RAW -> HELD    X, by compare-and-set: run(), RAW only while the thread is unmounted; or execute() by the X of
 *                        RAW
 *   RAW, FREE, QUEUED -> RAW    the thread, by compare-and-set, where it finds itself mounted without the charge
 *   HELD -> QUEUED       X, by a write, when the thread is runnable and somebody else is to mount it
 *   QUEUED -> HELD       by compare-and-set: a pool thread that polled the ticket, a carrier that the ticket was sent
 *                        to, or X itself where the queue does not take the ticket
 *   HELD -> AGAIN        anybody who runs the task, by compare-and-set; X itself, by a write, in execute()
 *   HELD -> FREE         X, by compare-and-set, when the thread has unmounted and is not runnable as far as X knows
 *   AGAIN -> HELD        X, by a write: X acts on that submission as on its own
 *   HELD, AGAIN -> FREE  X, by a write, before X submits the task to the home scheduler itself
 * </pre>
 * A stay in a queue that is over never comes back, because its number is never used again. So a late reader of the
 * queue cannot take a later stay for an earlier one.
 *
 * <p><b>Nothing is lost.</b> The JDK submits the task once for each time that the thread becomes runnable. Each
 * submission ends in run() or execute(). These find the charge FREE and act at once; or QUEUED, and the thread will be
 * mounted later than now; or HELD, and leave AGAIN, which the holder acts on after the thread has unmounted. A holder
 * gives the charge up only as FREE, when no submission came, or by passing the thread on. A ticket stays in its queue
 * until it is claimed, or until the home scheduler has accepted it and will claim it.
 *
 * <p><b>Nothing runs twice.</b> Mounting a thread that is not runnable does nothing. Between the claim of a ticket and
 * the mount nobody else may mount the thread, but for the original task that is told of below. That one is noticed
 * before the call begins, and before it ends.
 *
 * <p><b>What is published.</b> Each change of the charge is volatile. So what a party wrote before it gave the charge
 * up happens-before what the next party does.
 *
 * <p><b>Stack dumps.</b> Up to JDK 26 the stack dump of an unmounted thread submits the task a second time. That is
 * one more run() or execute() at any moment, which the charge absorbs. An original task that a stack dump submitted
 * before the ThreadCharge was made may still be queued later. It mounts the thread without the charge, which the thread
 * notices at its next crossing, see {@link #isMountedInCharge}.
 *
 * <p>The JDK is never asked for the current carrier here: compiled code may keep the answer over a yield.
 */
abstract class ThreadCharge implements Runnable, Executor {
    private static final long FREE = 0;
    private static final long AGAIN = 1;
    /** Above the id of any platform thread. */
    private static final long RAW = 1L << 62;
    private static final VarHandle CHARGE;

    static {
        try {
            CHARGE = MethodHandles.lookup().findVarHandle(ThreadCharge.class, "charge", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Thread thread;
    final Executor home;
    private final Runnable continuation;
    private volatile long charge;
    /**
     * The thread stays: the platform thread that it is unmounting from is to mount it again. Of the party in charge.
     */
    private boolean stays;

    ThreadCharge(Thread thread) {
        this.thread = thread;
        this.charge = RAW | held(VirtualThreads.carrierOf(thread));
        this.continuation = VirtualThreads.task(thread);
        Executor scheduler = VirtualThreads.scheduler(thread);
        // an Error has left it there
        this.home = scheduler instanceof ThreadCharge parents ? parents.home : scheduler;
    }

    // ---- what the subclass decides, in charge ----

    /**
     * The thread is runnable, for all that is known. Passes it on if its next mount does not belong to the calling
     * platform thread.
     *
     * @param own the charge as the caller holds it
     * @param onPool true on a pool thread
     * @return false if the caller is still in charge, and is to mount the thread
     */
    abstract boolean isPassedOn(long own, boolean onPool);

    /**
     * As {@link #isPassedOn}, for a thread that unmounts at this moment in order to cross.
     *
     * @param own the charge as the caller holds it
     * @return false if the caller is still in charge, and the thread stays on the caller
     */
    abstract boolean crosses(long own);

    /** The home scheduler threw. */
    abstract void homeRefused();

    // ---- whoever submits the task or runs it ----

    /**
     * In the place of the scheduler, while the thread crosses: called by the platform thread from which it has just
     * unmounted.
     */
    @Override
    public final void execute(Runnable task) {
        long own = held(Thread.currentThread());
        long now = charge;
        if (task != this) {
            home.execute(task);
        } else if ((now & ~AGAIN) == own) {
            if (!crosses(own)) {
                stays = true;   // mount() has yet to return; not to be written once the thread has been passed on
            }
        } else if (now == (RAW | own) && CHARGE.compareAndSet(this, now, own)) {
            crossFirst(own);
        } else {
            home.execute(this);
        }
    }

    /** The thread has unmounted from its original task, so there is no {@link #mount} to return to. */
    private void crossFirst(long own) {
        if (!crosses(own)) {
            charge = FREE;
            home.execute(this);
        }
    }

    /** In the place of the continuation. */
    @Override
    public final void run() {
        long own = held(Thread.currentThread());
        for (;;) {
            long now = charge;
            if (now == FREE || isRaw(now) && !VirtualThreads.isMounted(thread)) {
                if (CHARGE.compareAndSet(this, now, own)) {
                    goOn(own);
                    return;
                }
            } else if ((now & ~AGAIN) == own) {   // a scheduler that runs tasks where they are submitted
                charge = own;
                goOn(own);
                return;
            } else if (now < FREE || isRaw(now) || (now & AGAIN) != 0
                    || CHARGE.compareAndSet(this, now, now | AGAIN)) {
                return;
            }
        }
    }

    private static boolean isRaw(long charge) {
        return charge >= RAW;
    }

    private void goOn(long own) {
        if (!isPassedOn(own, false)) {
            mount(own, false);
        }
    }

    /** The charge as it is while a platform thread holds it. */
    static long held(Thread platform) {
        return platform.threadId() << 1;
    }

    // ---- the party in charge ----

    /** Mounts the thread until it has unmounted and nothing is left to do for it here. */
    final void mount(long own, boolean onPool) {
        do {
            boolean returned = false;
            try {
                continuation.run();
                returned = true;
            } finally {
                if (!returned && (charge & ~AGAIN) == own && !goesHome(own)) {
                    charge = FREE;
                }
            }
        } while (goesOnHere(own, onPool));
    }

    /** After an unmount: gives the charge up, unless the thread is to be mounted here once more. */
    private boolean goesOnHere(long own, boolean onPool) {
        long now = charge;
        if ((now & ~AGAIN) != own) {
            return false;   // passed on
        }
        if (stays) {
            stays = false;
            return true;
        }
        if (now == own && CHARGE.compareAndSet(this, own, FREE)) {
            return false;
        }
        charge = own;   // the task was submitted while the thread was mounted
        return !isPassedOn(own, onPool);
    }

    /**
     * True if the home scheduler has the task, or somebody else is in charge; false if the thread is still the
     * caller's.
     */
    final boolean goesHome(long own) {
        charge = FREE;
        try {
            home.execute(this);
            return true;
        } catch (Throwable refused) {
            boolean back = CHARGE.compareAndSet(this, FREE, own);
            homeRefused();
            return !back;
        }
    }

    /**
     * By the mounted thread: makes sure that it was mounted in charge. A task that a stack dump has submitted before
     * the ThreadCharge was made mounts the thread without. Then whoever waits with a ticket, or holds the charge, has
     * nothing to mount; the thread waits for a holder to see that, and is mounted by its original task from then on.
     *
     * @return false if the thread was mounted without the charge
     */
    final boolean isMountedInCharge() {
        long own = held(VirtualThreads.carrierOf(thread));
        for (long now = charge; (now & ~AGAIN) != own; now = charge) {
            boolean raw = now == (RAW | own);
            if (raw || (now <= FREE || isRaw(now)) && CHARGE.compareAndSet(this, now, RAW | own)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** Leaves a submission for oneself to find in {@link #mount}. */
    final void noteSubmission(long own) {
        charge = own | AGAIN;
    }

    /**
     * Gives the charge to whoever claims the ticket.
     *
     * @param stay minus the ticket's number
     */
    final void queueAs(long stay) {
        charge = stay;
    }

    /** False if the stay is over: somebody else was in charge after it. */
    final boolean claims(long stay, long own) {
        return CHARGE.compareAndSet(this, stay, own);
    }

    final boolean isQueuedAs(long stay) {
        return charge == stay;
    }
}
