// SPDX-License-Identifier: Apache-2.0
/**
 * The main job as one command: an order service on SQLite, run without the agent and with it, and a picture of what
 * changed.
 */
package io.tpool.it.demo;
