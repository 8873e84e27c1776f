package io.tpool.internal.guard;

import java.util.List;

/**
 * Keeps the scheduler of virtual threads going whatever captures its carriers.
 *
 * @since 1.0
 */
public final class Guard {
    private Guard() {
    }

    /**
     * Starts the guard of this JVM; a second call changes the settings. To be called when the application has made its first virtual
     * thread, because looking at the scheduler initialises it.
     *
     * @param settings not null
     * @return null, or why the guard cannot work here, one line without a full stop
     */
    public static String start(GuardSettings settings) {
        return "not built yet";
    }

    /** @return true if the guard can work here and was started */
    public static boolean isRunning() {
        return false;
    }

    /** @return what it is set to, also before it was started */
    public static GuardSettings settings() {
        return new GuardSettings(GuardMode.OFF, GuardSettings.DEFAULT_PATIENCE_NANOS, GuardSettings.DEFAULT_MAX);
    }

    /**
     * Changes the settings, at once. Carriers that are lent and no longer to be lent are given back.
     *
     * @param settings not null
     */
    public static void settings(GuardSettings settings) {
    }

    /** @return one look at the figures; zeros before it was started */
    public static GuardFigures figures() {
        return new GuardFigures(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** @return the capturing methods, those that captured longest in all first */
    public static List<CaptureRow> captures() {
        return List.of();
    }

    /** Starts the counts and rows anew. */
    public static void reset() {
    }

    /**
     * Has somebody told of captures.
     *
     * @param listener null for nobody
     */
    public static void tell(CaptureListener listener) {
    }
}
