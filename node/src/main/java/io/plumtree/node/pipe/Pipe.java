package io.plumtree.node.pipe;

import io.plumtree.api.Durations;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.node.output.Reasons;
import io.plumtree.node.output.StandardOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** A node whose standard input and output are joined to topics. */
public final class Pipe implements AutoCloseable {
    private static final int OUTPUT_BUFFER_LENGTH = 256 * 1024;
    private static final long ASK_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PRINTER_TIMEOUT_MS = 5_000;
    /** More than a publisher runs ahead, so that order costs patience and not messages. */
    private static final String HOLDBACK_MESSAGES = "32768";
    private static final String HOLDBACK_TIMEOUT = "5s";

    private final PipeOptions options;
    private final Consumer<String> log;
    private final long self;
    private final Confirmations confirmations = new Confirmations();
    private final Others others;
    private final Inbox inbox = new Inbox();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[Control.LENGTH]);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long startNs = System.nanoTime();
    private final PubSub pubsub = new PubSub();
    private final PlumtreeNode node;
    private final LinePrinter printer;
    private final Thread printerThread;
    /** The node, once it is launched; what arrives before cannot be for it. */
    private volatile PlumtreeNode running;
    /** Its incarnation at the launch, which is raised where others know a later one: both are this run. */
    private volatile long firstIncarnation;
    private volatile LinePublisher publisher;
    private volatile boolean isOutputWhole = true;
    /** What has ended the node; null as long as it runs, and if it was closed. */
    private volatile Throwable end;
    private boolean isClosing;

    private Pipe(final PipeOptions options, final OutputStream out, final Consumer<String> log) {
        this.options = options;
        this.log = log;
        self = NodeId.of(options.name()).value();
        others = new Others(
            options.contacts().isEmpty() ? options.members().stream().map(Member::id).toList() : null, confirmations);
        for (final String topic : options.subscribe()) {
            pubsub.subscribe(topic, DeliveryOrder.ORIGIN, this::onLine, this::onGap);
        }
        pubsub.subscribe(Control.TOPIC, DeliveryOrder.ORIGIN, this::onControl, null);
        node = PlumtreeNode.launch(context());
        firstIncarnation = node.incarnation();
        running = node;
        printer = new LinePrinter(
            inbox, new BufferedOutputStream(out, OUTPUT_BUFFER_LENGTH), pubsub.publisher(Control.TOPIC),
            this::isReady, this::logGap, this::onOutputFailure);
        printerThread = new Thread(printer, "plumtree-printer");
        // A write that nobody takes must not keep the JVM from ending.
        printerThread.setDaemon(true);
    }

    /**
     * Starts a node; what arrives is printed from now on.
     *
     * @param options what it does.
     * @param out     where lines are printed.
     * @param log     gets what is to be said besides.
     * @return the node, running.
     * @throws io.plumtree.api.PlumtreeException if it can't be started.
     */
    public static Pipe launch(final PipeOptions options, final OutputStream out, final Consumer<String> log) {
        final Pipe pipe = new Pipe(options, out, log);
        pipe.printerThread.start();
        return pipe;
    }

    private NodeContext context() {
        final NodeContext context = new NodeContext()
            .name(options.name())
            .bind(options.bind())
            .cluster(options.cluster())
            .members(options.members())
            .peerListener(others)
            .terminationListener(this::onTerminated)
            .handler(PubSub.NAME, pubsub)
            .option("handler.pubsub.holdback.messages", HOLDBACK_MESSAGES)
            .option("handler.pubsub.holdback.timeout", HOLDBACK_TIMEOUT);
        if (!options.contacts().isEmpty()) {
            context.membership().kind(MembershipKind.HYPARVIEW).contacts(options.contacts());
        }
        options.plugins().forEach(context.plugins()::pluginDirectory);
        return context.properties(options.options());
    }

    /**
     * Who and where this node is.
     *
     * @return the node as others name it.
     */
    public Member self() {
        return node.self();
    }

    /**
     * Publishes a stream's lines, once the members are there, and waits until they have them.
     *
     * @param in the stream.
     * @return true if all lines were published and everybody who takes part has confirmed them.
     * @throws IOException if the stream can't be read.
     */
    public boolean publish(final InputStream in) throws IOException {
        final Questions questions = new Questions(
            pubsub.publisher(Control.TOPIC), confirmations, options.linger(), log, this::isStopped);
        publisher = new LinePublisher(
            pubsub.publisher(options.publish()), questions, options.isSkipping(), log, this::isStopped);
        awaitPeers(questions);
        final boolean isWhole = publisher.publish(in);
        questions.await(questions.ask(Control.ASK_RECEIVED));
        serveOthers();
        final boolean isLost = options.waitPeers() > 0 && publisher.published() > 0 && !others.isAnyReached();
        if (isLost) {
            log.accept("no other member was ever reached: nobody has what was published");
        }
        if (!options.isQuiet()) {
            log.accept("published " + publisher.published() + (publisher.published() == 1 ? " line" : " lines")
                + (publisher.skipped() == 0 ? "" : ", left out " + publisher.skipped())
                + "; confirmed by " + confirmations.count() + " of " + others.description());
        }
        return isWhole && !isLost && !isStopped() && !questions.hasGivenUp();
    }

    /**
     * Asks once a second rather than once: a member may subscribe, or find its peers, only after it could be reached.
     */
    private void awaitPeers(final Questions questions) {
        final IdleStrategy idle = Control.idleStrategy();
        long askedNs = System.nanoTime() - ASK_PERIOD_NS;
        while (confirmations.count() < options.waitPeers() && !isStopped()) {
            final long nowNs = System.nanoTime();
            if (nowNs - startNs > options.waitTime().toNanos()) {
                final List<NodeId> missing = others.silent();
                log.accept("going on without " + (missing.isEmpty() ? "others" : missing) + ": not ready after "
                    + Durations.format(options.waitTime().toNanos()));
                return;
            }
            if (nowNs - askedNs >= ASK_PERIOD_NS && others.reachable() >= options.waitPeers()) {
                questions.ask(Control.ASK_READY);
                askedNs = nowNs;
            }
            idle.idle();
        }
    }

    /** A member that can be reached but never confirms (it may be no command line) is given time instead. */
    private void serveOthers() {
        final IdleStrategy idle = Control.idleStrategy();
        final long sinceNs = System.nanoTime();
        while (!isStopped() && System.nanoTime() - sinceNs < options.linger().toNanos() && others.isAnySilent()) {
            idle.idle();
        }
    }

    /**
     * Waits until {@link #stop()}, or until nobody reads the output any more, or the node has ended of itself.
     *
     * @return false if the node has ended of itself.
     * @throws InterruptedException if the thread is interrupted.
     */
    public boolean awaitStop() throws InterruptedException {
        stopped.await();
        if (end == null) {
            return true;
        }
        // Why, the engine's log has said.
        log.accept("the node has ended, and nobody had asked for it");
        return false;
    }

    /** On the engine's thread. */
    private void onTerminated(final Throwable cause) {
        end = cause;
        if (cause != null) {
            stop();
        }
    }

    /** Has {@link #publish} and {@link #awaitStop()} return soon. Any thread. */
    public void stop() {
        stopped.countDown();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0 || node.isClosed();
    }

    /** A node whose members don't all come answers in the end, too. */
    private boolean isReady() {
        return others.hasFoundPeers() || System.nanoTime() - startNs > options.waitTime().toNanos();
    }

    private void onLine(
        final long origin,
        final long originIncarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        inbox.put(Inbox.LINE, buffer, offset, length);
    }

    private void onGap(
        final long origin, final long originIncarnation, final long fromSequence, final long toSequence) {
        Inbox.encodeGap(record, origin, fromSequence, toSequence);
        inbox.put(Inbox.GAP, record, 0, Inbox.GAP_LENGTH);
    }

    /** On the printer's thread. That nobody reads the output any more is how a pipeline ends. */
    private void onOutputFailure(final IOException failure) {
        if (!Reasons.isBrokenPipe(failure)) {
            isOutputWhole = false;
            log.accept(StandardOutput.message(failure));
        }
        stop();
    }

    /** On the printer's thread. */
    private void logGap(final long origin, final long fromSequence, final long toSequence) {
        log.accept(toSequence - fromSequence + 1 + " messages of " + others.name(origin) + " did not arrive here ("
            + fromSequence + " to " + toSequence + " of what it published)");
    }

    private void onControl(
        final long origin,
        final long originIncarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        if (length != Control.LENGTH || origin == self) {
            return;
        }
        final long kind = Control.kind(buffer, offset);
        final long number = Control.number(buffer, offset);
        if (kind == Control.CONFIRM) {
            if (Control.origin(buffer, offset) == self && isOfThisRun(Control.incarnation(buffer, offset))) {
                confirmations.onConfirm(origin, number);
            }
        } else if (kind == Control.ASK_RECEIVED || kind == Control.ASK_READY) {
            Control.encode(record, kind, origin, originIncarnation, number);
            inbox.put(Inbox.QUESTION, record, 0, Control.LENGTH);
        }
    }

    private boolean isOfThisRun(final long incarnation) {
        final PlumtreeNode launched = running;
        return launched != null && incarnation >= firstIncarnation && incarnation <= launched.incarnation();
    }

    /**
     * Whether all that arrived has been written, unless nobody wanted to read it any more. After {@link #close()}.
     *
     * @return false if lines were dropped, or the output could not be written to.
     */
    public boolean isOutputWhole() {
        return isOutputWhole && inbox.dropped() == 0;
    }

    /**
     * How many lines have been published. Any thread.
     *
     * @return their number.
     */
    public long published() {
        final LinePublisher begun = publisher;
        return begun == null ? 0 : begun.published();
    }

    /** Closes the node and prints what has arrived. Any thread; a second call waits for the first. */
    @Override
    public void close() {
        final boolean isFirst;
        synchronized (this) {
            isFirst = !isClosing;
            isClosing = true;
        }
        try {
            if (isFirst) {
                stop();
                node.close();
                printer.close();
                printerThread.join(PRINTER_TIMEOUT_MS);
                if (printerThread.isAlive()) {
                    isOutputWhole = false;
                    log.accept("nobody read the output for "
                        + Durations.format(TimeUnit.MILLISECONDS.toNanos(PRINTER_TIMEOUT_MS))
                        + " after the node had closed; what was left of it is lost");
                }
                if (inbox.dropped() > 0) {
                    log.accept(inbox.dropped() + " lines dropped: the output was not read in time");
                }
                closed.countDown();
            } else {
                closed.await();
            }
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
