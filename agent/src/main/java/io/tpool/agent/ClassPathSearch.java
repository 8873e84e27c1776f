package io.tpool.agent;

import java.io.File;
import java.io.IOException;
import java.util.zip.ZipFile;

/**
 * Whether the application has a class that it has not loaded.
 *
 * <p>Looks at the class path itself before it asks the application's loader, which asks the JDK's first: for a class that they do not
 * have that costs more than all that the agent does before {@code main}.
 */
final class ClassPathSearch {
    private ClassPathSearch() {
    }

    /**
     * Looks for a class.
     *
     * @param type internal name
     * @return false if the application's loader would not find it
     */
    static boolean finds(String type) {
        String name = type + ".class";
        for (String element : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            File file = new File(element);
            if (file.isDirectory() ? new File(file, name).isFile() : holds(file, name)) {
                return true;
            }
        }
        return ClassLoader.getSystemClassLoader().getResource(name) != null;
    }

    private static boolean holds(File jar, String name) {
        if (!jar.isFile()) {
            return false;
        }
        try (ZipFile file = new ZipFile(jar)) {
            return file.getEntry(name) != null;
        } catch (IOException noJar) {
            return false;   // nor does the loader find anything in it
        }
    }
}
