// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/** A call of a woven method by a virtual thread, from its offer to the pool to its end. */
@Name("io.tpool.Offload")
@Label("Offloaded Call")
@Description("A call of a woven method by a virtual thread, from its offer to the pool to its end")
@Category("tpool")
@StackTrace(false)
@Threshold("20 ms")
final class OffloadEvent extends Event {
    @Label("Method")
    String method;

    @Label("Pool")
    String pool;

    @Label("Mode")
    @Description("How the call was to be kept off the carrier: auto, tpool or handoff")
    String mode;

    @Label("Outcome")
    @Description("offloaded, threw (on a pool thread too), in place, pinned or rejected")
    String outcome;

    @Label("Queue Time")
    @Description("How long the call waited for a pool thread")
    @Timespan(Timespan.NANOSECONDS)
    long queueTime;

    @Label("Run Time")
    @Description("How long the method ran")
    @Timespan(Timespan.NANOSECONDS)
    long runTime;

    @Label("Pool Thread")
    @Description("The thread that ran the call; none if it ran in place")
    String poolThread;

    @Label("OS Thread Id")
    @Description("The operating system's id of the pool thread; -1 if the call ran in place or the platform gives none")
    long osThreadId;
}
