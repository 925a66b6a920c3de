package io.plumtree.node.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A worker, as its parent sees it: requests go to its standard input, a line each, and answers come from its standard
 * output, a line of JSON each. It ends when its input does, so that none outlives the parent.
 */
final class WorkerProcess {
    private static final long END_TIMEOUT_MS = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final WorkerLog log;
    private final Thread errors;
    private final AtomicLong lastId = new AtomicLong(WorkerReply.READY);
    private final Map<Long, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> end = new CompletableFuture<>();
    /** The last line that was no part of a stack trace: why it ended, if it did. */
    private volatile String lastWords = "";
    private volatile boolean isEndExpected;
    /** Lets it go on when its own input ends; null if it was never stopped. */
    private Process guard;

    /**
     * Starts a worker.
     *
     * @param settings what it is to do.
     * @param command  the words of its command line.
     * @param log      gets what it says on its standard error, line by line.
     * @throws IOException if it can't be started.
     */
    WorkerProcess(final WorkerSettings settings, final List<String> command, final WorkerLog log) throws IOException {
        this.name = settings.name();
        this.log = log;
        pending.put(WorkerReply.READY, ready);
        pending.put(WorkerReply.END, end);
        process = new ProcessBuilder(command).start();
        errors = daemon(name + "-err", this::readErrors);
        daemon(name + "-out", this::readReplies);
        send(JSON.writeValueAsString(settings));
    }

    private static Thread daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** To a worker that is gone already: its end says so. */
    private void send(final String line) {
        try {
            final OutputStream out = process.getOutputStream();
            synchronized (out) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (final IOException ex) {
            process.destroy();
        }
    }

    /** Processor time that it has used, in nanoseconds; 0 where that can't be seen. */
    long processorNs() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** Its process's number. */
    long pid() {
        return process.pid();
    }

    /** Its node's name. */
    String name() {
        return name;
    }

    /** Completed when its node has been launched; fails if it never will be. */
    CompletableFuture<JsonNode> ready() {
        return ready;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Asks for something.
     *
     * @param request a word of {@link WorkerRequests} and what belongs to it.
     * @return the answer; fails when the worker says so, or is gone.
     */
    CompletableFuture<JsonNode> request(final String request) {
        final long id = lastId.incrementAndGet();
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        send(id + " " + request);
        if (!process.isAlive()) {
            failPending();
        }
        return answer;
    }

    /** As {@link #request(String)}, with the answer as an object. */
    <T> CompletableFuture<T> request(final String request, final TypeReference<T> type) {
        return request(request).thenApply(body -> JSON.convertValue(body, type));
    }

    /** Ends it the hard way (SIGKILL). */
    void destroy() {
        isEndExpected = true;
        process.destroyForcibly();
    }

    /** Ends it the hard way and waits until it is gone. */
    void kill() throws InterruptedException {
        isEndExpected = true;
        process.destroyForcibly().waitFor();
    }

    /**
     * Tells it to end (SIGTERM).
     *
     * @return how many messages it has published, once it has ended; fails if it did not end by itself.
     */
    CompletableFuture<JsonNode> terminate() {
        isEndExpected = true;
        // By its handle: the process object would close the stream from which its last line is to come.
        process.toHandle().destroy();
        return end;
    }

    /**
     * Stops it (SIGSTOP) until {@link #resume()}, or until this process is gone: a worker that is stopped does not see
     * its input end.
     *
     * @throws IOException if that can't be done here.
     */
    void suspend() throws IOException {
        guard = Signals.stop(process.pid());
    }

    /** Lets it go on (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        guard.getOutputStream().close();
        guard.waitFor();
    }

    /** Has it end on its own. */
    void endInput() {
        isEndExpected = true;
        try {
            process.getOutputStream().close();
        } catch (final IOException ex) {
            // It is gone already, which is what was to be achieved.
            process.destroy();
        }
    }

    /** Waits until it has ended; kills it if that takes too long, and returns false. */
    boolean awaitEnd(final long timeoutNs) throws InterruptedException {
        if (process.waitFor(timeoutNs, TimeUnit.NANOSECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    private void readReplies() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                onLine(line);
            }
        } catch (final IOException ex) {
            logUnlessGone(ex);
        } finally {
            failPending();
        }
    }

    private void onLine(final String line) throws IOException {
        if (!line.startsWith("{")) {
            note(line);
            return;
        }
        final WorkerReply reply = JSON.readValue(line, WorkerReply.class);
        final CompletableFuture<JsonNode> answer = pending.remove(reply.id());
        if (answer == null) {
            return;
        }
        if (reply.error() == null) {
            answer.complete(reply.body());
        } else {
            answer.completeExceptionally(new IOException(name + ": " + reply.error()));
        }
    }

    private void readErrors() {
        try (BufferedReader in = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                note(line);
            }
        } catch (final IOException ex) {
            logUnlessGone(ex);
        }
    }

    /** A process that was killed takes its streams with it. */
    private void logUnlessGone(final IOException ex) {
        if (process.isAlive()) {
            note(ex.getMessage());
        }
    }

    private void note(final String line) {
        if (!WorkerLog.isTrace(line)) {
            lastWords = line;
        }
        log.accept(name, line);
    }

    private void failPending() {
        if (pending.isEmpty()) {
            return;
        }
        final String cause = howItEnded();
        for (final Long id : pending.keySet()) {
            final CompletableFuture<JsonNode> answer = pending.remove(id);
            if (answer != null) {
                answer.completeExceptionally(new IOException(cause));
            }
        }
    }

    /** Waits for a moment for its status, and for what it has to say. */
    private String howItEnded() {
        try {
            errors.join(END_TIMEOUT_MS);
            if (!process.waitFor(END_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                return name + " has closed its output";
            }
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
            return name + " is gone";
        }
        final int status = process.exitValue();
        return name + " ended with status " + status + (isEndExpected || lastWords.isEmpty() ? "" : ": "
            + lastWords.replaceFirst("^plumtree: ", ""));
    }
}
