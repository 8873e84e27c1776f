// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.IOException;

/**
 * Parts of the agent that most applications never need, with their libraries: in the folder {@code agent/} of the jar,
 * behind a loader that is made when the first of them is. To open the jar from Java costs more than all that is loaded
 * at start-up.
 *
 * @since 1.0
 */
public final class LazyParts {
    private static File jar;
    private static ClassLoader parent;
    private static ClassLoader loader;

    private LazyParts() {
    }

    /**
     * Says where they are. Without it they are taken from where this class is.
     *
     * @param file the agent's jar
     * @param above the loader's parent
     */
    static synchronized void areIn(File file, ClassLoader above) {
        jar = file;
        parent = above;
    }

    static synchronized ClassLoader loader() throws IOException {
        if (loader == null) {
            loader = jar == null ? LazyParts.class.getClassLoader() : new AgentLoader(jar, parent);
        }
        return loader;
    }

    /**
     * Makes one.
     *
     * @param <T> what it is seen as
     * @param type what it is seen as
     * @param name of its class, which has a public constructor without parameters
     * @return never null
     * @throws IllegalStateException if the jar cannot be read any more, or its class is not in it
     */
    public static <T> T create(Class<T> type, String name) {
        try {
            return type.cast(loader().loadClass(name).getDeclaredConstructor().newInstance());
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be loaded from " + jar, e);
        }
    }
}
