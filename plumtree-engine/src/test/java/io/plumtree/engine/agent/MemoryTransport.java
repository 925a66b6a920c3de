package io.plumtree.engine.agent;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ObjLongConsumer;

/** A transport of a {@link MemoryHub}. */
public final class MemoryTransport implements Transport {
    static final int MAX_CHANNELS = 16;
    /** A host to which no link can be made. */
    static final String UNREACHABLE = "unreachable";

    /** Links that have been made and not closed. */
    final List<MemoryLink> openLinks = new ArrayList<>();
    private final MemoryHub hub;
    private final String endpoint;
    private final int maxFrameLength;
    private volatile MemoryPipe[] inbound = new MemoryPipe[0];
    private volatile int[] channels = new int[0];
    /** Runs at each cycle, for tests that need something to happen there. */
    public volatile Runnable onWork = () -> {
    };
    /** Runs before frames are handed over, for tests that need something to happen there. */
    public volatile Runnable onPoll = () -> {
    };
    /** What waiting comes to; nothing can be waited for unless a test says so. */
    public volatile LongPredicate onAwait = timeoutNs -> false;
    /** Runs at each call that is to end a wait. */
    public volatile Runnable onWakeUp = () -> {
    };
    private volatile boolean isClosed;

    MemoryTransport(final MemoryHub hub, final String endpoint, final int maxFrameLength) {
        this.hub = hub;
        this.endpoint = endpoint;
        this.maxFrameLength = maxFrameLength;
    }

    /** Whether the channel is new. */
    synchronized boolean addChannel(final int channel) {
        if (isListening(channel)) {
            return false;
        }
        final int[] more = Arrays.copyOf(channels, channels.length + 1);
        more[channels.length] = channel;
        channels = more;
        return true;
    }

    boolean isListening(final int channel) {
        for (final int listened : channels) {
            if (listened == channel) {
                return true;
            }
        }
        return false;
    }

    synchronized void addInbound(final MemoryPipe pipe) {
        final MemoryPipe[] more = Arrays.copyOf(inbound, inbound.length + 1);
        more[inbound.length] = pipe;
        inbound = more;
    }

    @Override
    public int doWork(final long nowNs) {
        onWork.run();
        return 0;
    }

    @Override
    public int poll(final FrameHandler handler, final int frameLimit) {
        onPoll.run();
        int count = 0;
        for (final MemoryPipe pipe : inbound) {
            count += pipe.poll(handler, frameLimit);
        }
        return count;
    }

    @Override
    public boolean awaitWork(final long timeoutNs) {
        return onAwait.test(timeoutNs);
    }

    @Override
    public void wakeUp() {
        onWakeUp.run();
    }

    @Override
    public void listen(final int channel) {
        checkChannel(channel);
        if (!isListening(channel) && channels.length == MAX_CHANNELS) {
            throw new PlumtreeException(Category.TRANSPORT, "can't listen on channel " + channel + ": there are "
                + MAX_CHANNELS + " already");
        }
        hub.listen(this, channel);
    }

    @Override
    public Link connect(final String to, final int channel) {
        checkChannel(channel);
        if (to.startsWith(UNREACHABLE)) {
            throw new PlumtreeException(Category.TRANSPORT, "no room for a link to " + to);
        }
        final MemoryLink link = new MemoryLink(hub.pipe(endpoint, to, channel), openLinks);
        openLinks.add(link);
        return link;
    }

    private static void checkChannel(final int channel) {
        if (channel < 0) {
            throw new PlumtreeException(Category.CONFIGURATION, "channel " + channel + " is less than 0");
        }
    }

    @Override
    public String localEndpoint() {
        return endpoint;
    }

    @Override
    public int maxFrameLength() {
        return maxFrameLength;
    }

    @Override
    public int maxUnfragmentedLength() {
        return Math.min(1_408, maxFrameLength);
    }

    @Override
    public void forEachCounter(final ObjLongConsumer<String> consumer) {
        consumer.accept("memory.inbound", inbound.length);
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        hub.remove(this);
    }
}
