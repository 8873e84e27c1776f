// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.boot.LazyParts;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.jdk.ReportProperty;
import io.tpool.agent.jfr.FlightRecording;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the agent be observed once somebody observes this JVM: the MBeans go into the platform MBean server when there
 * is one, and calls are taken down when the flight recorder runs. The agent starts neither, which would cost every
 * application a quarter of a second of CPU, and might come before the application has chosen its MBean server. And has
 * the guard started once the application has made a virtual thread: nothing of the guard is loaded before.
 *
 * <p>The JVM tells of all three by loading a class of theirs. It does so in the middle of making them, so the rest is
 * done by the agent's own thread, which looks at short intervals first until they are ready.
 */
public final class Observation implements ClassFileTransformer {
    /** The agent property in which whoever has attached to this JVM finds its MBeans as text; see {@link MBeanText}. */
    public static final String REPORT = "io.tpool.report";

    /** Loaded by whoever makes an MBean server. */
    private static final String SERVERS = "javax/management/MBeanServerFactory";
    /** Loaded when the flight recorder starts. */
    private static final String RECORDER = "jdk/jfr/internal/PlatformRecorder";
    /**
     * Loaded by the constructor of a virtual thread, on JDK 21 to 28; not by its class or builder, which a JVM may
     * load without need.
     */
    private static final String VIRTUAL_THREAD = "java/lang/VirtualThread$VThreadContinuation";
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    /**
     * By what part of itself a pause grows: the agent comes later than the one whom it waits for by about this part of
     * his time.
     */
    private static final int GROWTH = 8;

    /** Null unless the application is watched. */
    private static volatile Discoverer discoverer;

    private volatile Configuration configuration;
    private final Instrumentation instrumentation;
    private volatile Thread waiting;
    private volatile boolean serversLoaded;
    private volatile boolean recorderLoaded;
    private volatile boolean hasVirtualThreads;
    /** Guarded by this, as is {@link #control}. */
    private boolean watching = true;

    /** Set by whoever changes the configuration, else of the agent's own thread, as is all below. */
    private volatile boolean registered;
    private boolean recording;
    private boolean guardKnows;
    private volatile boolean lookedAround;
    private long pause = SHORTEST_NANOS;

    private final CaptureAdvice advice;
    private volatile GuardControl control;

    private Observation(Configuration configuration, Instrumentation instrumentation, boolean running) {
        this.configuration = configuration;
        this.instrumentation = instrumentation;
        advice = new CaptureAdvice(running ? new Class<?>[0] : loadedByBootLoader(instrumentation));
        registered = !configuration.switches().jmx();
    }

    /**
     * Begins to watch what the JVM loads.
     *
     * @param configuration in force
     * @param instrumentation the JVM's hand
     * @param running true if the application has begun
     * @return for the agent's own thread, which has to call {@link #due}
     */
    public static Observation begin(Configuration configuration, Instrumentation instrumentation, boolean running) {
        Observation observation = new Observation(configuration, instrumentation, running);
        instrumentation.addTransformer(observation, false);
        return observation;
    }

    /**
     * Puts a changed configuration into force: the guard's settings, and whether there are MBeans, which stay once they
     * are there.
     *
     * @param next from now on
     * @return why the guard does not do what is asked of it, or null
     */
    public synchronized String change(Configuration next) {
        if (next.switches().jmx() && !configuration.switches().jmx()) {
            registered = false;
        }
        configuration = next;
        if (!watching) {
            watching = true;
            lookedAround = false;
            instrumentation.addTransformer(this, false);
        }
        LockSupport.unpark(waiting);
        return control == null ? null : control.change(next);
    }

    /**
     * Has the agent's own thread look at what is loaded. The JVM tells no transformer of classes that are loaded while
     * a transformer is at work on the same thread.
     */
    public void lookAgain() {
        lookedAround = false;
        LockSupport.unpark(waiting);
    }

    /** The one in force. */
    Configuration configuration() {
        return configuration;
    }

