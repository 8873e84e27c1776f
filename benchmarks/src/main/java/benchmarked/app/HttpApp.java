// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Caller;
import benchmarked.crowd.Durations;
import benchmarked.crowd.Way;
import benchmarked.work.Database;
import benchmarked.work.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A web server, Jetty on virtual threads, that writes a row to SQLite for each request. Its clients are platform
 * threads of the same process, whose CPU time is subtracted.
 *
 * @since 1.0
 */
public final class HttpApp {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> CLIENTS = List.of(HttpClients.NAME);

    private HttpApp() {
    }

    /**
     * Runs it.
     *
     * @param args way, clients, size of the pool, milliseconds between a client's requests, milliseconds to warm up,
     *     milliseconds to measure, the database
     * @throws Exception if the server does not start or a request fails
     */
    public static void main(String[] args) throws Exception {
        Caller caller = Way.valueOf(args[0]).caller(Integer.parseInt(args[2]));
        int port = serve(new Notes(caller, Database.insert(Path.of(args[6]))));
        Durations durations = new Durations();
        HttpClients clients = new HttpClients(port, Integer.parseInt(args[1]), Integer.parseInt(args[3]), durations);
        clients.start();
        Thread.sleep(Long.parseLong(args[4]));
        durations.reset();
        long requests = clients.answered();
        ProcessFigures before = ProcessFigures.now();
        long ofClients = ProcessFigures.nanosOf(CLIENTS);
        long begin = System.nanoTime();
        Thread.sleep(Long.parseLong(args[5]));
        long nanos = System.nanoTime() - begin;
        ProcessFigures spent = ProcessFigures.now().minus(before);
        long cpu = spent.cpuNanos() - (ProcessFigures.nanosOf(CLIENTS) - ofClients);
        requests = Math.max(1, clients.answered() - requests);
        Print.result("cpu", (double) cpu / requests);
        Print.result("nanos", durations.percentile(0.5));
        Print.result("p99", durations.percentile(0.99));
        Print.result("rate", requests * NANOS_PER_SECOND / nanos);
        Print.result("guard", (double) spent.guardNanos() / nanos);
        Print.result("switches", (double) spent.switches() / requests);
        Runtime.getRuntime().halt(0);
    }

    private static int serve(Handler handler) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return connector.getLocalPort();
    }

    /** One connection to the database, as SQLite has one writer: requests wait for it, unmounted. */
    private static final class Notes extends Handler.Abstract {
        private final Caller caller;
        private final BlockingQueue<Work> connection = new ArrayBlockingQueue<>(1);

        Notes(Caller caller, Work insert) {
            this.caller = caller;
            connection.add(insert);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Work insert = connection.take();
            try {
                caller.call(insert);
            } finally {
                connection.add(insert);
            }
            Content.Sink.write(response, true, Thread.currentThread().isVirtual() ? "virtual" : "platform", callback);
            return true;
        }
    }
}
