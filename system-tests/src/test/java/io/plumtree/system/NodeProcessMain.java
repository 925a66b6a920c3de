package io.plumtree.system;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.transport.aeron.AeronTransportProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The child's side of {@link NodeProcess}: a node that does what it is told, until its standard input ends. */
public final class NodeProcessMain implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_FRAME_LENGTH = 2 * 1024 * 1024;

    private final Set<String> received = new ConcurrentSkipListSet<>();
    private final Map<String, EndlessHandler> endless = new TreeMap<>();
    private final CuttableTransport transport;
    private final PlumtreeNode node;
    private final PubSub pubsub;

    private NodeProcessMain(final String[] args) {
        transport = new CuttableTransport(new AeronTransportProvider().launch(
            new TransportContext(args[1], MAX_FRAME_LENGTH, Map.of(), Throwable::printStackTrace)));
        final NodeContext context = new NodeContext().name(args[0]).transport(transport);
        for (final String member : args[2].split(",")) {
            context.member(member);
        }
        for (final String option : List.of(args).subList(3, args.length)) {
            final String key = option.substring(0, option.indexOf('='));
            final String value = option.substring(option.indexOf('=') + 1);
            if (key.equals("endless")) {
                // NAME:PEER: a handler that exchanges with that peer and never ends.
                final EndlessHandler handler = new EndlessHandler(NodeId.of(value.substring(value.indexOf(':') + 1)));
                endless.put(value.substring(0, value.indexOf(':')), handler);
                context.handler(value.substring(0, value.indexOf(':')), handler);
            } else {
                context.properties(Map.of(key, value));
            }
        }
        context.beforeStart(launched -> launched.handler(PubSub.NAME, PubSub.class).subscribe(
            AeronCluster.TOPIC, (origin, incarnation, sequence, buffer, offset, length) ->
                received.add(buffer.getStringWithoutLengthUtf8(offset, length))));
        node = PlumtreeNode.launch(context);
        pubsub = node.handler(PubSub.NAME, PubSub.class);
    }

    /**
     * Runs until its standard input ends.
     *
     * @param args name, bind endpoint, members, and options as {@code key=value}.
     * @throws Exception if standard input can't be read.
     */
    public static void main(final String[] args) throws Exception {
        try (NodeProcessMain main = new NodeProcessMain(args);
            BufferedReader requests = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                System.out.println(main.answer(line));
            }
        } catch (final IOException ex) {
            System.err.println(ex);
        }
    }

    private String answer(final String request) {
        final String[] words = request.split(" ");
        try {
            return switch (words[0]) {
                case "publish" -> publish(words[1], Integer.parseInt(words[2]));
                case "received" -> String.join(" ", received);
                case "cut" -> {
                    transport.cut(words[1]);
                    yield "ok";
                }
                case "heal" -> {
                    transport.heal(words[1]);
                    yield "ok";
                }
                case "connected" -> sorted(node.connectedPeers().get().stream().map(NodeId::name).toList());
                case "exchanges" -> describe(node.exchanges(TIMEOUT));
                case "exchanges-of" -> describe(node.exchanges(NodeId.of(words[1]), TIMEOUT));
                case "cancel" -> describe(node.cancelExchanges(selector(words), TIMEOUT));
                case "tick" -> {
                    node.exchangeTickPeriodNs(Duration.parse(words[1]).toNanos());
                    yield "ok";
                }
                case "peers" -> describe(node.debugGetPeers(
                    NodeId.of(words[1]), NodeId.of(words[2]), Duration.ofMillis(Long.parseLong(words[3]))));
                case "tree" -> {
                    final TreeView tree = node.debugGetTree(
                        NodeId.of(words[1]),
                        Stream.of(words[2].split(",")).map(NodeId::of).toList(),
                        Duration.ofMillis(Long.parseLong(words[3])));
                    yield "up:" + tree.nodes().keySet() + " down:" + tree.down();
                }
                case "ends" -> endless.get(words[1]).ends.toString();
                case "heard" -> String.valueOf(endless.get(words[1]).heard.get());
                case "counter" -> String.valueOf(node.counters().get(words[1]));
                case "members" ->
                    sorted(node.broadcastMembers(TIMEOUT).stream().map(Member::id).map(NodeId::name).toList());
                default -> "error: unknown request";
            };
        } catch (final TimeoutException ex) {
            return "timeout";
        } catch (final Exception ex) {
            return "error: " + ex;
        }
    }

    private String publish(final String prefix, final int count) {
        IntStream.range(0, count).forEach(i -> {
            final byte[] message = (prefix + i).getBytes();
            while (pubsub.publish(AeronCluster.TOPIC, message) < 0) {
                Thread.onSpinWait();
            }
        });
        return "ok";
    }

    private static ExchangeSelector selector(final String[] words) {
        return switch (words[1]) {
            case "all" -> ExchangeSelector.all();
            case "peer" -> ExchangeSelector.peer(NodeId.of(words[2]));
            case "handler" -> ExchangeSelector.handler(words[2]);
            case "id" -> ExchangeSelector.id(Long.parseLong(words[2]));
            case "handle" -> {
                final String[] parts = words[2].split("/");
                yield ExchangeSelector.handle(new ExchangeHandle(
                    NodeId.of(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
            }
            default -> throw new IllegalArgumentException(words[1]);
        };
    }

    /** Each exchange as {@code HANDLER:PEER:HANDLE}, by handler. */
    private static String describe(final List<Exchange> exchanges) {
        return sorted(exchanges.stream()
            .map(exchange -> exchange.handler() + ":" + exchange.peer() + ":" + exchange.handle()).toList());
    }

    private static String describe(final PeerSets sets) {
        return "eager:" + new TreeSet<>(sets.eager()) + " lazy:" + new TreeSet<>(sets.lazy());
    }

    private static String sorted(final List<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        node.close();
    }
}
