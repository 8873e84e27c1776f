// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.List;

/**
 * The stack of a virtual thread, innermost frame first, without the frames of the thread machinery at its base.
 */
final class Stack {

    final List<Frame> frames;
    final boolean truncated;

    Stack(List<Frame> frames, boolean truncated) {
        this.frames = List.copyOf(frames);
        this.truncated = truncated;
    }

    MethodRef method(int index) {
        return frames.get(index).method();
    }

    int size() {
        return frames.size();
    }

    /** Returns whether a method is on the stack; null is on none. */
    boolean holds(MethodRef method) {
        for (Frame frame : frames) {
            if (frame.method().equals(method)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the frames that this stack and another have in common, counted from their bases: calls that did not
     * return between the two.
     */
    int commonBase(Stack other, int limit) {
        int most = Math.min(limit, Math.min(size(), other.size()));
        for (int depth = 1; depth <= most; depth++) {
            Frame mine = frames.get(size() - depth);
            Frame theirs = other.frames.get(other.size() - depth);
            if (!mine.method().equals(theirs.method())) {
                return depth - 1;
            }
            if (mine.bytecodeIndex() != theirs.bytecodeIndex()) {
                return depth;
            }
        }
        return most;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stack that && truncated == that.truncated && frames.equals(that.frames);
    }

    @Override
    public int hashCode() {
        return frames.hashCode();
    }
}
