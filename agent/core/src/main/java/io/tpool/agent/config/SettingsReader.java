// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the sources together: for each key the values found, strongest first. Which keys there are is checked here,
 * what they may be is not.
 *
 * <p>Everything in the argument and in the file is meant for the agent, so that an unknown key there is a problem.
 * System properties {@code tpool.*} and variables {@code TPOOL_*} may be somebody else's: there a name is a problem
 * only if it is nearly a key, or begins with {@code pool.}; those that begin with {@code tpool.test.} never are.
 *
 * <p>A variable cannot tell upper case from lower, or {@code -} and {@code .} from {@code _}.
 * {@code TPOOL_POOL_NAME_SIZE} therefore means the pool of another source whose name reads {@code NAME} in a variable;
 * if there is none, the pool is called {@code NAME} in lower case.
 */
final class SettingsReader {
    private static final String TEST = "test.";

    private final Sources sources;
    private final List<Problem> problems;
    private final Map<String, List<RawValue>> values = new LinkedHashMap<>();
    private Map<String, RawValue> arguments;
    private Map<String, RawValue> properties;
    private File file;
    private Source source;

    SettingsReader(Sources sources, List<Problem> problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * @return for each key at least one value, strongest first; keys in the order argument, file, properties,
     * environment
     */
    Map<String, List<RawValue>> read() {
        arguments = readArgument();
        properties = readProperties();
        Map<String, RawValue> fromFile = readFile();
        Map<String, RawValue> environment = readEnvironment(fromFile);
        for (Map<String, RawValue> source : List.of(arguments, fromFile, properties, environment)) {
            for (Map.Entry<String, RawValue> entry : source.entrySet()) {
                String key = entry.getKey();
                if (!values.containsKey(key)) {
                    values.put(key, strongestFirst(key, arguments, properties, environment, fromFile));
                }
            }
        }
        return values;
    }

    /** @return the file that was read, or null; valid after {@link #read} */
    File file() {
        return file;
    }

    /** @return what named the file; valid after {@link #read} */
    Source source() {
        return source;
    }

    @SafeVarargs
    private static List<RawValue> strongestFirst(String key, Map<String, RawValue>... strongest) {
        List<RawValue> found = new ArrayList<>(1);
        for (Map<String, RawValue> source : strongest) {
            RawValue value = source.get(key);
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    private Map<String, RawValue> readArgument() {
        Map<String, RawValue> found = new LinkedHashMap<>();
        if (sources.argument() == null) {
            return found;
        }
        for (String setting : AgentArgument.split(sources.argument())) {
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                problems.add(new Problem(Source.ARGUMENT, "", "'" + setting + "' is no setting",
                        "write key=value, as in "
                        + (setting.endsWith(".properties") ? "config=" + setting : "config=agent.properties")));
                continue;
            }
            put(found, new RawValue(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip(),
                Source.ARGUMENT));
        }
        return found;
    }

    private Map<String, RawValue> readProperties() {
        Map<String, RawValue> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> property : new TreeMap<>(sources.properties()).entrySet()) {
            if (property.getKey().startsWith(Keys.PROPERTY_PREFIX)) {
                String key = property.getKey().substring(Keys.PROPERTY_PREFIX.length());
                RawValue value = new RawValue(key, property.getValue().strip(), Source.property(key));
                if (!key.startsWith(TEST) && (Keys.isKnown(key) || isMeant(key))) {
                    put(found, value);
                }
            }
        }
        return found;
    }

    private Map<String, RawValue> readFile() {
        Map<String, RawValue> found = new LinkedHashMap<>();
        RawValue config = config();
        file = sources.file() != null ? sources.file() : config == null ? ConfigurationFile.standard(sources)
            : resolve(config.value);
        source = sources.file() != null ? Source.COMMAND_LINE : config == null ? Source.DEFAULT : config.source;
        if (file != null) {
            for (RawValue value : ConfigurationFile.read(file, source, problems)) {
                if (value.key.equals(Keys.CONFIG)) {
                    problems.add(new Problem(value.source, value.key, "a file cannot name another",
                        "put all settings into one file"));
                } else {
                    put(found, value);
                }
            }
        }
        return found;
    }

    /** @return the strongest value of {@code config}, or null if there is none or it is empty */
    private RawValue config() {
        RawValue config = arguments.get(Keys.CONFIG);
        if (config == null) {
            config = properties.get(Keys.CONFIG);
        }
        if (config == null) {
            config = environment(Keys.ENVIRONMENT_PREFIX.concat(Keys.environmentForm(Keys.CONFIG)), Keys.CONFIG);
        }
        if (config != null && config.value.isEmpty()) {
            problems.add(new Problem(config.source, Keys.CONFIG, "is empty", "name a file, or leave the key out"));
            return null;
        }
        return config;
    }

    private File resolve(String path) {
        File named = new File(path);
        boolean isElsewhere = sources.workingDirectory() != null && !sources.workingDirectory().getPath().isEmpty();
        return named.isAbsolute() || !isElsewhere ? named : new File(sources.workingDirectory(), path);
    }

    private Map<String, RawValue> readEnvironment(Map<String, RawValue> fromFile) {
        Map<String, RawValue> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(sources.environment()).entrySet()) {
            String variable = entry.getKey();
            if (variable.startsWith(Keys.ENVIRONMENT_PREFIX)) {
                String key = keyOf(variable.substring(Keys.ENVIRONMENT_PREFIX.length()), fromFile);
                RawValue value = key == null ? null : environment(variable, key);
                if (value != null) {
                    put(found, value);
                }
            }
        }
        return found;
    }

