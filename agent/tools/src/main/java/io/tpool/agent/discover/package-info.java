// SPDX-License-Identifier: Apache-2.0
/**
 * Finds the methods that capture carriers, and what to list for each.
 *
 * <p>{@code EventFeed} turns JFR events into {@code ThreadSample}s, {@code Analysis} sums them up, {@code Adviser} says
 * what to list, and a {@code Findings} is printed by one of the {@code *Report} classes. The three ways in (a file, a
 * process id, the agent itself) differ only in where the events come from.
 */
package io.tpool.agent.discover;
