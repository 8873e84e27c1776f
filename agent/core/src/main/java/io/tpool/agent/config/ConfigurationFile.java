// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the configuration file and reads its text. A file whose bytes are UTF-8 is read as UTF-8, any other as
 * ISO-8859-1, as the JDK reads its resource bundles; the escape {@code \}{@code uXXXX} works in both.
 */
final class ConfigurationFile {
    /** A longer file is no configuration, and reading it would keep the application waiting. */
    private static final int LONGEST = 1 << 20;

    private ConfigurationFile() {
    }

    /** @return the file that is read where {@code config} is not set, or null if there is none */
    static File standard(Sources sources) {
        if (sources.workingDirectory() == null) {
            return null;
        }
        File here = in(sources.workingDirectory());
        if (here.isFile()) {
            return here;
        }
        if (sources.agentJar() != null) {
            File beside = in(sources.agentJar().getAbsoluteFile().getParentFile());
            if (beside.isFile()) {
                return beside;
            }
        }
        return null;
    }

    private static File in(File directory) {
        return new File(directory.getPath().isEmpty() ? directory.getAbsoluteFile() : directory, Keys.FILE_NAME);
    }

    /** @return the settings of the file in their order; empty, with a problem added, if it cannot be read */
    static List<RawValue> read(File file, Source source, List<Problem> problems) {
        String wrong = wrongWith(file);
        if (wrong == null) {
            try {
                return new PropertiesText(text(file), file.getPath(), problems).read();
            } catch (IOException e) {
                wrong = "cannot be read: ".concat(String.valueOf(e.getMessage()));
            }
        }
        problems.add(new Problem(source, Keys.CONFIG, file.getPath().concat(" ").concat(wrong),
                "name a readable file of key=value lines"));
        return List.of();
    }

    /** Devices and pipes are refused: the one has no end, the other may have no writer. */
    private static String wrongWith(File file) {
        if (!file.exists()) {
            return "does not exist (looked in ".concat(file.getAbsolutePath()).concat(")");
        }
        if (file.isDirectory()) {
            return "is a directory";
        }
        if (!file.isFile()) {
            return "is not a regular file";
        }
        if (!file.canRead()) {
            return "cannot be read: permission denied";
        }
        return file.length() > LONGEST ? "is longer than 1 MiB" : null;
    }

    private static String text(File file) throws IOException {
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(LONGEST);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