    /**
     * Watches which methods capture carriers, as {@code discover=true} asks for.
     *
     * @param file where the findings go at exit; null for standard error
     */
    public static void discover(String file) {
        Discoverer made = LazyParts.create(Discoverer.class, "io.tpool.agent.discover.Discovery");
        if (made.start(file)) {
            discoverer = made;
        }
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined,
        ProtectionDomain domain, byte[] file) {
        if (loader == null && name != null && note(name)) {
            LockSupport.unpark(waiting);
        }
        return null;
    }

    private boolean note(String name) {
        if (name.equals(SERVERS)) {
            serversLoaded = true;
            return true;
        }
        if (name.equals(RECORDER)) {
            recorderLoaded = true;
            return true;
        }
        if (name.equals(VIRTUAL_THREAD)) {
            hasVirtualThreads = true;
            return true;
        }
        return false;
    }

    /**
     * Names the thread that is to call {@link #due} and {@link #dueBeforeMain}, and is unparked when it is to do so.
     *
     * @param thread the agent's own
     */
    public void wakes(Thread thread) {
        waiting = thread;
    }

    /**
     * Does what need not wait for the application: a recording from the start is to hold its first calls. Called by the
     * agent's own thread only.
     *
     * @return nanoseconds until it is to be called again; {@link Long#MAX_VALUE} if not before the thread, which is
     *     unparked then,
     *     wakes
     */
    public long dueBeforeMain() {
        guardIfItIsTime();
        return after(!recordsIfItCan());
    }

    /**
     * Does what is due. Called by the agent's own thread only, when the application has begun.
     *
     * @return as {@link #dueBeforeMain}
     */
    public long due() {
        if (!lookedAround) {
            lookedAround = true;
            lookAround();
            ReportProperty.install(instrumentation, REPORT, this::report);
        }
        guardIfItIsTime();
        boolean looking = false;
        if (!registered && serversLoaded) {
            registered = Registration.attempt(this, new GuardBean(control(), advice), discoverer);
            looking = !registered;
            guardIfItIsTime();
        }
        looking |= !recordsIfItCan();
        if (registered && recording && (guardKnows || control == null && isOff())) {
            stopWatching();
        }
        return after(looking);
    }

    /**
     * Has the guard say what is left to say before the JVM ends. Called by the agent's own thread only.
     */
    public void atExit() {
        guardIfItIsTime();
        if (control != null) {
            control.atExit();
        }
    }

    private synchronized void stopWatching() {
        if (watching) {
            watching = false;
            instrumentation.removeTransformer(this);
        }
    }

    private String report() {
        return MBeanReport.of(new AgentBean(this), new GuardBean(control(), advice));
    }

    private void guardIfItIsTime() {
        if (hasVirtualThreads && !guardKnows && (control != null || !isOff())) {
            guardKnows = true;
            control().firstVirtualThread();
        }
    }

    private boolean isOff() {
        return configuration.switches().guard().equals(Keys.GUARD_OFF);
    }

    /** Of the agent's own thread, and of the one that answers whoever attaches. */
    private synchronized GuardControl control() {
        if (control == null) {
            control = new GuardControl(configuration, advice);
            if (recording) {
                control.record();
            }
        }
        return control;
    }

    /** False if the flight recorder is about to start: it is to be tried again. */
    private boolean recordsIfItCan() {
        if (recording || !recorderLoaded) {
            return true;
        }
        recording = FlightRecording.attempt();
        if (recording && control != null) {
            control.record();
        }
        return recording;
    }

    private long after(boolean looking) {
        long next = looking ? pause : Long.MAX_VALUE;
        pause = looking ? Math.min(pause + pause / GROWTH, LONGEST_NANOS) : SHORTEST_NANOS;
        return next;
    }

    private static Class<?>[] loadedByBootLoader(Instrumentation instrumentation) {
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        int count = 0;
        for (Class<?> type : loaded) {
            if (type.getClassLoader() == null) {
                loaded[count++] = type;
            }
        }
        return Arrays.copyOf(loaded, count);
    }

    /** Another agent, or an application that we were attached to, may have come first. */
    private void lookAround() {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == null && !type.isArray()) {
                note(type.getName().replace('.', '/'));
            }
        }
    }
}
