// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ValueTypeTest {
    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, true, true", "BOOLEAN, FALSE, false",
        "MODE, tpool, TPOOL", "MODE, HandOff, HANDOFF", "MODE, Auto, AUTO",
        "GUARD, on, on", "GUARD, Watch, watch", "GUARD, OFF, off",
        "CARRIERS, 1, 1", "CARRIERS, 32767, 32767",
        "PATIENCE, 1ms, 1000000", "PATIENCE, 500us, 500000", "PATIENCE, 100 us, 100000", "PATIENCE, 2s, 2000000000",
            "PATIENCE, 1m, 60000000000",
        "THREADS, 1, 1", "THREADS, 032, 32", "THREADS, 32767, 32767",
        "DURATION, 250ms, 250", "DURATION, 30s, 30000", "DURATION, 2m, 120000", "DURATION, 24h, 86400000",
        "DURATION, 1ms, 1", "DURATION, 5 s, 5000",
        "STACK, 512k, 524288", "STACK, 256K, 262144", "STACK, 8m, 8388608", "STACK, 1g, 1073741824",
        "SATURATION, wait, WAIT", "SATURATION, inplace, INPLACE", "SATURATION, reject, REJECT",
        "LOG, off, OFF", "LOG, Info, INFO",
        "TEXT, anything at all, anything at all",
    })
    void wellFormedValuesAreUnderstood(ValueType form, String value, String expected) throws ValueType.WrongValue {
        assertEquals(expected, form.parse(value).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "BOOLEAN    | ``                   | is empty       | true or false",
        "BOOLEAN    | yes                  | 'yes'          | true or false",
        "BOOLEAN    | 1                    | '1'            | true or false",
        "MODE       | thread               | 'thread'       | auto, tpool or handoff",
        "GUARD      | ``                   | is empty       | on, watch or off",
        "GUARD      | maybe                | 'maybe'        | on, watch or off",
        "GUARD      | true                 | 'true'         | on, watch or off",
        "CARRIERS   | 0                    | too little     | 1 to 32767",
        "CARRIERS   | -1                   | too little     | 1 to 32767",
        "CARRIERS   | 1000000000           | too much       | 1 to 32767",
        "PATIENCE   | ``                   | is empty       | 500us, 1ms or 2s",
        "PATIENCE   | 0                    | has no unit    | 500us, 1ms or 2s",
        "PATIENCE   | 0ms                  | too little     | 500us, 1ms or 2s",
        "PATIENCE   | 99us                 | too little     | 500us, 1ms or 2s",
        "PATIENCE   | 1h                   | too much       | 500us, 1ms or 2s",
        "PATIENCE   | 61s                  | too much       | 500us, 1ms or 2s",
        "PATIENCE   | us                   | 'us'           | 500us, 1ms or 2s",
        "DURATION   | 500us                | too little     | 250ms, 30s or 2m",
        "THREADS    | ``                   | is empty       | 1 to 32767",
        "THREADS    | 0                    | too little     | 1 to 32767",
        "THREADS    | -1                   | too little     | 1 to 32767",
        "THREADS    | 32768                | too much       | 1 to 32767",
        "THREADS    | 1000000000           | too much       | 1 to 32767",
        "THREADS    | 99999999999999999999 | too much       | 1 to 32767",
        "THREADS    | -99999999999999999999 | too little    | 1 to 32767",
        "THREADS    | 1.5                  | '1.5'          | 1 to 32767",
        "THREADS    | +5                   | '+5'           | 1 to 32767",
        "THREADS    | -                    | '-'            | 1 to 32767",
        "THREADS    | 0x10                 | '0x10'         | 1 to 32767",
        "THREADS    | ٣                    | '٣'            | 1 to 32767",
        "THREADS    | many                 | 'many'         | 1 to 32767",
        "DURATION   | ``                   | is empty       | 250ms, 30s or 2m",
        "DURATION   | 30                   | has no unit    | 250ms, 30s or 2m",
        "DURATION   | s                    | 's'            | 250ms, 30s or 2m",
        "DURATION   | ms                   | 'ms'           | 250ms, 30s or 2m",
        "DURATION   | -5s                  | too little     | 250ms, 30s or 2m",
        "DURATION   | 0s                   | too little     | 250ms, 30s or 2m",
        "DURATION   | 0ms                  | too little     | 250ms, 30s or 2m",
        "DURATION   | 25h                  | too much       | 250ms, 30s or 2m",
        "DURATION   | 9223372036854775807m | too much       | 250ms, 30s or 2m",
        "DURATION   | 1.5s                 | '1.5s'         | 250ms, 30s or 2m",
        "DURATION   | 1m30s                | '1m30s'        | 250ms, 30s or 2m",
        "DURATION   | 30 seconds           | '30 seconds'   | 250ms, 30s or 2m",
        "STACK      | ``                   | is empty       | 512k or 8m",
        "STACK      | 524288               | has no unit    | 512k or 8m",
        "STACK      | 0k                   | too little     | 512k or 8m",
        "STACK      | 255k                 | too little     | 512k or 8m",
        "STACK      | 0m                   | too little     | 512k or 8m",
        "STACK      | -8m                  | too little     | 512k or 8m",
        "STACK      | 2g                   | too much       | 512k or 8m",
        "STACK      | 1025m                | too much       | 512k or 8m",
        "STACK      | 99999999999999999999k | too much      | 512k or 8m",
        "STACK      | 8mb                  | '8mb'          | 512k or 8m",
        "STACK      | m                    | 'm'            | 512k or 8m",
        "SATURATION | block                | 'block'        | wait, inplace or reject",
        "LOG        | trace                | 'trace'        | off, error, warn, info or debug",
    })
    void malformedValuesSayWhatIsWrongAndWhatWouldBeRight(ValueType form, String value, String wrong, String right) {
        ValueType.WrongValue e = assertThrows(ValueType.WrongValue.class, () -> form.parse(value == null ? "" : value));

        assertTrue(e.getMessage().contains(wrong), e.getMessage());
        assertTrue(e.right.contains(right), e.right);
    }

    @Test
    void noValueMakesTheParserThrowAnythingElse() {
        Random random = new Random(6);
        String characters = "0123456789-+. msMkKgGhtruefalsTPOOL\u0661\u0000\ud83d";
        int understood = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int j = random.nextInt(7); j > 0; j--) {
                value.append(characters.charAt(random.nextInt(characters.length())));
            }
            ValueType form = ValueType.values()[random.nextInt(ValueType.values().length)];
            try {
                form.parse(value.toString());
                understood++;
            } catch (ValueType.WrongValue e) {
                assertTrue(e.right.startsWith("write "), e.right);
            }
        }
        assertTrue(understood > 1_000);
    }
}
