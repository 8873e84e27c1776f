// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** A woven method. {@code discover} would else know of those only that have had a long call while it was recorded. */
@Name("io.tpool.Method")
@Label("Woven Method")
@Description("A woven method and what has become of its calls, at the end of each chunk of a recording")
@Category("tpool")
@StackTrace(false)
@Period("endChunk")
final class MethodEvent extends Event {
    @Label("Method")
    String method;

    @Label("Pool")
    String pool;

    @Label("Mode")
    @Description("How the calls are to be kept off the carrier: auto, tpool or handoff")
    String mode;

    @Label("Stays")
    @Description("Whether the calls stay on their carrier at present, by what mode auto has learned")
    boolean stays;

    @Label("Offloaded")
    @Description("Calls that ran on a pool thread")
    long offloaded;

    @Label("In Place")
    @Description("Calls that ran on their carrier by choice")
    long inPlace;

    @Label("Pinned")
    @Description("Calls that could not leave their carrier")
    long pinned;
}
