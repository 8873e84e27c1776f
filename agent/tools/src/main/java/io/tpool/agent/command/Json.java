// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * Writes maps, collections, strings, numbers, booleans and null as JSON. The text is ASCII alone, and may also stand
 * inside a page's script.
 */
public final class Json {
    private final StringBuilder out = new StringBuilder();
    private final String comma;
    /** What precedes a map in a collection. */
    private final String row;

    private Json(String comma, String row) {
        this.comma = comma;
        this.row = row;
    }

    /**
     * Writes a value on one line.
     *
     * @param value null, or of one of these types
     * @return without white space
     */
    public static String write(Object value) {
        return new Json(",", "").value(value).toString();
    }

    /**
     * Writes a value for programs that read lines, too: each map in a collection stands on a line of its own.
     *
     * @param value null, or of one of these types
     * @return the lines
     */
    public static String lines(Object value) {
        return new Json(", ", "\n  ").value(value).toString();
    }

    private StringBuilder value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(map);
            case Collection<?> collection -> array(collection);
            case Double number -> out.append(String.format(Locale.ROOT, "%.4f", number));
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            case null -> out.append("null");
            default -> string(value.toString());
        };
    }

    private StringBuilder map(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(entry.getKey())).append(':');
            value(entry.getValue());
            separator = comma;
        }
        return out.append(map.isEmpty() ? "{}" : "}");
    }

    private StringBuilder array(Collection<?> collection) {
        String separator = "[";
        for (Object element : collection) {
            boolean onItsOwnLine = element instanceof Map && !row.isEmpty();
            out.append(onItsOwnLine ? separator.strip() + row : separator);
            value(element);
            separator = comma;
        }
        return out.append(collection.isEmpty() ? "[]" : "]");
    }

    private StringBuilder string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c > '~') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}
