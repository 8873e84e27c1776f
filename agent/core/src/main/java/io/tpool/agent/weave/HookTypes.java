// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

/**
 * The classes that woven code calls. Tests put recorders in their place.
 */
class HookTypes {
    /**
     * Internal name of the runtime's class for mode {@code tpool}. Written out: naming the class here would load it
     * into the agent.
     */
    static final String MOVE = "io/tpool/internal/hook/Move";
    /** Internal name of the runtime's class for mode {@code handoff}. */
    static final String HAND_OFF = "io/tpool/internal/hook/HandOff";
    /** Those of the runtime, by way of {@link HookClass} where this JVM has it. */
    static final HookTypes RUNTIME = new Hooked();

    private final String move;
    private final String handOff;
    private final ClassLoader home;

    /**
     * Names them.
     *
     * @param move internal name of the one for mode {@code tpool}
     * @param handOff internal name of the one for mode {@code handoff}
     * @param home loader that defines both, null for the boot loader
     */
    HookTypes(String move, String handOff, ClassLoader home) {
        this.move = move;
        this.handOff = handOff;
        this.home = home;
    }

    /** Internal name of the one for mode {@code tpool}. */
    String move() {
        return move;
    }

    /** Internal name of the one for mode {@code handoff}. */
    String handOff() {
        return handOff;
    }

    /** Whether code of a loader's classes reaches these classes, and not a copy of them. */
    boolean isSeenBy(ClassLoader loader) {
        String name = move().replace('/', '.');
        try {
            return Class.forName(name, false, loader) == Class.forName(name, false, home);
        } catch (Exception | LinkageError e) {
            // Loaders are the application's code and may throw what they like: woven code would fare no better.
            return false;
        }
    }

    private static final class Hooked extends HookTypes {
        Hooked() {
            super(MOVE, HAND_OFF, null);
        }

        @Override
        String move() {
            return HookClass.isDefined() ? HookClass.NAME : super.move();
        }

        @Override
        String handOff() {
            return HookClass.isDefined() ? HookClass.NAME : super.handOff();
        }
    }
}
