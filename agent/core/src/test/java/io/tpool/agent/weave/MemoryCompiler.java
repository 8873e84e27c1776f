// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources in memory. */
final class MemoryCompiler {
    private static final Pattern TYPE =
        Pattern.compile("(?m)^(?:public )?(?:abstract |final |sealed )*(?:class|interface|record|enum) (\\w+)");

    private MemoryCompiler() {
    }

    /**
     * Compiles sources of the package {@code acme}.
     *
     * @param release the Java release to compile for
     * @return class files by binary name
     */
    static Map<String, byte[]> compile(int release, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        for (String source : sources) {
            units.add(new Text(source));
        }
        StringWriter log = new StringWriter();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null); Memory memory =
            new Memory(standard)) {
            List<String> options = List.of("--release", Integer.toString(release), "-g", "-Xlint:none", "-proc:none");
            if (!compiler.getTask(log, memory, null, options, null, units).call()) {
                throw new IllegalArgumentException(log.toString());
            }
            return memory.classFiles();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String text) {
            super(URI.create("memory:///acme/" + name(text) + ".java"), Kind.SOURCE);
            this.text = "package acme;\n" + text;
        }

        private static String name(String text) {
            Matcher matcher = TYPE.matcher(text);
            if (!matcher.find()) {
                throw new IllegalArgumentException(text);
            }
            return matcher.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        Memory(JavaFileManager next) {
            super(next);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
            FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    written.put(name, out);
                    return out;
                }
            };
        }

        Map<String, byte[]> classFiles() {
            Map<String, byte[]> files = new TreeMap<>();
            written.forEach((name, out) -> files.put(name, out.toByteArray()));
            return files;
        }
    }
}
