// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a Dockerfile makes, on top of an image that is not there: files below a folder, variables, and the command.
 * Knows the instructions that ours have, and fails at others.
 */
record Image(Path root, Map<String, String> environment, List<String> entryPoint) {
    private static final Set<String> WITHOUT_FILES = Set.of("FROM", "USER");

    static Image build(Path dockerfile, Path context) throws IOException {
        Path root = Jvm.newDirectory();
        Map<String, String> environment = new TreeMap<>();
        List<String> entryPoint = List.of();
        for (String line : Files.readAllLines(dockerfile)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String instruction = line.substring(0, line.indexOf(' '));
            String rest = line.substring(line.indexOf(' ') + 1).strip();
            switch (instruction) {
                case "COPY" -> copy(rest.split(" +"), context, root);
                case "ENV" -> environment.put(rest.substring(0, rest.indexOf('=')),
                    rest.substring(rest.indexOf('=') + 1).replace("\"", ""));
                case "ENTRYPOINT" -> entryPoint = JsonParser.parseString(rest).getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsString).toList();
                default -> {
                    if (!WITHOUT_FILES.contains(instruction)) {
                        throw new AssertionError(dockerfile + ": " + line);
                    }
                }
            }
        }
        return new Image(root, environment, entryPoint);
    }

    /** Several files go into a folder, whose name ends with a slash. */
    private static void copy(String[] words, Path context, Path root) throws IOException {
        String target = words[words.length - 1];
        if (!target.endsWith("/")) {
            throw new AssertionError("not a folder: " + target);
        }
        Path folder = Files.createDirectories(Path.of(root + target));
        for (String file : Arrays.copyOf(words, words.length - 1)) {
            Files.copy(context.resolve(file), folder.resolve(file));
        }
    }

    /** The text with this machine's paths in the place of the image's. */
    String path(String text) {
        return text.replaceAll("(^|[:=])/", "$1" + root + "/");
    }
}
