// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * A pattern that is not one, or that names what can never be listed. The message says what is wrong, as a phrase that
 * follows the pattern.
 *
 * @since 1.0
 */
public final class MalformedPatternException extends Exception {
    private static final long serialVersionUID = 1;

    private final String remedy;

    MalformedPatternException(String wrong, String remedy) {
        super(wrong, null, false, false);
        this.remedy = remedy;
    }

    /**
     * Tells what would be right.
     *
     * @return a phrase without a line break, never null
     */
    public String remedy() {
        return remedy;
    }
}
