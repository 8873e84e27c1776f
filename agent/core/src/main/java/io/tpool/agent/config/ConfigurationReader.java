// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MalformedPatternException;
import io.tpool.agent.pattern.MethodPattern;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.agent.pattern.PatternList;
import io.tpool.internal.guard.GuardSettings;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.PoolConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a configuration of what the sources hold. Of a value that is not understood the next weaker source's takes the
 * place.
 */
final class ConfigurationReader {
    private static final Understood TRUE = Understood.byDefault(true, "true");
    private static final Understood FALSE = Understood.byDefault(false, "false");
    private static final Understood NOTHING = Understood.byDefault("", "");
    private static final Understood WARN = Understood.byDefault(LogLevel.WARN, Keys.DEFAULT_LOG);

    private static final Understood GUARD = Understood.byDefault(Keys.DEFAULT_GUARD, Keys.DEFAULT_GUARD);
    private static final Understood PATIENCE =
        Understood.byDefault(GuardSettings.DEFAULT_PATIENCE_NANOS, Keys.DEFAULT_GUARD_PATIENCE);
    private static final Understood LENT = Understood.byDefault(Keys.DEFAULT_GUARD_MAX, "1024");

    static final String NO_METHODS = "the pool has no methods, so that nothing would use it";

    /** A file of another kind may have a problem on every line. */
    private static final int MOST_PROBLEMS = 50;

    private final Sources sources;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<ListedPattern> listed = new ArrayList<>();
    private final Map<MethodPattern, ListedPattern> byPattern = new HashMap<>();
    private Map<String, List<RawValue>> values;

    ConfigurationReader(Sources sources) {
        this.sources = sources;
    }

    Configuration read() {
        SettingsReader reader = new SettingsReader(sources, problems);
        values = reader.read();
        List<MethodPattern> exclude = exclusions();
        Configuration.Switches switches = switches();
        set(Keys.CONFIG, reader.file() == null ? "" : reader.file().getPath(), reader.source());
        List<PoolSettings> pools = new ArrayList<>();
        PoolValues defaultPool = poolValues(Keys.POOL, Keys.MODE, PoolValues.DEFAULT);
        pools.add(settingsOf(Keys.DEFAULT_POOL, Keys.METHODS, defaultPool));
        for (String name : poolNames()) {
            String prefix = Keys.POOL.concat(name).concat(".");
            PoolValues own = poolValues(prefix, prefix.concat(Keys.MODE), defaultPool);
            pools.add(settingsOf(name, prefix.concat(Keys.METHODS), own));
        }
        return new Configuration(pools, exclude, new MethodPatterns(listed, exclude), switches, inOrder(),
            firstProblems(), values.keySet());
    }

    private List<Problem> firstProblems() {
        int further = problems.size() - MOST_PROBLEMS;
        if (further <= 0) {
            return problems;
        }
        List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        first.add(new Problem(problems.get(MOST_PROBLEMS).source(), "", further + " further problems from here on",
                "check that this is the right file"));
        return first;
    }

    private void set(String key, String value, Source source) {
        settings.put(key, new Setting(key, value, source));
    }

    private List<Setting> inOrder() {
        List<Setting> ordered = new ArrayList<>(settings.size());
        for (String key : Keys.all()) {
            ordered.add(settings.remove(key));
        }
        for (Map.Entry<String, Setting> left : settings.entrySet()) {   // the view that the JDK's class archive holds
            ordered.add(left.getValue());
        }
        return ordered;
    }

