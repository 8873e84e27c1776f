// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The version of the agent.
 *
 * @since 1.0
 */
public final class Version {
    private Version() {
    }

    /**
     * Gives the version.
     *
     * @return as in the Maven coordinates
     * @throws UncheckedIOException if the jar cannot be read any more
     */
    public static String current() {
        try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
