// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The calls of a method in mode auto begin to move or to stay. */
@Name("io.tpool.Decision")
@Label("Decision")
@Description("The calls of a listed method in mode auto move to a pool thread, or stay on their carrier, from now on")
@Category("tpool")
@StackTrace(false)
final class DecisionEvent extends Event {
    @Label("Method")
    String method;

    @Label("Pool")
    String pool;

    @Label("Decision")
    @Description("moves or stays")
    String decision;

    @Label("Reason")
    String reason;
}
