package io.tpool.agent.boot;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;

/** Puts the classes in the root of the jar on the boot loader, where the manifest could not. */
final class BootClasses {
    private BootClasses() {
    }

    static void define(File jar, Instrumentation instrumentation) throws Exception {
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
    }
}
