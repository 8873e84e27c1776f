// SPDX-License-Identifier: Apache-2.0
package org.example.app;

/**
 * Native methods of every shape, bound by symbol or, in {@link Registered}, by {@code RegisterNatives}. The library
 * stands in {@code src/test/c/shapes.c}.
 *
 * @since 1.0
 */
public class NativeShapes {
    private int depth;

    /** Loads the library that the property {@code shapes} names. */
    public static void load() {
        System.load(System.getProperty("shapes"));
    }

    static native void nap(int millis);

    native int napHere(int millis);

    private native int napPrivately(int millis);

    final int napThroughPrivate(int millis) {
        return napPrivately(millis);
    }

    synchronized native int napLocked(int millis);

    static synchronized native int napClassLocked(int millis);

    static native boolean not(boolean value);

    static native byte next(byte value);

    static native short next(short value);

    static native char next(char value);

    static native int next(int value);

    static native long next(long value);

    static native float next(float value);

    static native double next(double value);

    static native String greet(String name);

    static native Object same(Object value);

    static native int[] squares(int count);

    static native String[][] nested(String value);

    static native double mixed(boolean a, byte b, short c, char d, int e, long f, float g, double h, Object i, long j,
        double k);

    static native int sum(int... values);

    static native void fail(String message);

    static native int under_score$1(int value);

    final native int finalNext(int value);

    /**
     * Comes back into Java by {@link #upCall}.
     *
     * @param times how deep
     * @return what {@link #upCall} returned, plus one
     */
    native int callUp(int times);

    /**
     * Called by native code; goes down again as long as it has to.
     *
     * @param times how deep
     * @return the depth reached, times a hundred
     */
    int upCall(int times) {
        depth++;
        return times > 1 ? callUp(times - 1) : depth * 100;
    }

    /** Waits in native code until {@link #release}. */
    static native void await();

    static native void release();

    /**
     * Waits in native code for others.
     *
     * @param calls how many have to be in here before any of them returns
     */
    static native void meet(int calls);

    /** Overrides a native method and calls it. */
    static final class Derived extends NativeShapes {
        @Override
        native int napHere(int millis);

        int both(int millis) {
            return 10 * super.napHere(millis) + napHere(millis);
        }
    }

    /** Bound by {@code RegisterNatives} when the library is loaded, under names that no symbol has. */
    static final class Registered {
        private Registered() {
        }

        static native void nap(int millis);

        static synchronized native int napLocked(int millis);

        native long add(long a, long b);

        static Registered create() {
            return new Registered();
        }
    }
}
