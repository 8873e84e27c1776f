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
 * Puts the hop into the bodies of listed Java methods, at load and in classes that are loaded already. Capable of
 * retransformation: it adds no member. Looks only at classes that have a page in the {@link WeaveRegistry}: at load
 * those in which {@link LoadTransformer}, which the JVM asks first, has found a listed method; later those that
 * {@link Weaver} has picked.
 *
 * <p>Everything is not done by the other one because the JVM asks transformers of this kind after all others. A
 * coverage tool, which knows classes by their bytes, sees Java methods as they were.
 */
final class BodyTransformer implements ClassFileTransformer {
    private final ClassMatcher examiner;

    BodyTransformer(ClassMatcher examiner) {
        this.examiner = examiner;
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain,
            byte[] file) {
        if (name == null || ClassMatcher.isOwn(name)) {
            return null;
        }
        try {
            if (!examiner.concerns(name, file)) {
                return null;
            }
            WeaveRegistry.WovenClass page = examiner.journal().find(loader, name);
            return page == null || page.isRefused() ? null : new Pass(page, loader, redefined, file).weave();
        } catch (Throwable e) {
            // Whatever it is, the application gets its class as it was.
            examiner.problem(name, e);
            return null;
        }
    }

    /** One look at one class file. */
    private final class Pass {
        private final WeaveRegistry.WovenClass page;
        private final ClassLoader loader;
        private final Class<?> redefined;
        private final byte[] file;
        private final ClassHeader header;
        private final Map<String, WeaveRegistry.WovenMethod> entries = new HashMap<>();
        private final boolean mentionsHop;
        private ClassScan scan;

        Pass(WeaveRegistry.WovenClass page, ClassLoader loader, Class<?> redefined, byte[] file) {
            this.page = page;
            this.loader = loader;
            this.redefined = redefined;
            this.file = file;
            header = ClassHeader.of(file);
            mentionsHop = header.mentions(examiner.hop().move()) || header.mentions(examiner.hop().handOff());
        }

        byte[] weave() {
            List<Match> matches = examiner.matches(loader, header, redefined);
            if (redefined != null) {
                page.keep(matches, examiner::mode);
            }
            for (Match match : matches) {
                WeaveRegistry.WovenMethod before = page.find(match.method());
                if (hopsAlready(match.method())) {
                    continue;
                }
                if (before == null) {
                    consider(match);
                } else {
                    take(match.method(), before);
                }
            }
            return entries.isEmpty() ? null : ClassWeaver.weave(file, header, entries, examiner.hop(), page);
        }

        private void consider(Match match) {
            MethodShape method = match.method();
            if (!examiner.seesHop(loader)) {
                page.left(match, NotWoven.RUNTIME_NOT_SEEN, null);
                return;
            }
            Mode mode = examiner.mode(match.listed());
            Decision decision = Decision.forBody(header, method, mode, examiner.monitorsPin(), redefined != null);
            if (decision.how() == WeaveKind.LEAVE) {
                boolean byCallers = method.isNative() && decision.isCuredByCallers();
                page.left(match, decision.why(), byCallers ? scan().callersOf(method) : null);
            } else if (decision.how() == WeaveKind.BODY) {
                if (!mode.movesThread() && isCallerSensitive(method)) {
                    page.left(match, NotWoven.CALLER_SENSITIVE, null);
                } else {
                    take(method, page.weaving(match, decision, mode, loader, header));
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
            return mentionsHop && scan().hops(method);
        }

        private boolean isCallerSensitive(MethodShape method) {
            return header.mentions("jdk/internal/reflect/CallerSensitive") && scan().isCallerSensitive(method);
        }

        private ClassScan scan() {
            if (scan == null) {
                scan = ClassScan.of(file, header, examiner.hop());
            }
            return scan;
        }
    }
}
