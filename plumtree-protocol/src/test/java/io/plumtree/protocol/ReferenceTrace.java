package io.plumtree.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replays one recorded run of the reference against the core; {@code reference-traces/README.md} has the format.
 *
 * <p>All that is compared is text: the messages sent, the members, each root's peers, the outstanding entries.
 */
final class ReferenceTrace implements PlumtreeEffects {
    private static final int ID_LENGTH = 2 * Integer.BYTES;

    private final JsonNode trace;
    private final String self;
    private final Map<Long, String> names = new HashMap<>();
    private final List<String> handlers = new ArrayList<>();
    private final List<Map<Integer, Integer>> registers = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final MessageKey pushed = new MessageKey();
    private final Plumtree plumtree;
    private long nowNs = -5_000_000_000L;

    ReferenceTrace(final JsonNode trace) {
        this.trace = trace;
        self = trace.get("self").asText();
        trace.get("universe").forEach(name -> names.put(id(name.asText()), name.asText()));
        for (final JsonNode handler : trace.get("handlers")) {
            handlers.add(handler.asText());
            registers.add(new HashMap<>());
        }
        plumtree = new Plumtree(id(self), PlumtreeOptions.reference(), this, nowNs);
    }

    /** Replays the run; the first difference in words, or null if there is none. */
    String firstDifference() {
        plumtree.start(ids(trace.get("members")), ids(trace.get("eagers")), ids(trace.get("lazys")));
        connectTo(trace.get("members"));
        String difference = compareState(trace.get("initial"));
        int index = 0;
        for (final JsonNode step : trace.get("steps")) {
            if (difference != null) {
                break;
            }
            nowNs += 1_000_000;
            sent.clear();
            apply(step.get("in"));
            plumtree.onTimers(nowNs);
            difference = compare("messages", expectedMessages(step.get("out")), sent);
            difference = difference == null ? compareState(step) : difference;
            if (difference != null) {
                difference = "trace " + trace.get("trace") + ", step " + index + ", " + step.get("in") + ": "
                    + difference;
            }
            index++;
        }
        return difference;
    }

    private void apply(final JsonNode in) {
        switch (in.get("op").asText()) {
            case "broadcast" -> {
                final int handler = handlers.indexOf(in.get("handler").asText());
                putId(in);
                registers.get(handler).merge(in.get("key").asInt(), in.get("version").asInt(), Math::max);
                plumtree.onBroadcast(Messages.broadcast(0, 0, handler, buffer, ID_LENGTH, 1), nowNs);
            }
            case "receive" -> receive(plumtree.peerIndex(id(in.get("from").asText())), in.get("msg"));
            case "update" -> {
                plumtree.update(ids(in.get("members")), nowNs);
                connectTo(in.get("members"));
            }
            case "connected" -> connectTo(in.get("peers"));
            case "lazy_tick" -> plumtree.onLazyTick(nowNs);
            default -> throw new IllegalArgumentException("unknown input: " + in);
        }
    }

    private void receive(final int from, final JsonNode message) {
        final long root = id(message.get("root").asText());
        final String type = message.get("type").asText();
        if ("prune".equals(type)) {
            plumtree.onControl(ControlMessage.PRUNE, from, Messages.key(root, 0, 0, buffer, 0), nowNs);
            return;
        }
        final int round = message.get("round").asInt();
        final int handler = handlers.indexOf(message.get("handler").asText());
        putId(message);
        if ("broadcast".equals(type)) {
            plumtree.onGossip(from, Messages.broadcast(root, round, handler, buffer, ID_LENGTH, 1), nowNs);
        } else {
            final ControlMessage control = ControlMessage.valueOf(type.toUpperCase(Locale.ROOT));
            plumtree.onControl(control, from, Messages.key(root, round, handler, buffer, ID_LENGTH), nowNs);
        }
    }

    private void connectTo(final JsonNode connected) {
        final List<String> list = texts(connected);
        for (final Map.Entry<Long, String> node : names.entrySet()) {
            final int peer = plumtree.peerIndex(node.getKey());
            if (peer != Peers.NO_PEER) {
                if (list.contains(node.getValue())) {
                    plumtree.onLinkUp(peer, nowNs);
                } else {
                    plumtree.onLinkDown(peer, nowNs);
                }
            }
        }
    }

    // ---- comparing

    /** Less what goes to its own root, which is the one difference allowed. */
    private static List<String> expectedMessages(final JsonNode out) {
        final List<String> expected = new ArrayList<>();
        for (final JsonNode each : out) {
            final String to = each.get("to").asText();
            final JsonNode message = each.get("msg");
            final String type = message.get("type").asText();
            final boolean backToRoot = to.equals(message.get("root").asText());
            if (!(backToRoot && ("broadcast".equals(type) || "i_have".equals(type)))) {
                expected.add(type + " to " + to + " " + describe(message));
            }
        }
        return expected;
    }

    private static String describe(final JsonNode message) {
        final String root = message.get("root").asText();
        return message.has("key")
            ? describe(message.get("handler").asText(), message.get("key").asInt(), message.get("version").asInt(),
                message.get("round").asInt(), root)
            : "root " + root;
    }

