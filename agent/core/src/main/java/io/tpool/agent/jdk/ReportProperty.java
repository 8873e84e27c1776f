// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import io.tpool.agent.message.Log;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.VMSupport;

/**
 * A report on this JVM, written when somebody who has attached to it reads its agent properties, and only then. So
 * {@code stats} needs no object that a serial filter could reject, no server, no agent that is loaded late, of which
 * the JVM would warn, and no MBean server. Who may attach, the owner of the JVM and root, may read it. Several may at
 * once: the JVM answers one after the other.
 *
 * <p>The agent properties are the JDK's own object. It is asked for what is not in it as every {@link Properties} is:
 * through its defaults.
 *
 * @since 1.0
 */
public final class ReportProperty extends Properties {
    private static final long serialVersionUID = 1;

    private final transient Supplier<String> report;

    private ReportProperty(Supplier<String> report) {
        this.report = report;
    }

    /**
     * Installs it. Where the JDK does not let us, there are the MBeans.
     *
     * @param instrumentation the JVM's hand
     * @param name of the property
     * @param report writes it, in the JVM's own thread that answers whoever attaches
     */
    public static void install(Instrumentation instrumentation, String name, Supplier<String> report) {
        try {
            Set<Module> own = Set.of(ReportProperty.class.getModule());
            instrumentation.redefineModule(Object.class.getModule(), Set.of(),
                Map.of("jdk.internal.misc", own, "jdk.internal.vm", own), Map.of(), Set.of(), Map.of());
            ReportProperty defaults = new ReportProperty(report);
            defaults.setProperty(name, "");
            Unsafe unsafe = Unsafe.getUnsafe();
            unsafe.putReferenceVolatile(VMSupport.getAgentProperties(),
                unsafe.objectFieldOffset(Properties.class, "defaults"), defaults);
        } catch (LinkageError | RuntimeException e) {
            Log.debug("no report for those who attach: " + e);
        }
    }

    @Override
    public String getProperty(String name) {
        if (super.getProperty(name) == null) {
            return null;
        }
        try {
            return report.get();
        } catch (Throwable e) {
            // It is the JVM that asks.
            return "failed\t" + e;
        }
    }
}
