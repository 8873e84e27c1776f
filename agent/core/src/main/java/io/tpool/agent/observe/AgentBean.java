// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.message.Summary;
import io.tpool.agent.message.Version;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Setting;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MethodPattern;
import io.tpool.management.AgentMXBean;
import io.tpool.management.PatternRow;
import io.tpool.management.SettingRow;
import io.tpool.management.WovenMethodRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The MBean of the agent. */
final class AgentBean implements AgentMXBean {
    private final Observation observation;

    AgentBean(Observation observation) {
        this.observation = observation;
    }

    @Override
    public String getVersion() {
        return Version.current();
    }

    @Override
    public String getSummary() {
        return Summary.of(observation.configuration());
    }

    @Override
    public Map<String, SettingRow> getSettings() {
        Map<String, SettingRow> rows = new LinkedHashMap<>();
        for (Setting setting : observation.configuration().settings()) {
            rows.put(setting.key(), new SettingRow(setting.key(), setting.value(), setting.source().toString()));
        }
        return rows;
    }

    @Override
    public Map<String, PatternRow> getPatterns() {
        Map<String, PatternRow> rows = new LinkedHashMap<>();
        Configuration configuration = observation.configuration();
        for (ListedPattern listed : configuration.patterns().listed()) {
            String problem = listed.report().problem();
            rows.put(listed.toString(),
                new PatternRow(listed.toString(), listed.pool(), listed.report().wovenCount(), problem == null ? ""
                : problem));
        }
        for (MethodPattern excluded : configuration.exclude()) {
            rows.put(excluded.toString(), new PatternRow(excluded.toString(), "", 0, ""));
        }
        return rows;
    }

    @Override
    public Map<String, WovenMethodRow> getWovenMethods() {
        Map<String, WovenMethodRow> rows = new TreeMap<>();
        for (ListedPattern listed : observation.configuration().patterns().listed()) {
            for (String method : listed.report().woven()) {
                rows.put(method, new WovenMethodRow(method, listed.toString()));
            }
        }
        return rows;
    }
}
