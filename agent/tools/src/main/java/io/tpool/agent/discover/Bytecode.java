// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/** What JFR does not know about a method and its class file does. */
interface Bytecode {

    /** Knows nothing. */
    Bytecode UNKNOWN = new Bytecode() {
        @Override
        public boolean holdsMonitor(Frame frame) {
            return false;
        }

        @Override
        public boolean loops(Frame frame) {
            return false;
        }

        @Override
        public boolean bindsByReflection(MethodRef method) {
            return false;
        }
    };

    /** Returns whether a {@code synchronized} block is entered where this frame is. */
    boolean holdsMonitor(Frame frame);

    /** Returns whether this frame is where its method may come back to before it returns. */
    boolean loops(Frame frame);

    /**
     * Returns whether the method has the JDK lend a carrier around what blocks in it ({@code
     * jdk.internal.misc.Blocker}).
     */
    default boolean lendsCarrier(MethodRef method) {
        return false;
    }

    /**
     * Returns whether the class of this native method binds its natives by name through reflection (JNA's direct
     * mapping), so that none can be renamed.
     */
    boolean bindsByReflection(MethodRef method);
}
