// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * What Linux shows of this process as a file: for less than the JDK's own answer takes.
 *
 * @since 1.0
 */
public final class ProcessFile {
    private ProcessFile() {
    }

    /**
     * Reads one.
     *
     * @param name under {@code /proc/self}
     * @return its bytes; empty on another system, and where it is hidden from this process, as some containers have it
     */
    public static byte[] read(String name) {
        File file = new File("/proc/self/".concat(name));
        if (file.canRead()) {
            try (FileInputStream in = new FileInputStream(file)) {
                return in.readAllBytes();
            } catch (IOException shownButNotReadable) {
                return new byte[0];
            }
        }
        return new byte[0];
    }
}
