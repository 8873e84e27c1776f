// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.Arrays;

/**
 * Tells carriers that block from carriers that compute, by the CPU time that they use while they are held.
 * Confined to the thread that looks.
 *
 * <p>Reading a carrier's CPU time costs about half a microsecond, so it is read for suspects only, and not for
 * more than {@value #READINGS} of them in one look.
 *
 * <p>The first look at a suspect cannot tell: there is one reading. Where no computation was seen lately the suspect is
 * taken to block, which the second reading confirms or not; where computations were seen, it is taken for one until the
 * second reading. As long as no CPU time can be read, because its classes are still being loaded, a few suspects for
 * each processor are taken to block, and no more.
 *
 * <p>A computation that gets no processor uses no CPU time either. So where threads may have to wait for one, the
 * system is asked whether the suspect {@linkplain RunState sleeps}. Where it does not tell, and at least as many
 * carriers compute as there are processors, or stacks have shown that threads wait for one, the time between the
 * readings has to be longer than each of them may have to wait for a processor.
 */
final class CaptureJudge {
    /** Most readings in one look. */
    static final int READINGS = 32;
    /** How long a thread may run before the system gives the processor to the next one. */
    static final long SYSTEM_SLICE_NANOS = 4_000_000;
    /** Threads of other processes for each processor, where stacks have shown that threads wait for one. */
    private static final int OTHERS = 4;
    private static final int GUESSES_FOR_A_PROCESSOR = 4;
    private static final long MEMORY_NANOS = 1_000_000_000;
    private static final long RECHECK_NANOS = 10_000_000;
    private static final long LEAST_USED_NANOS = 20_000;
    private static final int SHARE_OF_BLOCKED = 16;
    private static final int SHARE_OF_BLOCKED_ON_BUSY_MACHINE = 64;

    private final CarrierView view;
    private final CarrierTable table;
    private final int processors;
    /** By slot: the CPU time that was read last, when, and when to read it again. */
    private long[] cpu = new long[0];
    private long[] cpuAt = new long[0];
    private long[] due = new long[0];
    private int readings;
    private int guesses;
    private int mounted;
    private boolean machineBusy;
    private boolean busy;
    private long needed;
    private long recheck;
    private long lastComputing;
    private boolean everComputing;

    CaptureJudge(CarrierView view, CarrierTable table, int processors) {
        this.view = view;
        this.table = table;
        this.processors = processors;
    }

    void grow(int length) {
        cpu = Arrays.copyOf(cpu, length);
        cpuAt = Arrays.copyOf(cpuAt, length);
        due = Arrays.copyOf(due, length);
    }

    /** True if the classes that read CPU times are still to be loaded. */
    boolean isUnread(int i) {
        return cpu[i] == CpuTimes.UNKNOWN;
    }

    /** Begins a look, with what the last one has found. */
    void begin(LookFindings last, int helpers, boolean isMachineBusy) {
        mounted = last.mounted + helpers;
        readings = 0;
        guesses = 0;
        machineBusy = isMachineBusy;
        busy = machineBusy || last.computing >= processors;
        int wanting = machineBusy ? last.mounted + OTHERS * processors : last.computing + last.suspects;
        // The more are known to block, the less often each is read again: suspects need readings, too.
        recheck = RECHECK_NANOS * (1 + last.blocked / (READINGS / 2));
        needed = busy ? SYSTEM_SLICE_NANOS * (1 + wanting / processors) : 0;
    }

    /** True if a computation was seen lately. */
    boolean isComputing(long now) {
        return everComputing && now - lastComputing < MEMORY_NANOS;
    }

    /** Judges a carrier that is held for as long as the patience; says whether its state is more than a guess. */
    void judge(int i, byte before, Thread carrier, long now, long patience) {
        if (before == CarrierTable.YOUNG) {
            first(i, carrier, now, patience);
        } else if (now - due[i] >= 0 && readings < READINGS) {
            again(i, carrier, now, patience);
        }
    }

    private void first(int i, Thread carrier, long now, long patience) {
        reading(i, read(carrier), now);
        boolean doubtful = machineBusy || isComputing(now) || isCrowded(i, now);
        table.state[i] = doubtful || !isGuessed(i) ? CarrierTable.SUSPECT : CarrierTable.BLOCKED;
        table.proven[i] = cpu[i] == CpuTimes.MISSING;
        due[i] = now + (patience >> 2);
    }

    private void again(int i, Thread carrier, long now, long patience) {
        long read = read(carrier);
        if (read < 0 || cpu[i] < 0) {
            reading(i, read, now);
            if (read == CpuTimes.UNKNOWN) {
                table.state[i] = isGuessed(i) ? CarrierTable.BLOCKED : CarrierTable.SUSPECT;
            }
            table.proven[i] = read == CpuTimes.MISSING;
            return;
        }
        long used = read - cpu[i];
        long window = now - cpuAt[i];
        boolean uses = used > LEAST_USED_NANOS
                && used * (busy ? SHARE_OF_BLOCKED_ON_BUSY_MACHINE : SHARE_OF_BLOCKED) > window;
        RunState run = !uses && isCrowded(i, now) ? view.runState(i, read, now) : RunState.UNKNOWN;
        if (uses || run == RunState.RUNNABLE) {
            table.state[i] = CarrierTable.COMPUTING;
            due[i] = now + (uses ? patience : RECHECK_NANOS);
            lastComputing = now;
            everComputing = true;
        } else if (window < Math.max(run == RunState.SLEEPING ? 0 : needed, patience >> 2)) {
            return;
        } else {
            table.state[i] = CarrierTable.BLOCKED;
            due[i] = now + recheck;
        }
        table.proven[i] = true;
        reading(i, read, now);
    }

    private boolean isCrowded(int i, long now) {
        return cpu[i] >= 0 && view.isCrowded(mounted, now);
    }

    /** False where too many are taken to block already though nothing is known of any. */
    private boolean isGuessed(int i) {
        return cpu[i] != CpuTimes.UNKNOWN || guesses++ < GUESSES_FOR_A_PROCESSOR * processors;
    }

    private void reading(int i, long read, long now) {
        cpu[i] = read;
        cpuAt[i] = now;
    }

    private long read(Thread carrier) {
        readings++;
        return view.cpuNanos(carrier);
    }
}
