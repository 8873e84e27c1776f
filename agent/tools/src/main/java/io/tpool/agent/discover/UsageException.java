// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/** The command line is wrong; the message says how it would be right. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
