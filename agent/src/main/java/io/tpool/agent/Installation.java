package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.config.PoolSettings;
import io.tpool.agent.observe.Observation;
import io.tpool.agent.weave.Weaver;
import io.tpool.agent.weave.WeaverOptions;
import io.tpool.offload.Learning;
import io.tpool.offload.Offload;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.Pools;
import java.lang.instrument.Instrumentation;

/** Sets a configuration to work. */
final class Installation {
    private Installation() {
    }

    static void install(Configuration configuration, Instrumentation instrumentation, boolean running) {
        for (PoolSettings settings : configuration.pools()) {
            plan(settings);
        }
        boolean listed = !configuration.patterns().isEmpty();
        if (!listed && !configuration.jmx() && configuration.guard().equals(Keys.GUARD_OFF)) {
            return;
        }
        Duties duties = new Duties(Observation.begin(configuration, instrumentation, running));
        if (listed) {
            Offload.enable(configuration.enabled());
            Learning.tell(new DecisionLog());
            duties.of(weave(configuration, instrumentation));
        }
        Background.start(duties, running ? null : Thread.currentThread());
    }

    private static Weaving weave(Configuration configuration, Instrumentation instrumentation) {
        Reporter reporter = new Reporter();
        Weaver weaver = Weaver.install(instrumentation, configuration.patterns(), WeaverOptions.forThisJdk(new Modes(), reporter));
        weaver.weaveLoaded();
        reporter.warnOfSuspects(0);
        return new Weaving(weaver, reporter);
    }

    private static void plan(PoolSettings settings) {
        PoolConfig config = settings.toPoolConfig();
        Pool there = Pools.plan(config);
        if (there != null) {   // the application uses the API, and had it before the agent was attached
            there.resize(config.size());
            there.setMax(config.max());
        }
    }
}
