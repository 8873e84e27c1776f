// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/**
 * What {@code discover PID} has recorded, as a settings file. JFR.start takes settings as arguments, too, but a JVM of
 * JDK 21 hangs up on a command that is as long as these make it.
 */
final class RecordingSettings {

    private static final String EVENTS = """
        jdk.NativeMethodSample enabled=true period=10ms
        jdk.ExecutionSample enabled=true period=20ms
        jdk.VirtualThreadPinned enabled=true threshold=5ms stackTrace=true
        jdk.JavaMonitorEnter enabled=true threshold=5ms stackTrace=true
        jdk.JVMInformation enabled=true
        jdk.InitialSystemProperty enabled=true
        jdk.CPUInformation enabled=true
        jdk.ContainerConfiguration enabled=true
        jdk.IntFlag enabled=true
        jdk.CPULoad enabled=true period=1s
        jdk.ActiveSetting enabled=true
        jdk.ActiveRecording enabled=true
        io.tpool.Offload enabled=true threshold=1ms
        io.tpool.Method enabled=true period=endChunk
        io.tpool.Starvation enabled=true
        io.tpool.Capture enabled=true threshold=5ms
        """;

    private RecordingSettings() {
    }

    static String text() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .append("<configuration version=\"2.0\">\n");
        for (String line : EVENTS.lines().toList()) {
            String[] words = line.split(" ");
            text.append("  <event name=\"").append(words[0]).append("\">\n");
            for (int i = 1; i < words.length; i++) {
                String[] setting = words[i].split("=");
                text.append("    <setting name=\"").append(setting[0]).append("\">").append(setting[1])
                    .append("</setting>\n");
            }
            text.append("  </event>\n");
        }
        return text.append("</configuration>\n").toString();
    }
}
