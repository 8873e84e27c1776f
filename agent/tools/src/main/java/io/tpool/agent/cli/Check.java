// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.ClassPath;
import io.tpool.agent.command.Command;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.config.Problem;
import io.tpool.agent.config.Setting;
import io.tpool.agent.config.Sources;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.OsThreadState;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code check}: what a configuration means. */
final class Check implements Command {
    private static final String CLASS_PATH = "--class-path";
    /** More would bury the next pattern. */
    private static final int MOST_SHOWN = 8;

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String arguments() {
        return "CONFIG [--class-path CP]";
    }

    @Override
    public String summary() {
        return "says what a configuration means";
    }

    @Override
    public String help() {
        return """
            Reads a configuration, shows every value and where it comes from, and resolves every pattern against the classes of
            this JDK and of the class path, as the agent would. No class is loaded and nothing is run.

            --class-path   of the application, as for java -cp: directories, jars, DIRECTORY/*; without it only patterns of
                           the JDK's own classes can be resolved

            Run it with the java that runs the application: what can be woven depends on the JDK.

            Exit status: 0 all is well, 1 a problem was found, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> rest = new ArrayList<>(arguments);
        String path = null;
        int option = Math.max(rest.indexOf(CLASS_PATH), rest.indexOf("-cp"));
        if (option >= 0 && option + 1 < rest.size()) {
            path = rest.remove(option + 1);
            rest.remove(option);
        }
        if (rest.size() != 1 || rest.get(0).startsWith("-")) {
            err.println("tpool check: expected CONFIG [--class-path CP]; --help explains the command");
            return USAGE;
        }
        Configuration configuration = Configuration.read(Sources.ofFile(new File(rest.get(0))));
        List<String> problems = new ArrayList<>(configuration.problems().stream().map(Problem::toString).toList());
        AnsiStyle paint = AnsiStyle.of(out);
        settings(configuration, paint).forEach(out::println);
        try {
            patterns(configuration, path, paint, out, problems);
        } catch (IOException e) {
            problems.add("cannot read classes: " + e.getMessage());
        }
        problems.forEach(problem -> err.println("tpool check: " + problem));
        out.println();
        out.println(problems.isEmpty() ? paint.good("No problem found.")
            : paint.bad(problems.size() == 1 ? "1 problem found." : problems.size() + " problems found."));
        out.flush();
        return problems.isEmpty() && !out.checkError() ? OK : FAILED;
    }

    private static List<String> settings(Configuration configuration, AnsiStyle paint) {
        Table table = new Table(paint, "SETTING", "VALUE", "FROM");
        for (Setting setting : configuration.settings()) {
            String value = setting.value().replaceAll("\\s+", " ");
            String from = setting.source().text();
            table.add(setting.key(), paint.fit(value, 60), from.equals("default") ? new Table.Cell(from, paint::faint)
                : from);
        }
        return table.lines();
    }

    private static void patterns(Configuration configuration, String path, AnsiStyle paint, PrintStream out,
        List<String> problems)
            throws IOException {
        List<ListedPattern> listed = configuration.patterns().listed();
        if (listed.isEmpty()) {
            nothingListed(configuration, out, problems);
            return;
        }
        Resolution resolution = new Resolution(configuration);
        try (ClassPath classPath = new ClassPath(Path.of(""), path == null ? "" : path, true)) {
            classPath.missing().forEach(element -> problems.add("no " + element + " for --class-path"));
            resolution.resolveIn(classPath);
            resolution.resolveIn(new JdkClasses());
        }
        for (ListedPattern pattern : listed) {
            out.println();
            out.println(paint.strong(pattern.toString()) + "  "
                + paint.faint("pool " + pattern.pool() + ", " + pattern.source()));
            show(pattern, resolution, path != null, paint, out, problems);
        }
        problems.addAll(resolution.problems());
    }

    /** All that many applications want: the guard needs no list. */
    private static void nothingListed(Configuration configuration, PrintStream out, List<String> problems) {
        if (!configuration.switches().guard().equals(Keys.GUARD_OFF)) {
            out.println();
            out.println("No method is listed: the guard alone works.");
        } else if (problems.isEmpty()) {
            problems.add("no method is listed and guard=off, so that the agent does nothing;"
                + " set methods=TYPE#METHOD, or guard=on");
        }
    }

    private static void show(ListedPattern pattern, Resolution resolution, boolean hasPath, AnsiStyle paint,
        PrintStream out, List<String> problems) {
        Set<String> woven = resolution.woven(pattern);
        Set<String> left = resolution.left(pattern);
        shown(woven).forEach(line -> out.println("  " + paint.good("woven  ") + line));
        shown(left).forEach(line -> out.println("  " + paint.warning("left   ") + line));
        OsThreadState library = library(pattern, woven);
        if (library != null) {
            out.println("  " + paint.warning("note   ") + library.advice());
        }
        if (!woven.isEmpty()) {
            return;
        }
        String made = left.isEmpty() ? resolution.generated().reason(pattern) : null;
        if (left.isEmpty() && !hasPath && !meansJdk(pattern)) {
            out.println("  "
                + paint.warning("not resolved: nothing of it in the JDK; name the application's classes "
                + "with --class-path"));
        } else if (made != null && !pattern.report().hasSeenItsType()) {
            out.println("  " + paint.warning("not resolved: " + made));
        } else {
            problems.add(pattern.source() + ": '" + pattern + "' " + problem(pattern, resolution, hasPath));
        }
    }

    private static String problem(ListedPattern pattern, Resolution resolution, boolean hasPath) {
        String problem = pattern.report().problem(hasPath ? "is on the class path or in the JDK" : "is in the JDK");
        if (pattern.report().hasSeenItsType() || pattern.report().lacksImplementation()) {
            return problem;
        }
        String meant = resolution.generated().meant(pattern);
        return problem + (meant == null ? "; check the name of the type" : "; did you mean " + meant + "?");
    }

    /** A library that keeps something on the OS thread, of which the pattern means methods; null if there is none. */
    private static OsThreadState library(ListedPattern pattern, Set<String> woven) {
        OsThreadState library = OsThreadState.of(pattern.pattern().type().toString());
        for (String method : library == null ? woven : Set.<String>of()) {
            library = library == null ? OsThreadState.of(method) : library;
        }
        return library;
    }

    private static List<String> shown(Set<String> lines) {
        List<String> shown = new ArrayList<>(lines);
        if (shown.size() > MOST_SHOWN) {
            int more = shown.size() - MOST_SHOWN + 1;
            shown = new ArrayList<>(shown.subList(0, MOST_SHOWN - 1));
            shown.add("and " + more + " more");
        }
        return shown;
    }

    /** A type of the JDK's that its image does not hold: no class path will. */
    private static boolean meansJdk(ListedPattern pattern) {
        String type = pattern.pattern().type().internalName();
        return type != null && !pattern.pattern().includesSubtypes()
            && (type.startsWith("java/") || type.startsWith("jdk/"));
    }
}
