// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.MethodShape;
import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;

/**
 * What to do with one listed method, and why. Plain questions and answers, no class file is touched.
 *
 * @param how what is done; null if it is none of the asking transformer's business
 * @param why why it is left alone, null otherwise
 * @param limit what limits it although it is woven, null if nothing does
 */
record Decision(WeaveKind how, NotWoven why, String limit) {
    static final String HOLDS_MONITOR = "it holds its monitor on entry, so that before JDK 24 its calls stay pinned";

    /** Java 7: the first class files that may hold a method handle. */
    private static final int METHOD_HANDLES = 51;
    /** Java 5: the first class files that may hold a class constant. */
    private static final int CLASS_CONSTANTS = 49;
    /** A method handle takes its own slot and those of its invocation from the 255 that a call may have. */
    private static final int MOST_SLOTS = 250;
    /** Libraries that bind native methods by reflection. */
    private static final String[] BINDERS = {"com/sun/jna/", "org/bridj/", "one/nalim/"};

    private static final Decision NOT_MINE = new Decision(null, null, null);

    /** Decides for {@link LoadTransformer}, at the first load of a class. */
    static Decision atFirstLoad(ClassHeader type, MethodShape method, Mode mode, boolean monitorsPin) {
        if (Jna.isOfTheOsThread(type, method)) {
            return leave(NotWoven.OF_THE_OS_THREAD);
        }
        if (method.isNative()) {
            if (isBoundByName(type)) {
                return leave(NotWoven.BOUND_BY_NAME);
            }
            NotWoven obstacle = handOffObstacle(type, method, mode);
            return obstacle == null ? weave(WeaveKind.RENAME) : leave(obstacle);
        }
        if (!isSynchronized(method) || isCompilerMade(method) || !monitorsPin && mode.movesThread()) {
            return NOT_MINE;
        }
        boolean nameable = !is(method, ClassHeader.ACC_STATIC) || type.version() >= CLASS_CONSTANTS;
        return nameable && handOffObstacle(type, method, mode) == null ? weave(WeaveKind.BODY_BEFORE_MONITOR)
            : NOT_MINE;
    }

    /** Decides for {@link BodyTransformer}: at load, after the other transformer, and for classes that are loaded. */
    static Decision forBody(ClassHeader type, MethodShape method, Mode mode, boolean monitorsPin, boolean isLoaded) {
        if (Jna.isOfTheOsThread(type, method)) {
            return leave(NotWoven.OF_THE_OS_THREAD);
        }
        if (method.isNative()) {
            return leave(isLoaded ? NotWoven.NATIVE_LOADED : NotWoven.NO_RENAMING);
        }
        if (isCompilerMade(method)) {
            return NOT_MINE;
        }
        NotWoven obstacle = handOffObstacle(type, method, mode);
        if (obstacle != null) {
            return leave(obstacle);
        }
        if (!isSynchronized(method)) {
            return weave(WeaveKind.BODY);
        }
        if (!mode.movesThread()) {
            return leave(NotWoven.HOLDS_MONITOR);
        }
        return new Decision(WeaveKind.BODY, null, monitorsPin ? HOLDS_MONITOR : null);
    }

    /** Whether the methods that call this one are to be listed instead of it. */
    boolean isCuredByCallers() {
        return why != NotWoven.OF_THE_OS_THREAD;
    }

    /**
     * A changed modifier of a method that others can see changes the serial version that the JDK works out for a class.
     */
    static boolean changesSerialVersion(ClassHeader type, MethodShape method) {
        return !is(method, ClassHeader.ACC_PRIVATE) && !type.declaresSerialVersionUid();
    }

    static boolean isSynchronized(MethodShape method) {
        return is(method, ClassHeader.ACC_SYNCHRONIZED);
    }

    /** The bodies of lambdas, and accessors. Bridges are for the patterns to decide. */
    private static boolean isCompilerMade(MethodShape method) {
        return is(method, ClassHeader.ACC_SYNTHETIC) && !is(method, ClassHeader.ACC_BRIDGE);
    }

    private static NotWoven handOffObstacle(ClassHeader type, MethodShape method, Mode mode) {
        if (mode.movesThread()) {
            return null;
        }
        if (type.version() < METHOD_HANDLES) {
            return NotWoven.OLD_CLASS_FILE;
        }
        int slots = Descriptors.slots(method.descriptor(), is(method, ClassHeader.ACC_STATIC));
        return slots > MOST_SLOTS ? NotWoven.TOO_MANY_ARGUMENTS : null;
    }

    /**
     * A class whose natives a library binds by reflection nearly always mentions it: it calls it, or its methods take
     * its types.
     */
    private static boolean isBoundByName(ClassHeader type) {
        for (String binder : BINDERS) {
            if (!type.name().startsWith(binder) && type.mentions(binder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(MethodShape method, int flag) {
        return (method.access() & flag) != 0;
    }

    private static Decision weave(WeaveKind how) {
        return new Decision(how, null, null);
    }

    private static Decision leave(NotWoven why) {
        return new Decision(WeaveKind.LEAVE, why, null);
    }
}
