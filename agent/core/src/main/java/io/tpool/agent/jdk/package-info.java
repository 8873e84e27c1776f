// SPDX-License-Identifier: Apache-2.0
/**
 * What of the agent rests on what a JDK does not promise: classes that it does not export, fields and stack frames by
 * their names. Only {@code boot} has some of its own, {@link io.tpool.agent.boot.AgentJar} and
 * {@link io.tpool.agent.boot.BootClasses}: what they call must be there before this package is.
 */
package io.tpool.agent.jdk;
