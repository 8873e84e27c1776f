// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import com.sun.jna.Native;

/**
 * Sleeps in native code, where a virtual thread keeps its carrier.
 *
 * @since 1.0
 */
public final class NativeSleep implements Work {
    private static final int MICROS_PER_MILLI = 1_000;

    static {
        Native.register("c");
    }

    private final int micros;

    /**
     * Makes one.
     *
     * @param millis how long each call sleeps; below a second, as {@code usleep} demands
     */
    public NativeSleep(int millis) {
        micros = millis * MICROS_PER_MILLI;
    }

    @Override
    public int direct() {
        return usleep(micros);
    }

    private static native int usleep(int micros);
}
