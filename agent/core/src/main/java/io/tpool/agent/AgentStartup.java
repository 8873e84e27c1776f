// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.config.PoolSettings;
import io.tpool.agent.observe.Observation;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.agent.weave.Outcome;
import io.tpool.agent.weave.Weaver;
import io.tpool.agent.weave.WeaverOptions;
import io.tpool.internal.offload.Learning;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** A configuration at work, and what it takes to put another one in its place. Guarded by the caller. */
final class AgentStartup {
    private final Instrumentation instrumentation;
    private Configuration configuration;
    private Observation observation;
    private DeferredTasks tasks;
    private Weaving weaving;

    AgentStartup(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Sets the first configuration to work. */
    void install(Configuration first, boolean running) {
        configuration = first;
        for (PoolSettings settings : first.pools()) {
            plan(settings);
        }
        MethodPatterns patterns = first.patterns();
        if (patterns.isEmpty() && !first.switches().jmx() && first.switches().guard().equals(Keys.GUARD_OFF)) {
            return;
        }
        observation = Observation.begin(first, instrumentation, running);
        tasks = new DeferredTasks(observation);
        if (!patterns.isEmpty()) {
            weave(first);
        }
        AgentThread.start(tasks, running ? null : Thread.currentThread());
    }

    /**
     * Puts another configuration into force.
     *
     * @return why the guard does not do what is asked of it, or null
     */
    String change(Configuration next, boolean running) {
        if (observation == null) {
            install(next, running);
            return null;
        }
        MethodPatterns before = configuration.patterns();
        boolean relisted = !before.listed().equals(next.patterns().listed())
            || !before.exclusions().equals(next.patterns().exclusions());
        configuration = next;
        for (PoolSettings settings : next.pools()) {
            plan(settings);
        }
        String problem = observation.change(next);
        if (weaving == null) {
            if (!next.patterns().isEmpty()) {
                weave(next);
            }
            return problem;
        }
        Offload.enable(next.switches().enabled());
        if (relisted) {
            weaving.weaver().change(next.patterns());
            weaving.log().changed(next.patterns());
            tasks.of(weaving);
        }
        return problem;
    }

    Configuration configuration() {
        return configuration;
    }

    /** What became of the listed methods so far. */
    List<Outcome> outcomes() {
        return weaving == null ? List.of() : weaving.weaver().outcomes();
    }

    private void weave(Configuration now) {
        Offload.enable(now.switches().enabled());
        Learning.tell(new DecisionLog());
        WeaveLog log = new WeaveLog();
        Weaver weaver = Weaver.install(instrumentation, now.patterns(),
            WeaverOptions.forThisJdk(new EffectiveMode(observation::lookAgain), log));
        weaver.weaveLoaded();
        log.warnOfSuspects(0);
        weaving = new Weaving(weaver, log);
        tasks.of(weaving);
    }

    private static void plan(PoolSettings settings) {
        PoolConfig config = settings.pool();
        Pool there = Pools.plan(config);
        if (there != null && (there.size() != config.size() || there.max() != config.max())) {
            // The application uses the API, and had it before the agent was attached; or a further attachment changes
            // it.
            there.resize(config.size());
            there.setMax(config.max());
        }
    }
}
