package io.plumtree.benchmarks.rig;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.agrona.concurrent.IdleStrategy;

/** The threads on which nodes run: one for all, or one for each. The load generator has its turn on the root's. */
final class Loops implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Thread> threads = new ArrayList<>();
    private final Nodes nodes;
    private final LoadGenerator generator;
    private final AtomicIntegerArray stopped;
    private volatile boolean isRunning = true;
    private volatile Throwable failure;

    Loops(
        final Nodes nodes,
        final LoadGenerator generator,
        final boolean isThreadPerNode,
        final Supplier<IdleStrategy> idleStrategies) {
        this.nodes = nodes;
        this.generator = generator;
        this.stopped = new AtomicIntegerArray(nodes.count());
        if (isThreadPerNode) {
            IntStream.range(0, nodes.count()).forEach(node -> add(node, node + 1, idleStrategies.get()));
        } else {
            add(0, nodes.count(), idleStrategies.get());
        }
        threads.forEach(Thread::start);
    }

    private void add(final int from, final int to, final IdleStrategy idle) {
        final Thread thread = new Thread(() -> run(from, to, idle), nodes.kind().label() + '-' + from);
        thread.setDaemon(true);
        threads.add(thread);
    }

    private void run(final int from, final int to, final IdleStrategy idle) {
        try {
            while (isRunning) {
                int workCount = from == 0 ? generator.doWork() : 0;
                for (int node = from; node < to; node++) {
                    if (stopped.getOpaque(node) == 0) {
                        workCount += nodes.doWork(node);
                    }
                }
                idle.idle(workCount);
            }
        } catch (final Throwable ex) {
            failure = ex;
        }
    }

    /** A node has no more duty cycles but the one it may be in, as if its process had been stopped. */
    void stop(final int node) {
        stopped.setRelease(node, 1);
    }

    /** Bytes that the threads have allocated. */
    long allocatedBytes() {
        return threads.stream().mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getId())).sum();
    }

    /** Processor time that they have taken, in nanoseconds. */
    long processorNs() {
        return threads.stream().mapToLong(thread -> THREADS.getThreadCpuTime(thread.getId())).sum();
    }

    /** Throws what has ended one of them, if anything has. */
    void check() {
        if (failure != null) {
            throw new IllegalStateException("a node's thread has failed: " + failure, failure);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        isRunning = false;
        boolean interrupted = false;
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
