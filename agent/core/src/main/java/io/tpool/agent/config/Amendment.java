// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MethodPattern;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.PoolConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** A configuration and what a further attachment adds to it or takes back. */
final class Amendment {
    private final Configuration now;
    private final Configuration added;
    private final List<ListedPattern> listed = new ArrayList<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    Amendment(Configuration now, Configuration added) {
        this.now = now;
        this.added = added;
    }

    Configuration apply() {
        now.settings().forEach(setting -> settings.put(setting.key(), setting));
        added.settings().stream()
            .filter(setting -> added.isGiven(setting.key()) || !settings.containsKey(setting.key()))
            .forEach(setting -> settings.put(setting.key(), setting));
        List<PoolSettings> pools = new ArrayList<>();
        for (String name : poolNames()) {
            pools.add(pool(name));
        }
        List<MethodPattern> exclude = exclusions();
        Configuration.Switches switches = switches(now.switches(), added.switches());
        return new Configuration(pools, exclude, new MethodPatterns(listed, exclude), switches,
            List.copyOf(settings.values()),
            now.problems(), Set.copyOf(settings.keySet()));
    }

    private Set<String> poolNames() {
        Set<String> names = new LinkedHashSet<>();
        now.pools().forEach(pool -> names.add(pool.name()));
        added.pools().forEach(pool -> names.add(pool.name()));
        return names;
    }

    /** What a new pool is not told it takes from the default pool, as in the file. */
    private PoolSettings pool(String name) {
        PoolSettings before = find(now, name);
        PoolSettings base = before != null ? before : find(now, Keys.DEFAULT_POOL);
        PoolSettings other = find(added, name);
        if (other == null) {
            listed.addAll(base.methods());
            return base;
        }
        boolean isDefault = name.equals(Keys.DEFAULT_POOL);
        String prefix = isDefault ? Keys.POOL : Keys.POOL + name + '.';
        Mode mode = isSet(isDefault ? Keys.MODE : prefix + "mode") ? other.mode() : base.mode();
        int size = isSet(prefix + "size") ? other.pool().size() : base.pool().size();
        int max = isSet(prefix + "max") ? other.pool().max() : Math.max(size, base.pool().max());
        size = isSet(prefix + "size") ? size : Math.min(size, max);
        adapt(prefix + "size", size, prefix + "max");
        adapt(prefix + "max", max, prefix + "size");
        List<ListedPattern> methods = methods(isDefault ? Keys.METHODS : prefix + "methods", name, mode,
            before == null ? List.of() : before.methods(), other.methods());
        listed.addAll(methods);
        PoolConfig pool = PoolConfig.of(name, size, max);
        for (PoolSetting each : PoolSetting.all()) {
            pool = each.with(pool, each.of(isSet(prefix + each.word) ? other.pool() : base.pool()));
        }
        return new PoolSettings(pool, methods, mode);
    }

    /** A size that follows from a max, or the other way round, says so. */
    private void adapt(String key, int value, String from) {
        String text = Integer.toString(value);
        if (!settings.get(key).value().equals(text)) {
            settings.put(key, new Setting(key, text, settings.get(from).source()));
        }
    }

    private List<ListedPattern> methods(String key, String pool, Mode mode, List<ListedPattern> before,
            List<ListedPattern> more) {
        if (!isSet(key)) {
            return before;
        }
        List<ListedPattern> methods = new ArrayList<>(added.setting(key).value().isEmpty() ? List.of() : before);
        Set<MethodPattern> known = new HashSet<>();
        if (!added.setting(key).value().isEmpty()) {
            now.patterns().listed().forEach(each -> known.add(each.pattern()));
        }
        for (ListedPattern each : more) {
            if (known.add(each.pattern())) {
                methods.add(new ListedPattern(each.pattern(), pool, mode, each.source()));
            }
        }
        settings.put(key, new Setting(key, joined(methods), added.setting(key).source()));
        return methods;
    }

    private List<MethodPattern> exclusions() {
        if (!isSet(Keys.EXCLUDE)) {
            return now.exclude();
        }
        boolean isEmpty = added.setting(Keys.EXCLUDE).value().isEmpty();
        Set<MethodPattern> exclude = new LinkedHashSet<>(isEmpty ? List.of() : now.exclude());
        exclude.addAll(added.exclude());
        settings.put(Keys.EXCLUDE, new Setting(Keys.EXCLUDE, joined(exclude), added.setting(Keys.EXCLUDE).source()));
        return List.copyOf(exclude);
    }

    private Configuration.Switches switches(Configuration.Switches before, Configuration.Switches other) {
        return new Configuration.Switches(isSet(Keys.ENABLED) ? other.enabled() : before.enabled(),
            isSet(Keys.JMX) ? other.jmx() : before.jmx(), before.strict(), isSet(Keys.LOG) ? other.log() : before.log(),
            before.discover(), before.discoverFile(), isSet(Keys.GUARD) ? other.guard() : before.guard(),
            isSet(Keys.GUARD_PATIENCE) ? other.guardPatienceNanos() : before.guardPatienceNanos(),
            isSet(Keys.GUARD_MAX) ? other.guardMax() : before.guardMax());
    }

    private boolean isSet(String key) {
        return added.isGiven(key);
    }

    private static String joined(Iterable<?> patterns) {
        StringJoiner text = new StringJoiner(", ");
        patterns.forEach(pattern -> text.add(pattern.toString()));
        return text.toString();
    }

    private static PoolSettings find(Configuration configuration, String name) {
        for (PoolSettings pool : configuration.pools()) {
            if (pool.name().equals(name)) {
                return pool;
            }
        }
        return null;
    }
}
