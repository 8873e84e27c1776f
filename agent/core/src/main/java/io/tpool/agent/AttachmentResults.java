// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What came of attachments, where those who attached find it: in a system property. Each attachment has a ticket of
 * its own, because two may be under way at the same time; the property holds the last few.
 *
 * @since 1.0
 */
public final class AttachmentResults {
    private static final String PROPERTY = "io.tpool.agent.attached";
    private static final char MARK = '@';
    private static final char END = '\f';
    private static final int KEPT = 8;

    private final Deque<String> kept = new ArrayDeque<>();

    AttachmentResults() {
    }

    /**
     * Puts a ticket before the agent's argument.
     *
     * @param ticket of this attachment, letters and digits
     * @param settings as typed, may be null
     * @return what the agent is to get
     */
    public static String withTicket(String ticket, String settings) {
        return MARK + ticket + (settings == null ? "" : "," + settings);
    }

    /**
     * Finds the result of an attachment.
     *
     * @param properties of the JVM
     * @param ticket of the attachment
     * @return its lines as {@link AttachmentReport} writes them; null if the agent has not got so far
     */
    public static String find(java.util.Properties properties, String ticket) {
        for (String each : properties.getProperty(PROPERTY, "").split(String.valueOf(END))) {
            if (each.startsWith(ticket + "\n")) {
                return each.substring(ticket.length() + 1);
            }
        }
        return null;
    }

    static String ticket(String argument) {
        if (argument == null || argument.isEmpty() || argument.charAt(0) != MARK) {
            return null;
        }
        int end = argument.indexOf(',');
        return argument.substring(1, end < 0 ? argument.length() : end);
    }

    static String withoutTicket(String argument) {
        if (ticket(argument) == null) {
            return argument;
        }
        int end = argument.indexOf(',');
        return end < 0 ? null : argument.substring(end + 1);
    }

    void publish(String ticket, String result) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(ticket + "\n" + result);
        System.setProperty(PROPERTY, String.join(String.valueOf(END), kept));
    }
}
