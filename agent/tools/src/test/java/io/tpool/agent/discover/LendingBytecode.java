// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/** Class files that know one thing: in this method the JDK lends a carrier. */
record LendingBytecode(String lending) implements Bytecode {
    @Override
    public boolean holdsMonitor(Frame frame) {
        return false;
    }

    @Override
    public boolean loops(Frame frame) {
        return false;
    }

    @Override
    public boolean lendsCarrier(MethodRef method) {
        return method.id().equals(lending);
    }

    @Override
    public boolean bindsByReflection(MethodRef method) {
        return false;
    }
}
