// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * Something in the configuration that was not understood. It is not in force; everything else is.
 *
 * @param source where it stands
 * @param key the key; empty where there is none
 * @param wrong what is wrong
 * @param right what would be right
 *
 * @since 1.0
 */
public record Problem(Source source, String key, String wrong, String right) {
    private static final int LONGEST = 600;

    /**
     * Gives the line for standard error, without {@code [tpool]}.
     *
     * @return source, key, what is wrong and what would be right, on one line whatever the file holds
     */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(source.text());
        if (!key.isEmpty()) {
            line.append(": ").append(key);
        }
        line.append(": ").append(wrong).append("; ").append(right);
        return printable(line);
    }

    private static String printable(StringBuilder text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append("\\u");
                String hex = Integer.toHexString(c);
                for (int zeros = hex.length(); zeros < 4; zeros++) {
                    line.append('0');
                }
                line.append(hex);
            } else {
                line.append(c);
            }
        }
        return text.length() > LONGEST ? line.append('…').toString() : line.toString();
    }
}
