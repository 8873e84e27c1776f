// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import com.redhat.et.libguestfs.GuestFS;
import java.nio.file.Files;
import java.nio.file.Path;

/** Appliances of libguestfs, four at once: launch, partition, format, mount, write, read back, shut down. */
public final class GuestfsApp {
    private static final int APPLIANCES = 4;
    private static final long DISK_BYTES = 64L << 20;

    private GuestfsApp() {
    }

    public static void main(String[] args) throws Exception {
        new GuestFS().close();
        Path directory = Files.createTempDirectory("tpool-guestfs");
        String[] read = new String[APPLIANCES];
        Load.besideBystander(APPLIANCES, i -> {
            Path disk = directory.resolve("disk" + i);
            read[i] = writeAndRead(disk.toString(), "guest " + i);
            Files.delete(disk);
        });
        Files.delete(directory);
        for (int i = 0; i < APPLIANCES; i++) {
            Load.print("read" + i, read[i]);
        }
    }

    private static String writeAndRead(String disk, String text) throws Exception {
        GuestFS guest = new GuestFS();
        try {
            guest.disk_create(disk, "raw", DISK_BYTES);
            guest.add_drive(disk);
            guest.launch();
            guest.part_disk("/dev/sda", "mbr");
            guest.mkfs("ext4", "/dev/sda1");
            guest.mount("/dev/sda1", "/");
            guest.write("/note", text.getBytes());
            String read = guest.read_file("/note");
            guest.umount_all();
            guest.shutdown();
            return read;
        } finally {
            guest.close();
        }
    }
}
