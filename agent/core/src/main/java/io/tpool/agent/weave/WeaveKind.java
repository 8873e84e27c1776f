// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

/**
 * What is done to a method.
 */
enum WeaveKind {
    /** Nothing. */
    LEAVE,
    /** The hook goes into the body. */
    BODY,
    /** The hook goes into the body, before the monitor, which the body then takes in place of the JVM. */
    BODY_BEFORE_MONITOR,
    /** The native method gets another name; a Java method of the old name calls the hook and then it. */
    RENAME
}
