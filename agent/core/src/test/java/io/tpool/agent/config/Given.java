// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sources put together by a test, and what came of them. */
final class Given {
    private final Path directory;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private String argument;
    private File jar;
    private Configuration configuration;

    /** @param directory the working directory */
    Given(Path directory) {
        this.directory = directory;
    }

    Given argument(String text) {
        argument = text;
        return this;
    }

    Given property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Given environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given jar(Path path) {
        jar = path.toFile();
        return this;
    }

    /** Writes {@code agent.properties} in the working directory. */
    Given file(String text) throws IOException {
        Files.writeString(directory.resolve(Keys.FILE_NAME), text);
        return this;
    }

    String filePath() {
        return directory.resolve(Keys.FILE_NAME).toString();
    }

    Configuration read() {
        configuration =
            Configuration.read(new Sources(argument, properties, environment, directory.toFile(), jar, null));
        return configuration;
    }

    List<String> problems() {
        List<String> lines = new ArrayList<>();
        for (Problem problem : configuration.problems()) {
            lines.add(problem.toString());
        }
        return lines;
    }

    Setting setting(Configuration from, String key) {
        for (Setting setting : from.settings()) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        throw new AssertionError(key + " is not in " + from.settings());
    }

    String pools(Configuration from) {
        StringBuilder pools = new StringBuilder();
        for (PoolSettings pool : from.pools()) {
            pools.append(pool.name()).append(' ').append(pool.methods()).append(' ');
        }
        return pools.toString();
    }
}
