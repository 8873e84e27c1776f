// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

/** What a server is started with. */
enum Setup {
    BARE("no agent"),
    GUARDED("agent alone"),
    LISTED("`Statement+#execute*`"),
    DISCOVERED("what `discover` says");

    private final String title;

    Setup(String title) {
        this.title = title;
    }

    /** As the table writes it. */
    String title() {
        return title;
    }

    /** As the plot and the names of files write it. */
    String plainTitle() {
        return title.replace("`", "");
    }
}