    private Set<String> poolNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, List<RawValue>> entry : values.entrySet()) {
            String name = Keys.poolName(entry.getKey());
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private Configuration.Switches switches() {
        boolean discover = (Boolean) value(Keys.DISCOVER, ValueType.BOOLEAN, FALSE).object();
        String file = (String) value(Keys.DISCOVER_FILE, ValueType.TEXT, NOTHING).object();
        boolean enabled = (Boolean) value(Keys.ENABLED, ValueType.BOOLEAN, TRUE).object();
        boolean jmx = (Boolean) value(Keys.JMX, ValueType.BOOLEAN, TRUE).object();
        LogLevel log = (LogLevel) value(Keys.LOG, ValueType.LOG, WARN).object();
        boolean strict = (Boolean) value(Keys.STRICT, ValueType.BOOLEAN, FALSE).object();
        String guard = (String) value(Keys.GUARD, ValueType.GUARD, GUARD).object();
        long patience = (Long) value(Keys.GUARD_PATIENCE, ValueType.PATIENCE, PATIENCE).object();
        int lent = (Integer) value(Keys.GUARD_MAX, ValueType.CARRIERS, LENT).object();
        return new Configuration.Switches(enabled, jmx, strict, log, discover, file.isEmpty() ? null : file, guard,
            patience, lent);
    }

    private PoolValues poolValues(String prefix, String modeKey, PoolValues fallback) {
        Understood mode = value(modeKey, ValueType.MODE, fallback.mode());
        Understood size = value(prefix.concat("size"), ValueType.THREADS, fallback.size());
        Understood max = value(prefix.concat("max"), ValueType.THREADS, fallback.max());
        if ((Integer) max.object() < (Integer) size.object()) {
            boolean sizeIsOwn = size != fallback.size();
            if (max == fallback.max()) {
                max = size;
            } else if (!sizeIsOwn) {
                size = max;
            } else {
                problems.add(new Problem(max.source(), prefix.concat("max"), "'" + max.text() + "' is less than "
                    + prefix + "size, "
                        + size.text() + " (" + size.source() + "), which is used for both", "write at least "
                        + size.text()));
                max = size;
            }
            set(prefix.concat("size"), size.text(), size.source());
            set(prefix.concat("max"), max.text(), max.source());
        }
        PoolSetting[] all = PoolSetting.all();
        Understood[] further = new Understood[all.length];
        for (int i = 0; i < all.length; i++) {
            further[i] = value(prefix.concat(all[i].word), all[i].parser, fallback.further()[i]);
        }
        return new PoolValues(mode, size, max, further);
    }

    private PoolSettings settingsOf(String name, String methodsKey, PoolValues values) {
        PoolConfig pool = PoolConfig.of(name, (Integer) values.size().object(), (Integer) values.max().object());
        PoolSetting[] all = PoolSetting.all();
        for (int i = 0; i < all.length; i++) {
            pool = all[i].with(pool, values.further()[i].object());
        }
        Mode mode = (Mode) values.mode().object();
        return new PoolSettings(pool, methods(name, methodsKey, mode), mode);
    }

    private List<ListedPattern> methods(String pool, String key, Mode mode) {
        List<ListedPattern> methods = new ArrayList<>();
        RawValue raw = strongest(key);
        if (raw == null) {
            if (!pool.equals(Keys.DEFAULT_POOL)) {
                refuseEmptyPool(pool, key);
            }
            return methods;
        }
        for (PatternList.Element element : PatternList.split(raw.value)) {
            Source source = raw.sourceAt(element.offset());
            try {
                MethodPattern pattern = MethodPattern.parse(element.text());
                ListedPattern before = byPattern.get(pattern);
                if (before == null) {
                    ListedPattern entry = new ListedPattern(pattern, pool, mode, source.text());
                    byPattern.put(pattern, entry);
                    listed.add(entry);
                    methods.add(entry);
                } else if (!before.pool().equals(pool)) {
                    problems.add(new Problem(source, key, "'" + pattern + "' is already listed for the pool '"
                        + before.pool() + "' (" + before.source() + "), which keeps it", "list it for one pool"));
                }
            } catch (MalformedPatternException e) {
                problems.add(new Problem(source, key, "'" + element.text() + "' " + e.getMessage(), e.remedy()));
            }
        }
        return methods;
    }

    private void refuseEmptyPool(String pool, String methodsKey) {
        Source source = Source.DEFAULT;
        for (Map.Entry<String, List<RawValue>> entry : values.entrySet()) {
            if (pool.equals(Keys.poolName(entry.getKey()))) {
                source = entry.getValue().get(0).source;
                break;
            }
        }
        problems.add(new Problem(source, Keys.POOL + pool, NO_METHODS,
                "add " + methodsKey + ", or use the name of a pool that has them"));
    }

    private List<MethodPattern> exclusions() {
        List<MethodPattern> exclude = new ArrayList<>();
        RawValue raw = strongest(Keys.EXCLUDE);
        if (raw == null) {
            return exclude;
        }
        for (PatternList.Element element : PatternList.split(raw.value)) {
            try {
                exclude.add(MethodPattern.parseExclusion(element.text()));
            } catch (MalformedPatternException e) {
                problems.add(new Problem(raw.sourceAt(element.offset()), Keys.EXCLUDE, "'" + element.text() + "' "
                    + e.getMessage(), e.remedy()));
            }
        }
        return exclude;
    }

    /** A list is never wrong as a whole: the strongest holds, even if no pattern in it is understood. */
    private RawValue strongest(String key) {
        List<RawValue> found = values.get(key);
        RawValue raw = found == null ? null : found.get(0);
        set(key, raw == null ? "" : raw.value.strip(), raw == null ? Source.DEFAULT : raw.source);
        return raw;
    }

    private Understood value(String key, ValueParser form, Understood fallback) {
        Understood understood = understood(key, form);
        if (understood == null) {
            understood = fallback;
        }
        set(key, understood.text(), understood.source());
        return understood;
    }

    /** @return the strongest value that is understood, or null if there is none */
    private Understood understood(String key, ValueParser form) {
        List<RawValue> found = values.get(key);
        for (int i = 0; found != null && i < found.size(); i++) {
            RawValue raw = found.get(i);
            try {
                String text = raw.value.strip();
                return new Understood(form.parse(text), text, raw.source);
            } catch (ValueType.WrongValue e) {
                problems.add(new Problem(raw.source, key, e.getMessage(), e.right));
            }
        }
        return null;
    }

    /** A value understood, and where it comes from. */
    private record Understood(Object object, String text, Source source) {
        static Understood byDefault(Object object, String text) {
            return new Understood(object, text, Source.DEFAULT);
        }
    }

    /** What a pool's settings are before its methods are known; further ones in the order of {@link PoolSetting}. */
    private record PoolValues(Understood mode, Understood size, Understood max, Understood[] further) {
        static final PoolValues DEFAULT = new PoolValues(Understood.byDefault(Mode.AUTO, Keys.DEFAULT_MODE),
                Understood.byDefault(Keys.DEFAULT_POOL_SIZE, "64"), Understood.byDefault(Keys.DEFAULT_POOL_MAX, "512"),
                byDefault());

        private static Understood[] byDefault() {
            PoolSetting[] all = PoolSetting.all();
            Understood[] values = new Understood[all.length];
            for (int i = 0; i < all.length; i++) {
                values[i] = Understood.byDefault(all[i].usualValue(), all[i].usual);
            }
            return values;
        }
    }
}
