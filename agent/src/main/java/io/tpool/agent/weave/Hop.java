package io.tpool.agent.weave;

/**
 * The classes that woven code calls. Tests put recorders in their place.
 *
 * @param move internal name of the one for mode {@code tpool}
 * @param handOff internal name of the one for mode {@code handoff}
 * @param home loader that defines both, null for the boot loader
 */
record Hop(String move, String handOff, ClassLoader home) {
    /** Those of the runtime. Written out: naming the classes here would load them into the agent. */
    static final Hop RUNTIME = new Hop("io/tpool/internal/hook/Move", "io/tpool/internal/hook/HandOff", null);
}
