package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.PoolSettings;
import io.tpool.agent.weave.Weaver;
import io.tpool.agent.weave.WeaverOptions;
import io.tpool.offload.Offload;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.Pools;
import io.tpool.pool.Saturation;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;

/** Sets a configuration to work. */
final class Installation {
    private Installation() {
    }

    static void install(Configuration configuration, Instrumentation instrumentation, boolean running) {
        for (PoolSettings settings : configuration.pools()) {
            define(settings);
        }
        Weaver weaver = null;
        if (!configuration.patterns().isEmpty()) {
            Offload.enable(configuration.enabled());
            weaver = Weaver.install(instrumentation, configuration.patterns(), WeaverOptions.forThisJdk(new Modes(), new Reporter()));
            weaver.weaveLoaded();
        }
        if (weaver != null || configuration.jmx()) {
            Background.start(new Duties(configuration, weaver), running ? null : Thread.currentThread());
        }
    }

    private static void define(PoolSettings settings) {
        PoolConfig config = new PoolConfig(settings.name(), settings.size(), settings.max(),
            TimeUnit.MILLISECONDS.toNanos(settings.keepaliveMillis()), settings.stackSize(), saturation(settings));
        Pool pool = Pools.define(config);
        // An application that uses the API may have the default pool before the agent is attached.
        if (pool.size() != config.size() || pool.max() != config.max()) {
            pool.resize(config.size());
            pool.setMax(config.max());
        }
    }

    private static Saturation saturation(PoolSettings settings) {
        return switch (settings.saturation()) {
            case WAIT -> Saturation.WAIT;
            case INPLACE -> Saturation.INPLACE;
            case REJECT -> Saturation.REJECT;
        };
    }
}
