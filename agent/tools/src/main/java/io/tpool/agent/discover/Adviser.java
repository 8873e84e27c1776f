// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.pattern.OsThreadState;
import java.util.function.IntPredicate;

/**
 * Says what to list for a stack that captured a carrier.
 *
 * <p>A thread can leave its carrier only where nothing below pins it. So from the inside out: the outermost native call
 * is what captured (an inner one runs inside it and cannot move alone); where its method cannot be renamed, the method
 * around it moves; outside of all that a class initialiser or class loading pins; and before JDK 24 the first method
 * outside all monitors.
 */
final class Adviser {
    /**
     * A loop around short calls is near them: between a scan and its native are a driver and a pool of connections.
     * Further out are the loops of servers, which serve one request after the other.
     */
    private static final int MOST_FRAMES_TO_LOOP = 10;

    private final Environment environment;
    private final Bytecode bytecode;

    Adviser(Environment environment, Bytecode bytecode) {
        this.environment = environment;
        this.bytecode = bytecode;
    }

    /** Returns whether native code is somewhere on a stack. */
    static boolean hasNative(Stack stack) {
        return outermostNative(stack) >= 0;
    }

    /** Returns what to do about a thread in native code; its stack must have some. */
    Advice blocked(Stack stack) {
        int captor = outermostNative(stack);
        MethodRef method = stack.method(captor);
        int from = captor;
        Reason reason = captor > innermost(stack, captor) ? Reason.CALLED_BACK : Reason.ITSELF;
        if (Names.isDowncall(method)) {
            from = first(stack, captor, i -> !Names.isLinker(stack.method(i)) && !Names.isHidden(stack.method(i)));
            reason = Reason.FOREIGN_FUNCTION;
            method = from < 0 ? method : stack.method(from);
        } else if (Names.isJna(method)) {
            from = first(stack, captor, i -> !Names.isJna(stack.method(i)) && !Names.isHidden(stack.method(i)));
            reason = Reason.JNA;
        } else if (isJnr(method)) {
            from = first(stack, captor, i -> !isJnr(stack.method(i)) && !Names.isHidden(stack.method(i)));
            reason = Reason.JNR_ERRNO;
        } else if (method.isNative() && bytecode.bindsByReflection(method)) {
            from = captor + 1;
            reason = Reason.JNA;
        } else if (method.isNative() && environment.loadedBeforeAgents(method)) {
            from = captor + 1;
            reason = Reason.LOADED_EARLY;
        }
        return advise(stack, method, captor, from, captor, reason);
    }

    /**
     * Returns what to do about a thread that parked while pinned, or waited for a monitor.
     *
     * @param forMonitor whether its innermost frame waited for a monitor
     */
    Advice pinned(Stack stack, boolean forMonitor) {
        int parked =
            Math.max(0, first(stack, 0, i -> !Names.isThreadMachinery(stack.method(i))
            && !Names.isHidden(stack.method(i))));
        int pin = first(stack, parked, i -> stack.method(i).isNative() || stack.method(i).isClassInitialiser());
        MethodRef method = stack.method(pin >= 0 ? pin : application(stack, parked));
        int classes = outermostClassFrame(stack, parked);
        if (outermostNative(stack) > Math.max(parked, classes)) {
            Advice outer = blocked(stack);
            return new Advice(method, outer.listed(), outer.caller(), outer.listed() == null ? outer.reason()
                : Reason.CALLED_BACK, null, null);
        }
        boolean monitor = environment.monitorsPin() && (forMonitor || outermostMonitor(stack, -1) >= 0);
        if (!monitor && classes < 0) {
            return new Advice(method, null, caller(stack, parked + 1), Reason.NOT_VISIBLE, null, null);
        }
        return advise(stack, method, parked, parked, -1, Reason.ABOVE_MONITORS);
    }

    /**
     * Returns what to do about a thread that waits in the JVM for a class that another one initialises, or for a
     * monitor.
     */
    Advice waits(Stack stack) {
        int waiting = application(stack, 0);
        return advise(stack, stack.method(waiting), waiting, waiting, -1, Reason.WAITS);
    }

    /**
     * Returns what to do about a thread in native code of which its stack shows no frame: those of a foreign function
     * are hidden.
     */
    Advice foreign(Stack stack) {
        int caller = Math.max(0, first(stack, 0, i -> !Names.isLinker(stack.method(i))
            && !Names.isHidden(stack.method(i))));
        return advise(stack, stack.method(caller), caller, caller, caller - 1, Reason.FOREIGN_FUNCTION);
    }

    /**
     * Returns what to do about a thread that computed while the given number of frames, counted from the base, stayed.
     */
    Advice computes(Stack stack, int common) {
        int captor = computing(stack, stack.size() - common);
        if (captor < 0) {
            captor = Math.max(0, stack.size() - common);
        }
        return advise(stack, stack.method(captor), captor, captor, captor - 1, Reason.COMPUTES);
    }

    /**
     * The nearest method from here outwards that computes; -1 if there is none. Samples are taken where the JVM can
     * take them, so that a method which the JDK calls a million times can look like one that does not return: what the
     * JDK calls in a loop gives way to the method of the JDK that loops.
     */
    private int computing(Stack stack, int from) {
        int found = publicMethod(stack, from);
        for (int i = found; isOfJdk(stack, i) && isOfJdk(stack, i + 1); i++) {
            if (bytecode.loops(stack.frames.get(i + 1))) {
                int outer = publicMethod(stack, i + 1);
                found = isOfJdk(stack, outer) ? outer : found;
            }
        }
        return found;
    }

    private static int publicMethod(Stack stack, int from) {
        return first(stack, from, i -> Names.isListable(stack.method(i)) && !Names.isInternal(stack.method(i)));
    }

