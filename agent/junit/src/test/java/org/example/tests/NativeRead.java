// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class NativeRead {
    @Test
    void opensPipe() throws Exception {
        Path pipe = Files.createTempFile("pipe", "");
        Files.delete(pipe);
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(1_200);
                Files.writeString(pipe, "x");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Work.inThreads(1, () -> {
            try (FileInputStream in = new FileInputStream(pipe.toFile())) {
                in.read();
            }
        });
        writer.join();
        Files.delete(pipe);
    }
}
