package io.tpool.agent.discover;

import java.util.function.IntPredicate;

/**
 * Says what to list for a stack that captured a carrier.
 *
 * <p>A thread can leave its carrier only where nothing below pins it. So from the inside out: the outermost native call is what captured (an inner
 * one runs inside it and cannot move alone); where its method cannot be renamed, the method around it moves; and before JDK 24 the
 * first method outside all monitors.
 */
final class Adviser {

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
        int captor = first(stack, 0, i -> !Names.isThreadMachinery(stack.method(i)) && !Names.isHidden(stack.method(i)));
        int nativeFrame = outermostNative(stack);
        MethodRef method = stack.method(Math.max(0, captor));
        if (nativeFrame > captor) {
            Advice outer = blocked(stack);
            return new Advice(method, outer.listed(), outer.caller(), outer.listed() == null ? outer.reason() : Reason.CALLED_BACK, null);
        }
        boolean monitor = environment.monitorsPin() && (forMonitor || outermostMonitor(stack, -1) >= 0);
        if (!monitor && !hasClassInitialiser(stack, 0)) {
            boolean loading = first(stack, 0, i -> Names.isClassLoading(stack.method(i))) >= 0;
            return new Advice(method, null, caller(stack, captor + 1), loading ? Reason.CLASS_LOADING : Reason.NOT_VISIBLE, null);
        }
        return advise(stack, method, captor, Math.max(0, captor), -1, Reason.ABOVE_MONITORS);
    }

    /** Returns what to do about a thread that waited until another one had initialised a class. */
    static Advice waitsForClass(Stack stack) {
        return new Advice(stack.method(0), null, caller(stack, 1), Reason.CLASS_INITIALISER, null);
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

    /** Returns what to do about a thread that computed while the given number of frames, counted from the base, stayed. */
    Advice computes(Stack stack, int common) {
        int captor = computing(stack, stack.size() - common);
        if (captor < 0) {
            captor = Math.max(0, stack.size() - common);
        }
        return advise(stack, stack.method(captor), captor, captor, captor - 1, Reason.COMPUTES);
    }

    /**
     * The nearest method from here outwards that computes; -1 if there is none. Samples are taken where the JVM can take them, so that
     * a method which the JDK calls a million times can look like one that does not return: what the JDK calls in a loop gives way to the
     * method of the JDK that loops.
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
            return new Advice(method, null, caller(stack, captor + 1), against, direct);
        }
        int from = start;
        Reason reason = why;
        int monitor = environment.monitorsPin() ? outermostMonitor(stack, unlocked) : -1;
        if (monitor >= from && from >= 0) {
            from = stack.method(monitor).isSynchronized() && monitor + 1 < stack.size() ? monitor + 1 : monitor;
            reason = Reason.ABOVE_MONITORS;
        }
        int listed = from < 0 ? -1 : listable(stack, from);
        if (listed < 0 && monitor >= 0 && Names.isListable(stack.method(monitor))) {
            listed = monitor;
        }
        if (listed < 0) {
            return new Advice(method, null, caller(stack, captor + 1), Reason.NOTHING_LISTABLE, direct);
        }
        return new Advice(method, stack.method(listed), caller(stack, listed + 1), reason, direct);
    }

    private static Reason against(Stack stack, MethodRef method, int captor) {
        if (first(stack, captor, i -> Names.isClassLoading(stack.method(i))) >= 0) {
            return Reason.CLASS_LOADING;
        }
        if (hasClassInitialiser(stack, captor)) {
            return Reason.CLASS_INITIALISER;
        }
        if (Names.isEventLoop(method)) {
            return Reason.EVENT_LOOP;
        }
        return Names.isThreadAffine(method) ? Reason.THREAD_AFFINE : null;
    }

    /** The nearest method from here outwards that a pattern can name; for a lambda expression the method that holds it. */
    private static int listable(Stack stack, int from) {
        int lambda = -1;
        for (int i = from; i < stack.size(); i++) {
            MethodRef method = stack.method(i);
            if (!Names.isListable(method) || Names.isInternal(method) && !method.isNative()) {
                continue;
            }
            if (!method.isLambda()) {
                return i;
            }
            int holder = holder(stack, i);
            if (holder >= 0) {
                return holder;
            }
            lambda = lambda < 0 ? i : lambda;
        }
        return lambda;
    }

    private static int holder(Stack stack, int lambda) {
        String name = stack.method(lambda).enclosingMethod();
        String type = stack.method(lambda).type();
        return first(stack, lambda + 1, i -> stack.method(i).name().equals(name) && stack.method(i).type().equals(type));
    }

    private static int outermostNative(Stack stack) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            MethodRef method = stack.method(i);
            if (method.isNative() && !Names.isThreadMachinery(method) || Names.isDowncall(method)) {
                return i;
            }
        }
        return -1;
    }

    private static int innermost(Stack stack, int captor) {
        return Math.min(captor, Math.max(0, first(stack, 0, i -> stack.method(i).isNative() || Names.isDowncall(stack.method(i)))));
    }

    private int outermostMonitor(Stack stack, int above) {
        for (int i = stack.size() - 1; i > above; i--) {
            if (stack.method(i).isSynchronized() || bytecode.holdsMonitor(stack.frames.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasClassInitialiser(Stack stack, int from) {
        return first(stack, Math.max(0, from), i -> stack.method(i).isClassInitialiser()) >= 0;
    }

    private static MethodRef caller(Stack stack, int from) {
        int caller = first(stack, from, i -> !Names.isHidden(stack.method(i)) && !Names.isThreadMachinery(stack.method(i)));
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