    /** An empty variable is the usual way to unset one. */
    private RawValue environment(String variable, String key) {
        String value = sources.environment().get(variable);
        return value == null || value.isBlank() ? null : new RawValue(key, value.strip(), Source.environment(variable));
    }

    /**
     * @return the key that a variable stands for, an unknown one if it is misspelled, or null if it is somebody else's
     */
    private String keyOf(String form, Map<String, RawValue> fromFile) {
        for (String key : Keys.all()) {
            if (Keys.environmentForm(key).equals(form)) {
                return key;
            }
        }
        String lower = form.toLowerCase(Locale.ROOT);
        if (form.startsWith("POOL_")) {
            int last = form.lastIndexOf('_');
            String setting = lower.substring(last + 1);
            if (last > "POOL_".length() && Keys.contains(Keys.ofPool(), setting)) {
                String name = form.substring("POOL_".length(), last);
                return Keys.POOL.concat(poolNamed(name, fromFile)).concat(".").concat(setting);
            }
        }
        String dotted = lower.replace('_', '.');
        return !dotted.startsWith(TEST) && isMeant(dotted) ? dotted : null;
    }

    private String poolNamed(String form, Map<String, RawValue> fromFile) {
        for (Map<String, RawValue> source : List.of(arguments, fromFile, properties)) {
            for (String key : source.keySet()) {
                String name = Keys.poolName(key);
                if (name != null && Keys.environmentForm(name).equals(form)) {
                    return name;
                }
            }
        }
        return form.toLowerCase(Locale.ROOT);
    }

    /** Tells whether an unknown name is so near a key that it must be one misspelled. */
    private static boolean isMeant(String key) {
        return key.startsWith(Keys.POOL) || Nearest.of(key, Keys.all()) != null;
    }

    /** Takes a setting in if its key is known; of a key that stands twice in one source the last holds. */
    private void put(Map<String, RawValue> found, RawValue value) {
        if (!isAccepted(value)) {
            return;
        }
        RawValue before = found.put(value.key, value);
        if (before != null) {
            problems.add(new Problem(value.source, value.key, "is set a second time, first by " + before.source
                + "; the last holds", "keep one of the two"));
        }
    }

    private boolean isAccepted(RawValue value) {
        String name = Keys.poolName(value.key);
        String wrongName = name == null ? null : Keys.wrongPoolName(name);
        if (wrongName != null) {
            String plain = value.key.substring(value.key.lastIndexOf('.') + 1);
            problems.add(new Problem(value.source, value.key, wrongName, name.equals(Keys.DEFAULT_POOL)
                    ? "write " + (Keys.isKnown(plain) ? plain : Keys.POOL + plain)
                    : "use a letter, then letters, digits, '-' and '_', as in pool.sqlite." + plain));
            return false;
        }
        if (!Keys.isKnown(value.key)) {
            problems.add(new Problem(value.source, value.key, "is not a key", suggestion(value.key)));
            return false;
        }
        return true;
    }

    private static String suggestion(String key) {
        String nearest = Nearest.of(key, Keys.all());
        int last = key.lastIndexOf('.');
        if (nearest == null && key.startsWith(Keys.POOL) && last > Keys.POOL.length()) {
            String setting = Nearest.of(key.substring(last + 1), Keys.ofPool());
            nearest = setting == null ? null : key.substring(0, last + 1) + setting;
        }
        return nearest == null ? "the keys are " + String.join(", ", Keys.all()) + " and pool.NAME.*"
            : "did you mean " + nearest + "?";
    }
}
