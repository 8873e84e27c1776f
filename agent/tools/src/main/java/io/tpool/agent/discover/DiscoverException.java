// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/** Discovery cannot go on; the message is one line for the user, with the way out. */
final class DiscoverException extends Exception {

    private static final long serialVersionUID = 1;

    DiscoverException(String message) {
        super(message);
    }
}
