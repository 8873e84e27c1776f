// SPDX-License-Identifier: Apache-2.0
/**
 * Applications under test: plain main classes that know nothing of the agent. Each prints what it saw as
 * {@code key=value} lines.
 */
package org.example.app;
