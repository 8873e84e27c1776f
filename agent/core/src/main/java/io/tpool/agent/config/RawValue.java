// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * A value as it was found, with the place of each of its characters: a value in a file may be continued over many
 * lines.
 */
final class RawValue {
    private static final int[] ONE_LINE = {};

    final String key;
    final String value;
    final Source source;
    private final String file;
    private final int line;
    /** Pairs: from this offset of the value on, it stands on this line. */
    private final int[] breaks;

    RawValue(String key, String value, Source source) {
        this.key = key;
        this.value = value;
        this.source = source;
        this.file = null;
        this.line = 0;
        this.breaks = ONE_LINE;
    }

    RawValue(String key, String value, String file, int line, int[] breaks) {
        this.key = key;
        this.value = value;
        this.source = Source.line(file, line);
        this.file = file;
        this.line = line;
        this.breaks = breaks;
    }

    Source sourceAt(int offset) {
        int at = line;
        for (int i = 0; i < breaks.length && breaks[i] <= offset; i += 2) {
            at = breaks[i + 1];
        }
        return at == line ? source : Source.line(file, at);
    }
}