    private static String describe(
        final String handler, final int key, final int version, final int round, final String root) {
        return handler + " " + key + "/" + version + " round " + round + " root " + root;
    }

    private String compareState(final JsonNode expected) {
        final TreeSet<String> others = new TreeSet<>(texts(expected.get("members")));
        others.remove(self);
        String difference = compare("members", others, members());
        for (final String root : new TreeSet<>(names.values())) {
            final JsonNode tree = expected.get("trees").get(root);
            difference = difference != null ? difference
                : compare("eager peers of root " + root, texts(tree.get("eager")), peers(root, true));
            difference = difference != null ? difference
                : compare("lazy peers of root " + root, texts(tree.get("lazy")), peers(root, false));
        }
        final List<String> outstanding = new ArrayList<>();
        for (final JsonNode entry : expected.get("outstanding")) {
            if (!entry.get("peer").asText().equals(entry.get("root").asText())) {
                outstanding.add(entry.get("peer").asText() + " " + describe(entry));
            }
        }
        return difference != null ? difference : compare("outstanding", outstanding, outstanding());
    }

    private static String compare(final String what, final Iterable<String> expected, final Iterable<String> actual) {
        final List<String> expectedSorted = sorted(expected);
        final List<String> actualSorted = sorted(actual);
        return expectedSorted.equals(actualSorted) ? null
            : what + "\n  expected " + expectedSorted + "\n  actual   " + actualSorted;
    }

    private static List<String> sorted(final Iterable<String> texts) {
        final List<String> list = new ArrayList<>();
        texts.forEach(list::add);
        Collections.sort(list);
        return list;
    }

    private List<String> members() {
        final List<String> members = new ArrayList<>();
        names.forEach((id, name) -> {
            if (plumtree.peerIndex(id) != Peers.NO_PEER) {
                members.add(name);
            }
        });
        return members;
    }

    private List<String> peers(final String root, final boolean eager) {
        final List<String> peers = new ArrayList<>();
        for (int peer = 0; peer < plumtree.peerLimit(); peer++) {
            if (eager ? plumtree.isEager(id(root), peer) : plumtree.isLazy(id(root), peer)) {
                peers.add(name(peer));
            }
        }
        return peers;
    }

    private List<String> outstanding() {
        final List<String> outstanding = new ArrayList<>();
        plumtree.forEachOutstanding((peer, key) -> outstanding.add(name(peer) + " " + describe(key)));
        return outstanding;
    }

    // ---- names and ids

    private static long id(final String name) {
        return NodeId.of(name).value();
    }

    private static long[] ids(final JsonNode array) {
        return texts(array).stream().mapToLong(ReferenceTrace::id).toArray();
    }

    private static List<String> texts(final JsonNode array) {
        final List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private String name(final int peer) {
        return names.get(plumtree.peerId(peer));
    }

    private void putId(final JsonNode message) {
        buffer.putInt(0, message.get("key").asInt());
        buffer.putInt(Integer.BYTES, message.get("version").asInt());
    }

    private String describe(final MessageKey key) {
        return describe(handlers.get(key.handler()), register(key), version(key), key.round(), names.get(key.root()));
    }

    private static int register(final MessageKey key) {
        return key.id().buffer().getInt(key.id().offset());
    }

    private static int version(final MessageKey key) {
        return key.id().buffer().getInt(key.id().offset() + Integer.BYTES);
    }

    private boolean sent(final String type, final int peer, final MessageKey key) {
        return sent.add(type + " to " + name(peer) + " " + describe(key));
    }

    // ---- effects: the handlers are versioned registers

    private int stored(final MessageKey key) {
        return registers.get(key.handler()).getOrDefault(register(key), 0);
    }

    @Override
    public int merge(final Broadcast broadcast) {
        final MessageKey key = broadcast.key();
        if (version(key) <= stored(key)) {
            return STALE;
        }
        registers.get(key.handler()).put(register(key), version(key));
        return NEW;
    }

    @Override
    public int isStale(final MessageKey key) {
        return version(key) <= stored(key) ? STALE : NEW;
    }

    @Override
    public int graft(final int peer, final MessageKey key) {
        final int compared = Integer.compare(stored(key), version(key));
        if (compared != 0) {
            return compared > 0 ? STALE : UNKNOWN;
        }
        return peer != Peers.NO_PEER && sent("broadcast", peer, key) ? SERVED : FOUND;
    }

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return true;
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return true;
    }

    @Override
    public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
        pushed.set(broadcast.key().root(), round, broadcast.key().handler()).id().wrap(broadcast.id());
        return sent("broadcast", peer, pushed);
    }

    @Override
    public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
        return type == ControlMessage.PRUNE
            ? sent.add("prune to " + name(peer) + " root " + names.get(key.root()))
            : sent(type.name().toLowerCase(Locale.ROOT), peer, key);
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        return sent.add("quench to " + name(peer) + " root " + names.get(root));
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        sent.add("exchange needed with " + name(peer));
    }
}
