// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/**
 * One frame of a stack.
 *
 * @param method the method
 * @param bytecodeIndex where in the method, or -1
 */
record Frame(MethodRef method, int bytecodeIndex) {
}
