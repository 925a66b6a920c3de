package io.plumtree.engine.handlers;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.collections.Int2IntHashMap;

/** The handlers of a node: by name, by number, and by what stands for them on the wire. Fixed at launch; any thread. */
public final class HandlerRegistry {
    /** No such handler. */
    public static final int NONE = -1;

    private final HandlerSlot[] slots;
    private final HandlerChannels channels = new HandlerChannels();
    private final Map<String, HandlerSlot> byName = new HashMap<>();
    private final Int2IntHashMap indexByHash = new Int2IntHashMap(NONE);
    private final List<String> names;

    /**
     * The handlers of a node, which are asked for their channels.
     *
     * @param handlers handlers by name.
     * @param counters where to count their failures.
     * @param reporter where to report them.
     * @throws PlumtreeException if there are too many, two of them have the same hash, or a channel can't be.
     */
    public HandlerRegistry(
        final SortedMap<String, BroadcastHandler> handlers,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        if (handlers.size() > Greeting.MAX_HANDLERS) {
            throw new PlumtreeException(Category.CONFIGURATION,
                "a node can have at most " + Greeting.MAX_HANDLERS + " handlers: " + handlers.size());
        }
        final List<HandlerSlot> list = new ArrayList<>();
        handlers.forEach((name, handler) -> {
            final int earlier = indexByHash.get(NameHash.ofHandler(name));
            if (earlier != NONE) {
                throw new PlumtreeException(Category.CONFIGURATION, "handlers '" + list.get(earlier).name + "' and '" +
                    name + "' have the same hash: rename one of them");
            }
            final HandlerSlot slot = new HandlerSlot(
                list.size(), name, handler, channels.add(name, handler), counters, reporter);
            indexByHash.put(slot.hash, slot.index);
            byName.put(name, slot);
            list.add(slot);
        });
        this.slots = list.toArray(new HandlerSlot[0]);
        this.names = List.copyOf(handlers.keySet());
    }

    /**
     * A handler by its name.
     *
     * @param name the name.
     * @return the handler; null if there is none.
     */
    public HandlerSlot byName(final String name) {
        return byName.get(name);
    }

    /**
     * The names of all handlers.
     *
     * @return the names, sorted.
     */
    public List<String> names() {
        return names;
    }

    /**
     * The channel that a handler is on.
     *
     * @param handler the handler.
     * @return the channel's name.
     */
    public String channelOf(final HandlerSlot handler) {
        return channels.name(handler.channel);
    }

    public HandlerChannels channels() {
        return channels;
    }

    /** Indexes of the channels that a handler is on. */
    public IntStream channelsInUse() {
        return Stream.of(slots).mapToInt(slot -> slot.channel).sorted().distinct();
    }

    /** Index of the channel of each handler, by the handler's number. */
    public int[] channelsByHandler() {
        return Stream.of(slots).mapToInt(slot -> slot.channel).toArray();
    }

    public HandlerSlot slot(final int index) {
        return slots[index];
    }

    public int size() {
        return slots.length;
    }

    /**
     * Whether a handler's payloads and exchanges come on another channel than greetings and goodbyes do, so that they
     * come in no order with these. They say nothing of the default channel either, by which a peer is judged.
     *
     * @param index the handler's number, or {@link #NONE}.
     * @return true if so.
     */
    public boolean isUnordered(final int index) {
        return index >= 0 && slots[index].channel != HandlerChannels.DEFAULT;
    }

    /** Number of the handler with this hash, or {@link #NONE}. */
    public int indexOf(final int hash) {
        return indexByHash.get(hash);
    }
}
