// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.example.app.NativeShapes.Derived;
import org.example.app.NativeShapes.Registered;

/**
 * Calls {@link NativeShapes}: {@code answers} prints what each shape returns, the name of a shape naps in it,
 * {@code meet} lets many calls wait for each other, {@code release} lets one call release others.
 *
 * @since 1.0
 */
public final class ShapesApp {
    private static final int BLOCK_MILLIS = 2_000;

    private ShapesApp() {
    }

    /**
     * Runs one of the cases.
     *
     * @param args name of the case; for {@code meet}, how many
     * @throws Exception if the case fails
     */
    public static void main(String[] args) throws Exception {
        NativeShapes.load();
        switch (args[0]) {
            case "answers" -> Load.onVirtualThreads(1, i -> answers());
            case "meet" -> meet(Integer.parseInt(args[1]));
            case "release" -> release();
            default -> nap(args[0]);
        }
    }

    private static void nap(String shape) throws Exception {
        int threads = Load.carriers();
        NativeShapes[] shapes = new NativeShapes[threads];
        Arrays.setAll(shapes, i -> new NativeShapes());
        Load.onVirtualThreads(threads, i -> nap(shape, shapes[i], 1));
        int[] answers = new int[threads];
        Load.besideBystander(threads, i -> answers[i] = nap(shape, shapes[i], BLOCK_MILLIS));
        Load.print("answers", Arrays.toString(answers));
    }

    private static int nap(String shape, NativeShapes shapes, int millis) {
        return switch (shape) {
            case "static" -> {
                NativeShapes.nap(millis);
                yield 0;
            }
            case "instance" -> shapes.napHere(millis);
            case "private" -> shapes.napThroughPrivate(millis);
            case "synchronized" -> shapes.napLocked(millis);
            case "static-synchronized" -> NativeShapes.napClassLocked(millis);
            case "registered" -> {
                Registered.nap(millis);
                yield 0;
            }
            case "registered-synchronized" -> Registered.napLocked(millis);
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private static void answers() {
        Load.print("boolean", NativeShapes.not(false) + " " + NativeShapes.not(true));
        Load.print("byte", NativeShapes.next(Byte.MAX_VALUE));
        Load.print("short", NativeShapes.next((short) -1));
        Load.print("char", NativeShapes.next('a'));
        Load.print("int", NativeShapes.next(Integer.MAX_VALUE));
        Load.print("long", NativeShapes.next(1L << 40));
        Load.print("float", NativeShapes.next(0.5f));
        Load.print("double", NativeShapes.next(1e9));
        Load.print("string", NativeShapes.greet("world") + " " + NativeShapes.greet(null));
        Object token = new Object();
        Load.print("same", (NativeShapes.same(token) == token) + " " + NativeShapes.same(null));
        Load.print("array", Arrays.toString(NativeShapes.squares(4)));
        Load.print("nested", Arrays.deepToString(NativeShapes.nested("x")));
        Load.print("mixed",
            NativeShapes.mixed(true, (byte) 2, (short) 3, '\4', 5, 6L << 33, 7f, 8d, token, 9L << 33, 10d));
        Load.print("varargs", NativeShapes.sum(1, 2, 3) + " " + NativeShapes.sum());
        Load.print("underscore", NativeShapes.under_score$1(1));
        NativeShapes shapes = new NativeShapes();
        Load.print("final", shapes.finalNext(1));
        Load.print("callUp", shapes.callUp(3));
        Load.print("super", new Derived().both(1));
        Load.print("private", shapes.napThroughPrivate(1));
        Load.print("synchronized", shapes.napLocked(1) + " " + NativeShapes.napClassLocked(1));
        Load.print("registered", Registered.create().add(1L << 40, 1) + " " + Registered.napLocked(1));
        Load.print("null", message(() -> ((NativeShapes) NativeShapes.same(null)).napHere(1)));
        Load.print("thrown", message(() -> NativeShapes.fail("as it should")));
    }

    /** A native that declares nothing throws a checked exception. */
    private static String message(Runnable call) {
        try {
            call.run();
            return "nothing";
        } catch (Throwable e) {
            return e instanceof IOException ? e.toString() : e.getClass().getName();
        }
    }

    /** So many calls that none returns before all are in native code at once. */
    private static void meet(int calls) throws Exception {
        AtomicInteger met = new AtomicInteger();
        Load.onVirtualThreads(calls, i -> {
            NativeShapes.meet(calls);
            met.incrementAndGet();
        });
        Load.print("met", met.get());
    }

    /** Four calls that only a fifth can release. */
    private static void release() throws Exception {
        Load.onVirtualThreads(1, i -> NativeShapes.nap(1));
        Load.besideBystander(5, i -> {
            if (i < 4) {
                NativeShapes.await();
            } else {
                NativeShapes.release();
            }
        });
        Load.print("ended", 5);
    }
}
