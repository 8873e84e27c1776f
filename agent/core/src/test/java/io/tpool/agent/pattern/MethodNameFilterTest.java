// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MethodNameFilterTest {
    /** Long and double constants take two places in the pool; the names come after them. */
    static final class Sample {
        static final long LONG = 0x1234_5678_9abc_def0L;
        static final double DOUBLE = Math.PI;

        long executeQuery() {
            return LONG + System.nanoTime();
        }

        double ausräumen() {
            return DOUBLE * System.nanoTime();
        }

        Runnable lambda(String text) {
            return () -> System.out.println(text + LONG);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "executeQuery, true", "execute*, true", "*Query, true", "e*Q*y, true", "ausräumen, true", "aus*umen, true",
            "*, true",
        "executeQueryX, false", "xecuteQuery, false", "execute, false", "*Querz, false", "ausraumen, false",
    })
    void aNameIsFoundInTheConstantPool(String method, boolean found) throws IOException {
        assertEquals(found, filter(method).mayDeclare(bytes(Sample.class)));
    }

    @Test
    void anyOfSeveralNamesIsEnough() throws IOException {
        assertTrue(filter("nowhere", "ausräumen").mayDeclare(bytes(Sample.class)));
        assertFalse(filter("nowhere", "neither").mayDeclare(bytes(Sample.class)));
        assertFalse(filter().mayDeclare(bytes(Sample.class)));
    }

    @Test
    void everyKindOfConstantIsSteppedOver() throws IOException {
        for (Class<?> type
            : List.of(String.class, Thread.class, java.util.HashMap.class, MethodPatterns.class, Sample.class)) {
            assertFalse(filter("noSuchMethodAnywhere").mayDeclare(bytes(type)), type.getName());
        }
    }

    @Test
    void aCharacterThatClassFilesWriteInAnotherWayLetsEveryClassThrough() throws IOException {
        assertTrue(filter("\ud83d\ude00").mayDeclare(bytes(Sample.class)));
    }

    @Test
    void aClassFileCutOffOrOverwrittenAnywhereDoesNoHarm() throws IOException {
        byte[] good = bytes(Sample.class);
        MethodNameFilter filter = filter("noSuchMethodAnywhere");
        Random random = new Random(4);
        for (int length = 0; length < good.length; length++) {
            filter.mayDeclare(Arrays.copyOf(good, length));
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            bad[8 + random.nextInt(good.length - 8)] = (byte) random.nextInt();
            filter.mayDeclare(bad);
        }
        assertTrue(filter.mayDeclare(Arrays.copyOf(good, 20)), "what cannot be read may be meant");
    }

    private static MethodNameFilter filter(String... names) {
        return new MethodNameFilter(Arrays.stream(names).map(Glob::new).toList());
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }
}