    private static boolean isOfJdk(Stack stack, int i) {
        return i >= 0 && i < stack.size() && stack.method(i).bootstrap() && !Names.isThreadMachinery(stack.method(i));
    }

    private Advice advise(Stack stack, MethodRef method, int captor, int start, int unlocked, Reason why) {
        MethodRef direct = captor + 1 < stack.size() ? stack.method(captor + 1) : null;
        Reason against = against(stack, method, captor);
        if (against != null) {
            return new Advice(method, null, caller(stack, captor + 1), against, null, direct);
        }
        int from = start;
        Reason reason = why;
        int classes = outermostClassFrame(stack, Math.max(0, captor));
        if (classes >= from && from >= 0) {
            from = classes + 1;
            reason = stack.method(classes).isClassInitialiser() ? Reason.CLASS_INITIALISER : Reason.CLASS_LOADING;
        }
        int monitor = environment.monitorsPin() ? outermostMonitor(stack, unlocked) : -1;
        if (monitor >= from && from >= 0) {
            from = stack.method(monitor).isSynchronized() && monitor + 1 < stack.size() ? monitor + 1 : monitor;
            reason = Reason.ABOVE_MONITORS;
        }
        int listed = from < 0 ? -1 : listable(stack, from);
        if (listed < 0 && monitor > classes && Names.isListable(stack.method(monitor))
            && !stack.method(monitor).isLambda()) {
            listed = monitor;
        }
        if (listed < 0) {
            return new Advice(method, null, caller(stack, captor + 1), Reason.NOTHING_LISTABLE, null, direct);
        }
        int loop = loopAround(stack, Math.max(listed, captor + 1), captor + MOST_FRAMES_TO_LOOP);
        return new Advice(method, stack.method(listed), caller(stack, listed + 1), reason, loop < 0 ? null
            : stack.method(loop), direct);
    }

    /** The nearest method from here outwards that may come back to where it is, and that a pattern can name. */
    private int loopAround(Stack stack, int from, int most) {
        int loop = first(stack, from, i -> i <= most && !Names.isThreadMachinery(stack.method(i))
            && bytecode.loops(stack.frames.get(i)));
        return loop < 0 ? -1 : listable(stack, loop);
    }

    private Reason against(Stack stack, MethodRef method, int captor) {
        if (Names.isEventLoop(method)) {
            return Reason.EVENT_LOOP;
        }
        for (int i = Math.max(0, captor); i < stack.size(); i++) {
            OsThreadState library = OsThreadState.of(stack.method(i).type());
            if (library != null && !library.isEnclosedByCaller()) {
                return Reason.of(library);
            }
        }
        return method.isNative() && isLent(stack, captor) ? Reason.JDK_LENDS : null;
    }

    /** Whether the JDK's own code around a native of the JDK has a carrier lent. */
    private boolean isLent(Stack stack, int captor) {
        for (int i = captor + 1; environment.jdkLends() && i < stack.size() && stack.method(i).bootstrap(); i++) {
            if (bytecode.lendsCarrier(stack.method(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The nearest method from here outwards that a pattern can name. The body of a lambda expression cannot be woven:
     * the method that holds it is taken, if it is on the stack.
     */
    private static int listable(Stack stack, int from) {
        for (int i = from; i < stack.size(); i++) {
            MethodRef method = stack.method(i);
            if (!Names.isListable(method) || Names.isInternal(method) && !method.isNative()) {
                continue;
            }
            int found = method.isLambda() ? holder(stack, i) : i;
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    private static int holder(Stack stack, int lambda) {
        String name = stack.method(lambda).enclosingMethod();
        String type = stack.method(lambda).type();
        return first(stack, lambda + 1, i -> stack.method(i).name().equals(name)
            && stack.method(i).type().equals(type));
    }

    private static int outermostNative(Stack stack) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            MethodRef method = stack.method(i);
            boolean blocks = method.isNative() && !Names.isThreadMachinery(method) && !Names.isNonBlocking(method);
            if (blocks || Names.isDowncall(method)) {
                return i;
            }
        }
        return -1;
    }

    private static int innermost(Stack stack, int captor) {
        return Math.min(captor,
            Math.max(0, first(stack, 0, i -> stack.method(i).isNative() || Names.isDowncall(stack.method(i)))));
    }

    private int outermostMonitor(Stack stack, int above) {
        for (int i = stack.size() - 1; i > above; i--) {
            if (stack.method(i).isSynchronized() || bytecode.holdsMonitor(stack.frames.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The outermost frame from here on inside which the JVM pins for a class: its initialiser, or its loading. */
    private static int outermostClassFrame(Stack stack, int from) {
        for (int i = stack.size() - 1; i >= from; i--) {
            if (stack.method(i).isClassInitialiser() || Names.isClassLoading(stack.method(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isJnr(MethodRef method) {
        return OsThreadState.of(method.type()) == OsThreadState.JNR_ERRNO;
    }

    /**
     * The first frame from here on that is not the JDK's; if there is none, the first one. As the guard names what it
     * sees.
     */
    private static int application(Stack stack, int from) {
        int found = first(stack, from, i -> !stack.method(i).bootstrap() && !Names.isHidden(stack.method(i)));
        return found < 0 ? from : found;
    }

    private static MethodRef caller(Stack stack, int from) {
        int caller =
            first(stack, from, i -> !Names.isHidden(stack.method(i)) && !Names.isThreadMachinery(stack.method(i)));
        return caller < 0 ? null : stack.method(caller);
    }

    private static int first(Stack stack, int from, IntPredicate test) {
        for (int i = from; i < stack.size(); i++) {
            if (test.test(i)) {
                return i;
            }
        }
        return -1;
    }
}
