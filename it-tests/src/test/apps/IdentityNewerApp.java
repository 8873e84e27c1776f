// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What {@link IdentityApp} prints, for what came after Java 21: scoped values and arenas confined to the thread. */
public final class IdentityNewerApp {
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    private IdentityNewerApp() {
    }

    public static void main(String[] args) throws Exception {
        Load.onVirtualThreads(1, i -> {
            ScopedValue.where(SCOPED, "bound").call(() -> {
                Load.print("scopedValue", IdentityApp.inside(SCOPED::get));
                Load.print("scopedValueRebound",
                    IdentityApp.inside(() -> ScopedValue.where(SCOPED, "rebound").call(SCOPED::get)));
                Load.print("scopedValueAfter", SCOPED.get());
                Load.print("carrierInScope", IdentityApp.inside(IdentityApp::carrier));
                return null;
            });
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocate(ValueLayout.JAVA_INT);
                segment.set(ValueLayout.JAVA_INT, 0, 41);
                Load.print("confinedArena", IdentityApp.inside(() -> segment.get(ValueLayout.JAVA_INT, 0)));
                IdentityApp.inside(() -> {
                    segment.set(ValueLayout.JAVA_INT, 0, 42);
                    return null;
                });
                Load.print("confinedArenaAfter", segment.get(ValueLayout.JAVA_INT, 0));
            }
            Arena closedInside = Arena.ofConfined();
            IdentityApp.inside(() -> {
                closedInside.close();
                return null;
            });
            Load.print("arenaAlive", closedInside.scope().isAlive());
        });
    }
}
