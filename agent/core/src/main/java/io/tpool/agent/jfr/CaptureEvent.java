// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A time in which a virtual thread held its carrier. */
@Name("io.tpool.Capture")
@Label("Captured Carrier")
@Description("A time in which a virtual thread held its carrier without unmounting")
@Category("tpool")
@StackTrace(false)
@Threshold("20 ms")
final class CaptureEvent extends Event {
    @Label("Method")
    @Description("The native method, the first Java method of a computation, or the method that pins")
    String method;

    @Label("How")
    @Description("native, pinned, monitor, computing or unknown")
    String how;

    @Label("Virtual Thread")
    String virtualThread;

    @Label("Carrier")
    String carrier;

    @Label("Stack")
    @Description("The virtual thread's stack, innermost first, a frame on a line; empty where it was not looked at")
    String stack;
}
