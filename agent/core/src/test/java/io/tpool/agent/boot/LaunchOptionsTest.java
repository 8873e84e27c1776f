// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LaunchOptionsTest {
    @Test
    void they_end_where_the_application_begins() {
        assertShown("-Xmx1g -javaagent:a.jar=b=c --add-modules=x",
            "/opt/jdk/bin/java -Xmx1g -javaagent:a.jar=b=c --add-modules=x -jar b.jar -javaagent:c.jar", "");
        assertShown("-ea", "java -ea Main -javaagent:c.jar", "HOME=/root");
    }

    @Test
    void they_end_where_a_value_or_a_file_of_options_may_follow() {
        assertShown("-ea", "java -ea -cp a.jar -javaagent:c.jar Main", "");
        assertShown("-ea", "java -ea --add-modules x -javaagent:c.jar Main", "");
        assertShown("-ea", "java -ea @options -javaagent:c.jar Main", "");
        assertShown("-ea", "java -ea -XX:VMOptionsFile=options -javaagent:c.jar Main", "");
        assertShown("-ea", "java -ea -javaagent:/h\u00f6me/c.jar Main", "");
    }

    @Test
    void there_are_none_where_the_environment_may_have_put_some_before() {
        assertShown("", "java -javaagent:a.jar Main", "A=b JAVA_TOOL_OPTIONS=-ea");
        assertShown("", "java -javaagent:a.jar Main", "JDK_JAVA_OPTIONS=-ea A=b");
        assertShown("-javaagent:a.jar", "java -javaagent:a.jar Main", "MY_JAVA_TOOL_OPTIONS=-ea");
    }

    @Test
    void there_are_none_of_another_program() {
        assertShown("", "/opt/app/launcher -javaagent:a.jar", "");
        assertArrayEquals(new String[0], LaunchOptions.parse("", ""));
        assertArrayEquals(new String[0], LaunchOptions.parse("java", ""));
    }

    @Test
    void a_text_is_in_none_only_if_all_are_shown() {
        assertMayHave(false, "java -ea -jar a.jar", "HOME=/root JAVA_TOOL_OPTIONS=-ea");
        assertMayHave(true, "java -XX:AOTCacheOutput=a.aot -jar a.jar", "HOME=/root");
        assertMayHave(true, "java -jar a.jar", "HOME=/root JAVA_TOOL_OPTIONS=-XX:AOTMode=record");
        assertMayHave(true, "java @options -jar a.jar", "HOME=/root");
        assertMayHave(true, "java -jar a.jar", "JDK_JAVA_OPTIONS=@options HOME=/root");
        assertMayHave(true, "java -XX:VMOptionsFile=options -jar a.jar", "HOME=/root");
        assertMayHave(true, "java -XX:Flags=options -jar a.jar", "HOME=/root");
        assertMayHave(true, "/opt/app/launcher -jar a.jar", "HOME=/root");
        assertMayHave(true, "java -jar a.jar", "");
        assertMayHave(true, "", "HOME=/root");
    }

    private static void assertMayHave(boolean expected, String command, String environment) {
        assertEquals(expected, LaunchOptions.mayHave("AOT", ended(command), ended(environment)), command);
    }

    /** Words are divided by blanks here. */
    private static void assertShown(String options, String command, String environment) {
        String[] expected = options.isEmpty() ? new String[0] : options.split(" ");
        assertArrayEquals(expected, LaunchOptions.parse(ended(command), ended(environment)));
    }

    private static String ended(String words) {
        return words.isEmpty() ? "" : words.replace(' ', '\0') + '\0';
    }
}
