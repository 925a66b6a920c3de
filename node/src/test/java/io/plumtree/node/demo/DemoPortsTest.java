package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.LoopbackPorts;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoPortsTest {
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private DatagramSocket intruder;
    private int attempts;

    private int start(final List<Integer> ports) throws Exception {
        attempts++;
        if (intruder == null) {
            intruder = new DatagramSocket(null);
            intruder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(1)));
        }
        final DemoOptions options = new DemoOptions(
            new DemoOptions.Topology(2, false), 20, new DemoOptions.Load(1, 100, 64, false), DemoOptions.Faults.NONE,
            Map.of());
        try (DemoCluster cluster = new DemoCluster(
            options, ports, new WorkerLog(false, said::add), said::add)) {
            cluster.start(cluster.names());
            return cluster.statuses().size();
        }
    }

    @Test
    void shouldStartOnOtherPortsWhenAnotherProgramHasTakenOne() throws Exception {
        assertEquals(2, LoopbackPorts.start(2, this::start));
        assertEquals(2, attempts);
        assertTrue(said.stream().anyMatch(line -> line.contains("127.0.0.1:" + intruder.getLocalPort())),
            said::toString);
        intruder.close();
    }
}
