// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.io.IOException;

/** Where {@code check} finds classes: their names come first, because most need not be read. */
interface ClassFiles {
    /** Gets the classes one by one. */
    interface Visitor {
        /**
         * Looks at a class.
         *
         * @param name internal name
         * @param file reads it
         */
        void visit(String name, Bytes file) throws IOException;
    }

    /** A class file that has not been read. */
    interface Bytes {
        byte[] read() throws IOException;
    }

    void accept(Visitor visitor) throws IOException;
}
