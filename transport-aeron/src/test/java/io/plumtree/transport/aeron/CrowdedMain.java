package io.plumtree.transport.aeron;

import io.plumtree.api.transport.Link;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Nodes that are launched at once, each on a thread of its own until it is there, and send to each other; then another
 * takes what room is left, and they open more links. Tells for each where it ended, or an error.
 */
final class CrowdedMain {
    private static final int CHANNEL = 3;
    private static final int BLOCK_LENGTH = 64 * 1024;

    private CrowdedMain() {
    }

    public static void main(final String[] args) throws Exception {
        final int count = Integer.parseInt(args[0]);
        final TestNode[] nodes = launch(count);
        exchange("first", nodes, 0, 1);
        fill(Path.of("/dev/shm/filled-by-another"));
        for (final TestNode node : nodes) {
            node.transport.listen(CHANNEL);
        }
        exchange("second", nodes, CHANNEL, 1);
        for (final TestNode node : nodes) {
            final long rebuilds = node.counter(TransportCounter.REBUILDS);
            System.out.println("node moved " + rebuilds + " errors " + node.errors);
            node.close();
        }
        System.out.println("left " + Directories.ofThisProcess());
    }

    private static TestNode[] launch(final int count) throws Exception {
        final CyclicBarrier barrier = new CyclicBarrier(count);
        final ExecutorService threads = Executors.newFixedThreadPool(count);
        final List<Future<TestNode>> launched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            launched.add(threads.submit(() -> {
                barrier.await();
                return TestNode.launch();
            }));
        }
        final TestNode[] nodes = new TestNode[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = launched.get(i).get();
        }
        threads.shutdown();
        return nodes;
    }

    /** Everybody sends to everybody until something of each has arrived everywhere. */
    private static void exchange(final String what, final TestNode[] nodes, final int channel, final int times) {
        final List<Link> links = new ArrayList<>();
        final List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < nodes.length; from++) {
            for (int to = 0; to < nodes.length; to++) {
                if (from != to) {
                    links.add(nodes[from].connect(nodes[to], channel));
                    frames.add(new byte[] {(byte) channel, (byte) from});
                }
            }
        }
        for (int i = 0; i < times; i++) {
            TestNode.await(what, () -> {
                for (int link = 0; link < links.size(); link++) {
                    TestNode.send(links.get(link), frames.get(link));
                }
                return haveAll(nodes, channel);
            }, nodes);
        }
    }

    private static boolean haveAll(final TestNode[] nodes, final int channel) {
        for (final TestNode node : nodes) {
            final long senders = node.received.stream()
                .filter(frame -> frame[0] == channel).map(frame -> frame[1]).distinct().count();
            if (senders < nodes.length - 1) {
                return false;
            }
        }
        return true;
    }

    /** Until nothing more fits. */
    private static void fill(final Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[BLOCK_LENGTH]);
            }
        } catch (final IOException ex) {
            System.out.println("filled: " + ex.getMessage());
        }
    }
}
