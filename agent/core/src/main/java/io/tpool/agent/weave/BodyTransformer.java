// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.Match;
import io.tpool.agent.pattern.MethodShape;
import io.tpool.agent.pattern.NotWoven;
import io.tpool.internal.offload.Mode;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the hook into the bodies of listed Java methods, at load and in classes that are loaded already. Capable of
 * retransformation: it adds no member. Looks only at classes that the {@link WeaveRegistry} knows: at load
 * those in which {@link LoadTransformer}, which the JVM asks first, has found a listed method; later those that
 * {@link Weaver} has picked.
 *
 * <p>Everything is not done by the other one because the JVM asks transformers of this kind after all others. A
 * coverage tool, which knows classes by their bytes, sees Java methods as they were.
 */
final class BodyTransformer implements ClassFileTransformer {
    private final ClassMatcher matcher;

    BodyTransformer(ClassMatcher matcher) {
        this.matcher = matcher;
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain,
            byte[] file) {
        if (name == null || ClassMatcher.isOwn(name)) {
            return null;
        }
        try {
            if (!matcher.concerns(name, file)) {
                return null;
            }
            WeaveRegistry.WovenClass wovenClass = matcher.registry().find(loader, name);
            return wovenClass == null || wovenClass.isRefused() ? null
                : new Pass(wovenClass, loader, redefined, file).weave();
        } catch (Throwable e) {
            // Whatever it is, the application gets its class as it was.
            matcher.problem(name, e);
            return null;
        }
    }

    /** One look at one class file. */
    private final class Pass {
        private final WeaveRegistry.WovenClass wovenClass;
        private final ClassLoader loader;
        private final Class<?> redefined;
        private final byte[] file;
        private final ClassHeader header;
        private final Map<String, WeaveRegistry.WovenMethod> entries = new HashMap<>();
        private final boolean mentionsHooks;
        private ClassScan scan;

        Pass(WeaveRegistry.WovenClass wovenClass, ClassLoader loader, Class<?> redefined, byte[] file) {
            this.wovenClass = wovenClass;
            this.loader = loader;
            this.redefined = redefined;
            this.file = file;
            header = ClassHeader.of(file);
            mentionsHooks = header.mentions(matcher.hooks().move()) || header.mentions(matcher.hooks().handOff());
        }

        byte[] weave() {
            List<Match> matches = matcher.matches(loader, header, redefined);
            if (redefined != null) {
                wovenClass.keep(matches, matcher::mode);
            }
            for (Match match : matches) {
                WeaveRegistry.WovenMethod before = wovenClass.find(match.method());
                if (hopsAlready(match.method())) {
                    continue;
                }
                if (before == null) {
                    consider(match);
                } else {
                    take(match.method(), before);
                }
            }
            return entries.isEmpty() ? null : ClassWeaver.weave(file, header, entries, matcher.hooks(), wovenClass);
        }

        private void consider(Match match) {
            MethodShape method = match.method();
            if (!matcher.seesHooks(loader)) {
                wovenClass.left(match, NotWoven.RUNTIME_NOT_SEEN, null);
                return;
            }
            Mode mode = matcher.mode(match.listed());
            Decision decision = Decision.forBody(header, method, mode, matcher.monitorsPin(), redefined != null);
            if (decision.how() == WeaveKind.LEAVE) {
                boolean byCallers = method.isNative() && decision.isCuredByCallers();
                wovenClass.left(match, decision.why(), byCallers ? scan().callersOf(method) : null);
            } else if (decision.how() == WeaveKind.BODY) {
                if (!mode.movesThread() && isCallerSensitive(method)) {
                    wovenClass.left(match, NotWoven.CALLER_SENSITIVE, null);
                } else {
                    take(method, wovenClass.weaving(match, decision, mode, loader, header));
                }
            }
        }

        private void take(MethodShape method, WeaveRegistry.WovenMethod entry) {
            if (entry.how() == WeaveKind.BODY) {
                entries.put(ClassHeader.key(method), entry);
            }
        }

        /** Bytes of a woven class may come back to us, from an agent that has kept them. */
        private boolean hopsAlready(MethodShape method) {
            return mentionsHooks && scan().isHooked(method);
        }

        private boolean isCallerSensitive(MethodShape method) {
            return header.mentions("jdk/internal/reflect/CallerSensitive") && scan().isCallerSensitive(method);
        }

        private ClassScan scan() {
            if (scan == null) {
                scan = ClassScan.of(file, header, matcher.hooks());
            }
            return scan;
        }
    }
}
