// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the agent's {@link LazyParts} and their libraries from the folder {@code agent/} of the jar, where no loader of
 * the application looks for classes; and from its root what the parent does not have, where the boot loader has been
 * given the runtime alone. Of several versions of a class ({@code agent/META-INF/versions/N}) it takes the newest that
 * this JDK reads, as the JDK does for the root of a multi-release jar.
 *
 * <p>Reads the file itself: the JDK's {@code jar:} URLs cost start-up time and are the application's to configure.
 */
final class AgentLoader extends ClassLoader {
    private static final String FOLDER = "agent/";
    private static final int FIRST_VERSION = 9;

    private final ZipFile jar;
    private final String[] folders;

    static {
        registerAsParallelCapable();
    }

    /**
     * @param jar the agent's jar, open from now on
     * @param parent where the JDK, and the classes in the root of the jar, are found
     * @throws IOException if the jar cannot be read
     */
    AgentLoader(File jar, ClassLoader parent) throws IOException {
        super("tpool", parent);
        this.jar = new ZipFile(jar);
        this.folders = folders();
    }

    /** The folders to look in, newest version first, the root last. */
    private String[] folders() {
        int newest = Runtime.version().feature();
        String[] found = new String[newest + 2];
        int count = 0;
        for (int version = newest; version >= FIRST_VERSION; version--) {
            String folder = FOLDER + "META-INF/versions/" + version + "/";
            if (jar.getEntry(folder) != null) {
                found[count++] = folder;
            }
        }
        found[count++] = FOLDER;
        found[count++] = "";
        return Arrays.copyOf(found, count);
    }

    private ZipEntry entry(String name) {
        for (String folder : folders) {
            ZipEntry entry = jar.getEntry(folder + name);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private byte[] read(ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Reads a file in the root of the jar. */
    byte[] readRoot(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(name + " in " + jar.getName());
        }
        return read(entry);
    }

    /**
     * The boot loader is asked first for what the runtime consists of: where an application has the API on its module
     * path, the JDK's own loaders would answer with that copy.
     */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("io.tpool.")) {
            try {
                return Class.forName(name, false, null);
            } catch (ClassNotFoundException e) {
                // One of the agent's parts.
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = entry(name.replace('.', '/') + ".class");
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            byte[] bytes = read(entry);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    protected URL findResource(String name) {
        ZipEntry entry = entry(name);
        if (entry == null) {
            return null;
        }
        try {
            return URL.of(new URI("tpool", null, "/" + name, null), new Handler(entry));
        } catch (Exception e) {
            // No URL can hold this name.
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(url));
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        ZipEntry entry = entry(name);
        if (entry == null) {
            return getParent().getResourceAsStream(name);
        }
        try {
            return jar.getInputStream(entry);
        } catch (IOException e) {
            return null;
        }
    }

    private final class Handler extends URLStreamHandler {
        private final ZipEntry entry;

        Handler(ZipEntry entry) {
            this.entry = entry;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    return new ByteArrayInputStream(read(entry));
                }
            };
        }
    }
}
