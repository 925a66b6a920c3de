package io.plumtree.simulator.cluster;

import io.plumtree.protocol.ControlMessage;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Carries frames over links: late, lost, twice, out of order, in a queue. */
final class Network {
    /** The event of a frame's arrival: the receiver, and the frame's number. */
    static final byte ARRIVAL = 0;

    private final NetworkSettings settings;
    private final EventQueue events;
    private final SplittableRandom random;
    private final ClusterObserver observer;
    private Frame[] frames = new Frame[256];
    private int[] freeFrames = new int[256];
    private int frameCount;
    private int freeCount;

    Network(
        final NetworkSettings settings,
        final EventQueue events,
        final SplittableRandom random,
        final ClusterObserver observer) {
        this.settings = settings;
        this.events = events;
        this.random = random;
        this.observer = observer;
    }

    int gossipLength() {
        return FrameSizes.gossip(Long.BYTES, settings.payloadLength);
    }

    /** Bytes that wait on a link for their turn. */
    long waiting(final DirectedLink link) {
        return settings.bandwidth == 0 ? 0
            : Math.max(0, link.freeNs - events.timeNs()) / 1_000 * settings.bandwidth / 1_000_000;
    }

    Frame frame(final int index) {
        return frames[index];
    }

    /** An empty frame; of payload if there is no type. */
    Frame frame(final DirectedLink link, final ControlMessage type) {
        final Frame frame;
        if (freeCount > 0) {
            frame = frames[freeFrames[--freeCount]];
        } else {
            if (frameCount == frames.length) {
                frames = Arrays.copyOf(frames, frameCount * 2);
                freeFrames = Arrays.copyOf(freeFrames, frameCount * 2);
            }
            frame = new Frame(frameCount);
            frames[frameCount++] = frame;
        }
        frame.clear();
        frame.link = link;
        frame.type = type;
        frame.connection = link.connection;
        return frame;
    }

    void free(final Frame frame) {
        freeFrames[freeCount++] = frame.index;
    }

    void send(final Frame frame) {
        final DirectedLink link = frame.link;
        final long nowNs = events.timeNs();
        final boolean isLost = link.isCut || settings.loss > 0 && random.nextDouble() < settings.loss;
        if (frame.type == null) {
            observer.onPayloadSent(link.from, link.to, frame.message(0), frame.length, isLost, nowNs);
        } else {
            observer.onControlFrameSent(link.from, link.to, frame, isLost, nowNs);
        }
        long leavesNs = nowNs;
        if (settings.bandwidth > 0) {
            leavesNs = Math.max(leavesNs, link.freeNs) + frame.length * 1_000_000_000L / settings.bandwidth;
            link.freeNs = leavesNs;
        }
        if (isLost) {
            free(frame);
            return;
        }
        arrive(frame, leavesNs);
        if (settings.duplication > 0 && random.nextDouble() < settings.duplication) {
            final Frame copy = frame(link, frame.type);
            frame.copyTo(copy);
            arrive(copy, leavesNs);
        }
    }

    private void arrive(final Frame frame, final long leavesNs) {
        final DirectedLink link = frame.link;
        long atNs = leavesNs + link.latencyNs;
        if (settings.jitterNs > 0) {
            atNs += random.nextLong(settings.jitterNs + 1);
        }
        if (!settings.isReordering) {
            atNs = Math.max(atNs, link.lastArrivalNs);
            link.lastArrivalNs = atNs;
        }
        events.add(atNs, ARRIVAL, link.to, frame.index);
    }
}
