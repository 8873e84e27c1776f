// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.io.IOException;

/** Where commands find classes: their names come first, because most need not be read. */
public interface ClassFiles {
    /** Gets the classes one by one. */
    interface Visitor {
        /**
         * Looks at a class.
         *
         * @param name internal name
         * @param file reads it
         * @throws IOException as it reads
         */
        void visit(String name, Bytes file) throws IOException;
    }

    /** A class file that has not been read. */
    interface Bytes {
        /**
         * Reads it.
         *
         * @return all of it
         * @throws IOException if it has gone
         */
        byte[] read() throws IOException;
    }

    /**
     * Shows all classes.
     *
     * @param visitor gets each name once
     * @throws IOException as the visitor does, or if a place cannot be read
     */
    void accept(Visitor visitor) throws IOException;
}
