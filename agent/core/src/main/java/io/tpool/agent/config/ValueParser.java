// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/** Reads the text of a value. */
interface ValueParser {
    /**
     * Understands it.
     *
     * @param value without white space around it
     * @return never null
     * @throws ValueType.WrongValue if it is not of the form, with what would be right
     */
    Object parse(String value) throws ValueType.WrongValue;
}
