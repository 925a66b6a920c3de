package io.plumtree.engine;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.options.EngineOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/** Runs the engine on a thread of its own. However that thread ends, the node ends with it. */
final class EngineLoop {
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");
    /** How long closing may take beyond {@link EngineOptions#closeTimeoutNs()} before the thread is interrupted. */
    private static final long CLOSE_GRACE_NS = TimeUnit.SECONDS.toNanos(5);
    /** How long the thread may take for what follows the closing. */
    private static final long LAST_WORDS_MS = 100;
    private static final long START_CHECK_MS = 10;
    private static final int START_CHECKS = 500;

    private final CountDownLatch started = new CountDownLatch(1);
    private final EngineAgent agent;
    private final AgentRunner runner;
    private final long closeTimeoutNs;
    private volatile Thread thread;

    EngineLoop(final EngineAgent agent, final IdleStrategy idleStrategy, final long closeTimeoutNs) {
        this.agent = agent;
        this.runner = new AgentRunner(idleStrategy, agent::onLoopError, null, agent);
        this.closeTimeoutNs = closeTimeoutNs + CLOSE_GRACE_NS;
    }

    /** Starts the thread, and waits until the engine is on it, or for a time if that does not come. */
    void start(final ThreadFactory factory, final String name) {
        final Thread newThread = factory.newThread(this::run);
        if (newThread == null) {
            throw new PlumtreeException(Category.CONFIGURATION, "the thread factory has made no thread");
        }
        newThread.setName(name);
        thread = newThread;
        newThread.start();
        try {
            for (int i = 0; i < START_CHECKS && !started.await(START_CHECK_MS, TimeUnit.MILLISECONDS); i++) {
                if (!newThread.isAlive() && started.getCount() > 0) {
                    throw new PlumtreeException(Category.CONFIGURATION, "the thread factory's thread '" +
                        newThread.getName() + "' has ended without running the node");
                }
            }
        } catch (final InterruptedException ex) {
            // The engine is on its way.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        started.countDown();
        Throwable error = null;
        try {
            runner.run();
        } catch (final Throwable ex) {
            // Told to whom it may concern, and to nobody twice.
            error = ex;
        } finally {
            agent.onThreadEnd(error);
        }
    }

    /**
     * Ends the engine, and waits for that; not for its thread, which may be about to end the process, whose end may be
     * what closes the node.
     */
    void close() {
        final Thread running = thread;
        agent.terminate();
        if (running == null || !running.isAlive() || started.getCount() > 0) {
            // What has never run has nobody else to close it.
            runner.close();
            agent.onClose();
        }
        boolean isInterrupted = false;
        boolean isClosed = false;
        for (int attempt = 0; !isClosed && !(isInterrupted && attempt > 1); attempt++) {
            if (attempt > 0) {
                LOGGER.log(Level.WARNING, "{0} does not end: interrupting it", agent.roleName());
                if (running != null) {
                    running.interrupt();
                }
            }
            try {
                isClosed = agent.awaitClosed(closeTimeoutNs);
            } catch (final InterruptedException ex) {
                isInterrupted = true;
            }
        }
        try {
            if (!isInterrupted && running != null && running != Thread.currentThread()) {
                running.join(LAST_WORDS_MS);
            }
        } catch (final InterruptedException ex) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
