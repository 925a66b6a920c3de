package io.plumtree.transport.aeron;

import io.plumtree.api.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two nodes, and a third on a shared driver, while the wall clock of their process is set: by so many seconds as are
 * written into a file. Tells what it saw of the clock, and what became of the links.
 */
final class WallClockMain {
    private static final long[] STEPS_S = {5, 86_400, 400L * 86_400, -5, -400L * 86_400, -800L * 86_400, 0};
    private static final long LONGER_THAN_ANY_TIMEOUT_MS = 1_500;

    private WallClockMain() {
    }

    public static void main(final String[] args) throws IOException {
        final Path offset = Path.of(args[0]);
        final AeronTransportOptions options = new AeronTransportOptions().closeTimeoutNs(0);
        try (SharedDriver driver = SharedDriver.launch(new AeronTransportOptions(), Throwable::printStackTrace);
            TestNode one = TestNode.launch("localhost:0", options);
            TestNode two = TestNode.launch("localhost:0", options);
            TestNode three =
                TestNode.launch("localhost:0", new AeronTransportOptions().directory(driver.directory()))) {
            final Link[] links =
                {one.connect(two), two.connect(one), one.connect(three), three.connect(one), three.connect(two)};
            TestNode.await("connected", () -> areConnected(links), one, two, three);
            int drops = 0;
            for (final long stepS : STEPS_S) {
                final long beforeMs = System.currentTimeMillis();
                Files.write(offset, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder())
                    .putLong(0, stepS).array());
                System.out.println("set by " + (System.currentTimeMillis() - beforeMs) / 1_000);
                final long endNs = System.nanoTime() + LONGER_THAN_ANY_TIMEOUT_MS * 1_000_000;
                while (System.nanoTime() - endNs < 0) {
                    one.cycle();
                    two.cycle();
                    three.cycle();
                    drops += areConnected(links) ? 0 : 1;
                }
            }
            for (final TestNode node : new TestNode[] {one, two, three}) {
                // A stall of the machine is not the clock's doing.
                System.out.println("rebuilds " + node.counter(TransportCounter.REBUILDS));
                drops = node.counter(TransportCounter.STALLS) > 0 ? 0 : drops;
            }
            System.out.println("drops " + drops);
        }
    }

    private static boolean areConnected(final Link[] links) {
        for (final Link link : links) {
            if (!link.isConnected()) {
                return false;
            }
        }
        return true;
    }
}
