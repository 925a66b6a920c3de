package io.plumtree.simulator.cluster;

import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.concurrent.TimeUnit;

/** What holds for all nodes and links of a cluster; set before it is made, but for the rates of faults. */
public final class NetworkSettings {
    /** The protocol's options of a node. */
    public PlumtreeOptions protocol = new PlumtreeOptions();
    /** Time between a node's lazy ticks. */
    public long lazyTickPeriodNs = TimeUnit.MILLISECONDS.toNanos(20);
    /** Time between a node's exchanges with a random peer; 0 for none but those that the protocol asks for. */
    public long exchangePeriodNs = TimeUnit.SECONDS.toNanos(10);
    /** Longest time until a lost peer is noticed; the shortest is half of it. */
    public long detectionNs = TimeUnit.MILLISECONDS.toNanos(800);
    /** Most by which a frame is late. */
    public long jitterNs;
    /** Whether frames may overtake others of their link. */
    public boolean isReordering;
    /** Share of frames that are lost. */
    public double loss;
    /** Share of frames that arrive twice. */
    public double duplication;
    /** Bytes a second and link; 0 for no limit. */
    public long bandwidth;
    /** Bytes that may wait on a link whose bandwidth is limited. */
    public int window = 128 * 1024;
    /** Length of each payload. */
    public int payloadLength = 64;

    /** The defaults: a network without faults. */
    public NetworkSettings() {
    }
}
