// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.internal.offload.Mode;

/**
 * Weaves class files for nobody: both transformers decide as they would in a JVM, and what becomes of each listed
 * method goes to the patterns' reports and to the listener. Loads none of the classes. Confined to one thread.
 *
 * @since 1.0
 */
public final class DryRun {
    private final ClassMatcher matcher;
    private final LoadTransformer atLoad;
    private final BodyTransformer inBody;

    /**
     * Prepares.
     *
     * @param patterns which methods are listed; their reports are written
     * @param options what else there is to know
     */
    public DryRun(MethodPatterns patterns, WeaverOptions options) {
        matcher = new ClassMatcher(patterns, options, new UnresolvedHop(), new Unused());
        atLoad = new LoadTransformer(matcher, true);
        inBody = new BodyTransformer(matcher);
    }

    /** What code that never runs would call. */
    private static final class UnresolvedHop extends HookTypes {
        UnresolvedHop() {
            super(MOVE, HAND_OFF, null);
        }

        @Override
        boolean isSeenBy(ClassLoader loader) {
            return true;
        }
    }

    /** Numbers for code that never runs. */
    private static final class Unused implements MethodIds {
        private int last;

        @Override
        public int register(String method, String pool, Mode mode, ClassLoader loader) {
            return last++;
        }

        @Override
        public void keepJnaLastError(int number, ClassLoader loader) {
            // Nothing is called here.
        }

        @Override
        public void discard(int number) {
            // Nothing is kept of it.
        }

        @Override
        public void retire(int number) {
            throw new UnsupportedOperationException("nothing changes in a dry run");
        }

        @Override
        public void restore(int number, String method, String pool, Mode mode) {
            throw new UnsupportedOperationException("nothing changes in a dry run");
        }
    }

    /**
     * Decides about a class that the JVM loads while the agent is there.
     *
     * @param loader where its supertypes are found as resources; null for the boot loader
     * @param name internal name
     * @param file the class
     */
    public void loading(ClassLoader loader, String name, byte[] file) {
        byte[] renamed = atLoad.transform(null, loader, name, null, null, file);
        inBody.transform(null, loader, name, null, null, renamed == null ? file : renamed);
        accept(loader, name);
    }

    /**
     * Decides about a class that the JVM has loaded before the agent.
     *
     * @param type the class
     * @param file the class
     */
    public void loaded(Class<?> type, byte[] file) {
        matcher.registry().open(type.getClassLoader(), ClassMatcher.internalName(type));
        inBody.transform(null, type.getClassLoader(), ClassMatcher.internalName(type), type, null, file);
        accept(type.getClassLoader(), ClassMatcher.internalName(type));
    }

    private void accept(ClassLoader loader, String name) {
        WeaveRegistry.WovenClass wovenClass = matcher.registry().find(loader, name);
        if (wovenClass != null) {
            wovenClass.accepted();
        }
    }
}
