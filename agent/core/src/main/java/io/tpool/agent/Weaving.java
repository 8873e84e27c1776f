// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.weave.Weaver;

/** The weaver at work, and who puts into words what it does. */
record Weaving(Weaver weaver, WeaveLog log) {
}
