// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The terminal as a whole screen, until {@link #close}. Keys come one by one and are not shown. Its size is asked for
 * with the cursor position report, so that a changed size needs no signal.
 *
 * <p>A library would do this on more systems than those with {@code stty}; it would also double the agent's jar, of
 * which the JVM reads every entry's name at each start of the application.
 */
final class Terminal implements AutoCloseable {
    /** What {@link #key} returns where no key was pressed. */
    static final int NONE = 0;
    /** What {@link #key} returns where there are no keys any more. */
    static final int END = -1;

    private static final File DEVICE = new File("/dev/tty");
    private static final String ESCAPE = "\u001b[";
    private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l";
    private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String ASK_SIZE = ESCAPE + "9999;9999H" + ESCAPE + "6n";

    private final PrintStream out;
    private final String settings;
    private final Thread onExit = new Thread(this::restore, "tpool-terminal");
    private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private volatile Size size = new Size(80, 24);
    private boolean restored;

    /** Columns and rows. */
    record Size(int columns, int rows) {
    }

    private Terminal(PrintStream out, String settings) {
        this.out = out;
        this.settings = settings;
    }

    /**
     * Takes the terminal over.
     *
     * @return null if standard output is none, or if it cannot be set up here
     */
    static Terminal open(PrintStream out) {
        if (out != System.out || !AnsiStyle.isTerminal() || "dumb".equals(System.getenv("TERM"))) {
            return null;
        }
        try {
            String settings = stty("-g");
            stty("-icanon", "-echo", "min", "1");
            Terminal terminal = new Terminal(out, settings);
            Runtime.getRuntime().addShutdownHook(terminal.onExit);
            terminal.start(new FileInputStream(DEVICE));
            return terminal;
        } catch (IOException e) {
            return null;
        }
    }

    /** How many columns a line on standard output may have; unlimited where it is no terminal. */
    static int columns(PrintStream out) {
        if (out != System.out || !AnsiStyle.isTerminal()) {
            return Integer.MAX_VALUE;
        }
        try {
            int columns = Integer.parseInt(stty("size").replaceFirst(".* ", ""));
            return columns > 0 ? columns : Integer.MAX_VALUE;
        } catch (IOException | NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static String stty(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process =
            new ProcessBuilder(command).redirectInput(DEVICE).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (process.waitFor() != 0) {
                throw new IOException("stty: exit status " + process.exitValue());
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IOException("stty: interrupted", e);
        }
    }

    private void start(InputStream input) {
        Thread reader = new Thread(() -> read(input), "tpool-keys");
        reader.setDaemon(true);
        reader.start();
        out.print(ENTER + ASK_SIZE);
        out.flush();
    }

    private void read(InputStream input) {
        try (input) {
            for (int key = input.read(); key >= 0; key = input.read()) {
                if (key == ESCAPE.charAt(0)) {
                    readSequence(input);
                } else {
                    keys.add(key);
                }
            }
        } catch (IOException e) {
            // As good as its end.
            keys.add(END);
            return;
        }
        keys.add(END);
    }

    /** {@code ESC [ ROWS ; COLUMNS R}; any other key that sends a sequence means nothing here. */
    private void readSequence(InputStream input) throws IOException {
        StringBuilder body = new StringBuilder();
        if (input.read() != '[') {
            return;
        }
        int c = input.read();
        for (; c == ';' || c >= '0' && c <= '9'; c = input.read()) {
            body.append((char) c);
        }
        int split = body.indexOf(";");
        if (c == 'R' && split > 0 && split < body.length() - 1 && body.length() < 12) {
            Size now = new Size(Integer.parseInt(body.substring(split + 1)),
                Integer.parseInt(body.substring(0, split)));
            if (!now.equals(size)) {
                size = now;
                keys.add(NONE);
            }
        }
    }

    Size size() {
        return size;
    }

    /** Waits for a key so long: {@link #NONE} if none was pressed, or the size has changed. */
    int key(long millis) {
        try {
            Integer key = keys.poll(millis, TimeUnit.MILLISECONDS);
            return key == null ? NONE : key;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    /** Shows these lines and nothing else; none may be longer than the screen is wide. */
    void show(List<String> lines) {
        StringBuilder screen = new StringBuilder(ESCAPE + "H");
        for (int i = 0; i < lines.size(); i++) {
            screen.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(ESCAPE).append('K');
        }
        out.print(screen.append(ESCAPE).append('J').append(ASK_SIZE));
        out.flush();
    }

    @Override
    public void close() {
        restore();
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        out.print(LEAVE);
        out.flush();
        try {
            stty(settings);
        } catch (IOException e) {
            // The terminal is gone.
            return;
        }
    }
}
