// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.util.Locale;

/**
 * Finds the word that was meant.
 *
 * @since 1.0
 */
public final class Nearest {
    private static final int SHORT_WORD = 5;

    private Nearest() {
    }

    /**
     * Finds the nearest word.
     *
     * @param written any case
     * @param words in lower case
     * @return the nearest one within two slips of the keyboard (one for a short word), or null
     */
    public static String of(String written, String[] words) {
        String word = written.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : words) {
            if (Math.abs(candidate.length() - word.length()) <= 2) {
                int distance = distance(word, candidate);
                if (distance <= (candidate.length() <= SHORT_WORD ? 1 : 2) && distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                    && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
            }
        }
        return d[a.length()][b.length()];
    }
}
