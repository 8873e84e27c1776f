// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.hook.HandOff;
import io.tpool.internal.hook.Move;
import io.tpool.internal.offload.Offload;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A way in which a call comes to a pool. */
enum Way {
    /** A listed method of mode tpool: its thread moves. */
    TPOOL {
        @Override
        Object make(Call call) throws Throwable {
            Object begun = Move.enter(call.target.moved);
            Throwable thrown = null;
            try {
                return call.body();
            } catch (Throwable e) {
                thrown = e;
                throw e;
            } finally {
                Move.exit(begun, thrown);
            }
        }
    },
    /** A listed method of mode handoff, as woven code looks. */
    HANDOFF {
        @Override
        Object make(Call call) throws Throwable {
            if (HandOff.applies(call.target.handed)) {
                return HandOff.call(call.target.handed, WOVEN, null, new Object[] {this, call});
            }
            return call.body();
        }
    },
    /** The API: a virtual thread moves, a platform thread hands its call off. */
    API {
        @Override
        Object make(Call call) throws Throwable {
            return Offload.call(call.target.pool, call::checkedBody);
        }
    },
    /** The API with a time limit. */
    TIMED {
        @Override
        Object make(Call call) throws Throwable {
            return Offload.call(call.target.pool, call::checkedBody, call.limitNanos);
        }
    },
    /** The API, where nobody waits. */
    POST {
        @Override
        Object make(Call call) {
            Offload.post(call.target.pool, call::posted);
            return call;
        }
    };

    private static final MethodHandle WOVEN;

    static {
        try {
            WOVEN = MethodHandles.lookup().findVirtual(Way.class, "make", MethodType.methodType(Object.class,
                    Call.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Makes the call; returns what its body returned, throws what its body threw or how the pool refused it. */
    abstract Object make(Call call) throws Throwable;

    /** True if the body runs in a virtual thread that may leave its pool thread half-way. */
    boolean moves() {
        return this == TPOOL || this == API;
    }
}
