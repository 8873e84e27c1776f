// SPDX-License-Identifier: Apache-2.0

/** The matrix: six servers, two JDKs, with and without the agent, under a bounded load on the loopback interface. */
package io.tpool.it.servers;
