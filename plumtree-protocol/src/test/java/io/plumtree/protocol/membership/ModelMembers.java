package io.plumtree.protocol.membership;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Nodes with nothing but their membership, on a network that delays and loses messages, whose parts may be cut off.
 * A node greets each neighbour every so often; a link is up when the other has it as a neighbour too and has been
 * heard, and down when it has not been heard for some time.
 */
final class ModelMembers {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final long GREETING_PERIOD_NS = 200 * MS;
    private static final int GREETINGS_UNANSWERED = 6;
    private static final long MAX_DELAY_NS = 20 * MS;

    private final HyParViewOptions options;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Member> byEndpoint = new HashMap<>();
    double loss;
    private long nowNs;
    private long order;

    ModelMembers(final HyParViewOptions options, final long seed) {
        this.options = options;
        random = new SplittableRandom(seed);
    }

    private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(final Event other) {
            return atNs == other.atNs ? Long.compare(order, other.order) : Long.compare(atNs, other.atNs);
        }
    }

    /** Adds a node, which starts at once with the contacts. */
    Member add(final List<String> contacts) {
        final Member member = new Member(members.size());
        members.add(member);
        member.start(contacts);
        return member;
    }

    List<Member> alive() {
        return members.stream().filter(member -> member.isAlive).toList();
    }

    void run(final long timeNs) {
        final long endNs = nowNs + timeNs;
        while (!events.isEmpty() && events.peek().atNs() <= endNs) {
            final Event event = events.remove();
            nowNs = event.atNs();
            event.action().run();
        }
        nowNs = endNs;
    }

    private void at(final long atNs, final Runnable action) {
        events.add(new Event(atNs, order++, action));
    }

    /** The nodes that a node reaches over links that both ends have. */
    static Set<Member> reached(final Member from) {
        final Set<Member> reached = new HashSet<>(Set.of(from));
        final Deque<Member> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (final Member next : open.remove().neighbours()) {
                if (next.isAlive && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    /** A node: its view, and a runtime that keeps links for it. */
    final class Member implements HyParViewEffects {
        private final int index;
        private final Map<NodeId, Link> links = new HashMap<>();
        private final Map<Member, Long> lastArrivalNs = new HashMap<>();
        private NodeDescriptor self;
        private long timerNs;
        HyParView view;
        boolean isAlive;
        int group;

        Member(final int index) {
            this.index = index;
        }

        private final class Link {
            private final NodeDescriptor to;
            private boolean isUp;
            private int unanswered;

            Link(final NodeDescriptor to) {
                this.to = to;
            }
        }

        String endpoint() {
            return "n" + index + ":1";
        }

        void start(final List<String> contacts) {
            self = new NodeDescriptor(NodeId.of("n" + index), endpoint(), nowNs + 1);
            byEndpoint.put(endpoint(), this);
            links.clear();
            isAlive = true;
            view = new HyParView(self, options, random.split(), this, nowNs);
            view.contacts(contacts, nowNs);
            timerNs = Long.MAX_VALUE;
            plan();
        }

        void crash() {
            isAlive = false;
        }

        List<Member> neighbours() {
            return view.active().stream().map(node -> byEndpoint.get(node.endpoint())).toList();
        }

        private void plan() {
            if (view.deadlineNs() < timerNs) {
                timerNs = view.deadlineNs();
                final long dueNs = timerNs;
                final HyParView planned = view;
                at(dueNs, () -> {
                    if (isAlive && view == planned && timerNs == dueNs) {
                        timerNs = Long.MAX_VALUE;
                        view.onTimers(nowNs);
                        plan();
                    }
                });
            }
        }

        private void send(final String endpoint, final Consumer<Member> message) {
            final Member to = byEndpoint.get(endpoint);
            if (to == null || random.nextDouble() < loss) {
                return;
            }
            final long atNs = Math.max(
                nowNs + 1 + random.nextLong(MAX_DELAY_NS), lastArrivalNs.getOrDefault(to, nowNs) + 1);
            lastArrivalNs.put(to, atNs);
            at(atNs, () -> {
                if (to.isAlive && to.group == group) {
                    message.accept(to);
                    to.plan();
                }
            });
        }

        private void greet(final Link link) {
            if (!isAlive || links.get(link.to.id()) != link) {
                return;
            }
            final NodeDescriptor me = self;
            send(link.to.endpoint(), to -> to.onGreeting(me));
            if (++link.unanswered > GREETINGS_UNANSWERED && link.isUp) {
                link.isUp = false;
                view.onLinkDown(link.to, nowNs);
                plan();
            } else {
                at(nowNs + GREETING_PERIOD_NS, () -> greet(link));
            }
        }

        private void onGreeting(final NodeDescriptor from) {
            view.onGreeted(from, 0, nowNs);
            final Link link = links.get(from.id());
            if (link != null && link.to.equals(from)) {
                link.unanswered = 0;
                if (!link.isUp) {
                    link.isUp = true;
                    view.onLinkUp(from, nowNs);
                }
            }
        }

        @Override
        public void sendJoin(final String contact, final long nonce) {
            final NodeDescriptor me = self;
            send(contact, to -> to.view.onJoin(me, nonce, nowNs));
        }

        @Override
        public void sendForwardJoin(final NodeDescriptor to, final NodeDescriptor joined, final int timeToLive) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onForwardJoin(me, joined, timeToLive, nowNs));
        }

        @Override
        public void sendNeighbor(final NodeDescriptor to, final long nonce, final boolean isHighPriority) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onNeighbor(me, nonce, isHighPriority, nowNs));
        }

        @Override
        public void sendNeighborReply(final NodeDescriptor to, final long nonce, final boolean isAccepted) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onNeighborReply(me, nonce, isAccepted, nowNs));
        }

        @Override
        public void sendDisconnect(final NodeDescriptor to, final boolean isLeaving) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onDisconnect(me, isLeaving, nowNs));
        }

        @Override
        public void sendKnown(
            final NodeDescriptor to, final NodeDescriptor known, final boolean isLive, final long nonce) {
            // Clocks are right here.
        }

        @Override
        public void sendShuffle(
            final NodeDescriptor to,
            final NodeDescriptor origin,
            final int timeToLive,
            final List<NodeDescriptor> sample) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onShuffle(me, origin, timeToLive, sample, nowNs));
        }

        @Override
        public void sendShuffleReply(final NodeDescriptor to, final List<NodeDescriptor> sample) {
            final NodeDescriptor me = self;
            send(to.endpoint(), it -> it.view.onShuffleReply(me, sample, nowNs));
        }

        @Override
        public void onNeighborUp(final NodeDescriptor neighbour) {
            final Link link = new Link(neighbour);
            if (links.put(neighbour.id(), link) != null) {
                throw new AssertionError("up twice: " + neighbour);
            }
            greet(link);
        }

        @Override
        public void onNeighborDown(final NodeDescriptor neighbour) {
            final Link link = links.remove(neighbour.id());
            if (link == null || !link.to.equals(neighbour)) {
                throw new AssertionError("down without up: " + neighbour);
            }
        }

        @Override
        public String toString() {
            return "n" + index;
        }
    }
}
