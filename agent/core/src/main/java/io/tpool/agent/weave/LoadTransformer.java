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
 * Does what can only be done before the JVM has seen a class: renames listed native methods, and takes the monitor of
 * listed synchronized methods into their bodies where the hook must come first. Not capable of retransformation: the
 * JVM keeps the result as the class's own form, from which {@link BodyTransformer} starts each time.
 *
 * <p>A class that is redefined (hot swap) must keep its members: what was done at its first load is done again.
 */
final class LoadTransformer implements ClassFileTransformer {
    /** Of renamed native methods; the JVM knows it as a native method prefix. */
    static final String PREFIX = "$tpool$";

    private final ClassMatcher matcher;
    private final boolean renames;

    /**
     * Creates a transformer.
     *
     * @param renames whether the JVM takes a native method prefix
     */
    LoadTransformer(ClassMatcher matcher, boolean renames) {
        this.matcher = matcher;
        this.renames = renames;
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain,
            byte[] file) {
        if (name == null || ClassMatcher.isOwn(name)) {
            return null;
        }
        try {
            if (redefined == null) {
                matcher.see(loader, file);
            }
            if (renames && name.equals(JnaSymbols.LIBRARY)) {
                return JnaSymbols.withoutPrefix(file);
            }
            if (!matcher.concerns(name, file)) {
                return null;
            }
            return redefined == null ? atFirstLoad(loader, file) : again(loader, name, file);
        } catch (Throwable e) {
            // Whatever it is, the application gets its class as it was.
            matcher.problem(name, e);
            return null;
        }
    }

    private byte[] atFirstLoad(ClassLoader loader, byte[] file) {
        ClassHeader header = ClassHeader.of(file);
        List<Match> matches = matcher.matches(loader, header, null);
        if (matches.isEmpty()) {
            return null;
        }
        WeaveRegistry.WovenClass wovenClass = matcher.registry().open(loader, header.name());
        Map<String, WeaveRegistry.WovenMethod> entries = new HashMap<>();
        for (Match match : matches) {
            if (!matcher.seesHooks(loader)) {
                wovenClass.left(match, NotWoven.RUNTIME_NOT_SEEN, null);
            } else if (match.method().isNative() ? renames : Decision.isSynchronized(match.method())) {
                consider(loader, file, header, match, wovenClass, entries);
            }
        }
        return weave(file, header, entries, wovenClass);
    }

    private void consider(ClassLoader loader, byte[] file, ClassHeader header, Match match,
        WeaveRegistry.WovenClass wovenClass, Map<String, WeaveRegistry.WovenMethod> entries) {
        MethodShape method = match.method();
        Decision decision = Decision.atFirstLoad(header, method, matcher.mode(match.listed()), matcher.monitorsPin());
        if (decision.how() == null) {
            return;
        }
        if (decision.how() == WeaveKind.LEAVE) {
            wovenClass.left(match, decision.why(), decision.isCuredByCallers() ? callers(file, header, method) : null);
        } else if (!Decision.changesSerialVersion(header, method) || !matcher.isSerializable(loader, header)) {
            Mode mode = matcher.mode(match.listed());
            WeaveRegistry.WovenMethod entry = wovenClass.weaving(match, decision, mode, loader, header);
            if (entry.how() == decision.how()) {
                entries.put(ClassHeader.key(method), entry);
            }
        } else if (method.isNative()) {
            wovenClass.left(match, NotWoven.SERIAL_VERSION, callers(file, header, method));
        }
    }

    private byte[] again(ClassLoader loader, String name, byte[] file) {
        WeaveRegistry.WovenClass wovenClass = matcher.registry().find(loader, name);
        if (wovenClass == null) {
            return null;
        }
        ClassHeader header = ClassHeader.of(file);
        Map<String, WeaveRegistry.WovenMethod> entries = new HashMap<>();
        for (MethodShape method : header.methods()) {
            WeaveRegistry.WovenMethod entry = wovenClass.find(method);
            if (entry != null && wasTaken(entry, method)) {
                entries.put(ClassHeader.key(method), entry);
            }
        }
        return weave(file, header, entries, wovenClass);
    }

    private static boolean wasTaken(WeaveRegistry.WovenMethod entry, MethodShape method) {
        return entry.how() == WeaveKind.RENAME && method.isNative()
                || entry.how() == WeaveKind.BODY_BEFORE_MONITOR && Decision.isSynchronized(method);
    }

    private byte[] weave(byte[] file, ClassHeader header, Map<String, WeaveRegistry.WovenMethod> entries,
        WeaveRegistry.WovenClass wovenClass) {
        return entries.isEmpty() ? null : ClassWeaver.weave(file, header, entries, matcher.hooks(), wovenClass);
    }

    private String callers(byte[] file, ClassHeader header, MethodShape method) {
        return ClassScan.of(file, header, matcher.hooks()).callersOf(method);
    }
}
