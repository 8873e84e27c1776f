// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A time in which all carriers were captured while virtual threads waited for one. */
@Name("io.tpool.Starvation")
@Label("Starvation")
@Description("A time in which all carriers were captured while virtual threads waited for one")
@Category("tpool")
@StackTrace(false)
@Threshold("0 ms")
final class StarvationEvent extends Event {
    @Label("Carriers")
    @Description("Carriers that were captured")
    int carriers;

    @Label("Waiting")
    @Description("Virtual threads that waited, the most seen")
    int waiting;

    @Label("Method")
    @Description("What captured one of the carriers")
    String method;
}
