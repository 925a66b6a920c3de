package io.plumtree.simulator.cluster;

import io.plumtree.protocol.membership.HyParViewCounter;
import io.plumtree.protocol.membership.NodeDescriptor;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The membership of many nodes on virtual time: the same cores that run in production.
 *
 * <p>A model are the links: two nodes have one when both want it and have greeted each other, and one that is gone, or
 * does not want it any more, is noticed after some time. Messages take the latency of the pair, and arrive in order,
 * or not at all.
 */
public final class Members {
    static final byte MESSAGE = 16;
    static final byte TIMER = 17;
    static final byte GREETING = 18;
    static final byte CONNECT = 19;
    static final byte DETECT = 20;

    private static final long GREETING_PERIOD_NS = 200_000_000L;

    private final HyParViewOptions options;
    private final EventQueue events;
    private final SplittableRandom random;
    private final MemberNetwork network;
    private final MemberLinks observer;
    private final List<HyParViewMember> members = new ArrayList<>();
    private final List<MemberLink> links = new ArrayList<>();
    private MemberMessage[] messages = new MemberMessage[256];
    private int[] free = new int[256];
    private int messageSlots;
    private int freeSlots;
    private long messageCount;

    Members(
        final HyParViewOptions options,
        final EventQueue events,
        final SplittableRandom random,
        final MemberNetwork network,
        final MemberLinks observer) {
        this.options = options;
        this.events = events;
        this.random = random;
        this.network = network;
        this.observer = observer;
    }

    /**
     * Members without any protocol over them, to be run by themselves.
     *
     * @param options of each.
     * @param random  all that is left to chance.
     * @param network between them.
     * @return none yet, at time 0.
     */
    public static Members alone(
        final HyParViewOptions options, final SplittableRandom random, final MemberNetwork network) {
        return new Members(options, new EventQueue(), random, network, MemberLinks.NONE);
    }

    /**
     * Starts a node.
     *
     * @param node     the number of the next one.
     * @param contacts nodes through which it joins.
     */
    public void start(final int node, final int... contacts) {
        final HyParViewMember member = new HyParViewMember(this, node, options, random.split());
        while (members.size() <= node) {
            members.add(null);
        }
        members.set(node, member);
        final List<String> endpoints = new ArrayList<>();
        for (final int contact : contacts) {
            endpoints.add(HyParViewMember.endpoint(contact));
        }
        member.view.contacts(endpoints, nowNs());
        plan(member);
    }

    /**
     * Something that happens at a time, when these members are alone.
     *
     * @param untilNs up to and including this time.
     */
    public void run(final long untilNs) {
        while (events.poll(untilNs)) {
            happen(events.kind(), events.node(), events.argument());
        }
        events.timeNs(Math.max(untilNs, events.timeNs()));
    }

    /**
     * A node crashes: what it had sent still arrives.
     *
     * @param node the node.
     */
    public void crash(final int node) {
        final HyParViewMember crashed = members.get(node);
        if (crashed != null) {
            members.set(node, null);
            for (final MemberLink link : crashed.links) {
                link.isWanted = false;
                detectSoon(link);
            }
        }
    }

    /**
     * The neighbours of a node with which it has a link that is up at both ends.
     *
     * @param node the node.
     * @return their numbers; none if it does not run.
     */
    public int[] connected(final int node) {
        final HyParViewMember member = members.get(node);
        return member == null ? new int[0]
            : member.links.stream().filter(link -> link.isUp && isUp(link.to, node)).mapToInt(link -> link.to)
                .toArray();
    }

    private boolean isUp(final int from, final int to) {
        final MemberLink link = link(from, to);
        return link != null && link.isUp;
    }

    /**
     * The active view of a node.
     *
     * @param node the node.
     * @return numbers of nodes; none if it does not run.
     */
    public int[] active(final int node) {
        final HyParViewMember member = members.get(node);
        return member == null ? new int[0]
            : member.links.stream().mapToInt(link -> link.to).toArray();
    }

    /**
     * A counter, summed over the nodes that run.
     *
     * @param counter the counter.
     * @return the sum.
     */
    public long total(final HyParViewCounter counter) {
        return members.stream().filter(member -> member != null).mapToLong(member -> member.view.get(counter)).sum();
    }

    /**
     * How many messages have been sent.
     *
     * @return messages, greetings not included.
     */
    public long messageCount() {
        return messageCount;
    }

    // ---- events

    long nowNs() {
        return events.timeNs();
    }

    boolean isRunning(final int node) {
        return node < members.size() && members.get(node) != null;
    }

    void happen(final byte kind, final int node, final int argument) {
        switch (kind) {
            case MESSAGE -> onMessage(node, argument);
            case TIMER -> onTimer(node);
            case GREETING -> onGreeting(links.get(argument));
            case CONNECT -> onConnect(links.get(argument));
            case DETECT -> onDetect(links.get(argument));
            default -> throw new IllegalStateException("unknown event: " + kind);
        }
    }

    private void onMessage(final int node, final int slot) {
        final MemberMessage message = messages[slot];
        messages[slot] = null;
        free[freeSlots++] = slot;
        final HyParViewMember member = members.get(node);
        if (member != null) {
            message.deliver(member.view, nowNs());
            plan(member);
        }
    }

    private void onTimer(final int node) {
        final HyParViewMember member = members.get(node);
        if (member != null && member.timerDueNs == nowNs()) {
            member.timerDueNs = Long.MAX_VALUE;
            member.view.onTimers(nowNs());
            plan(member);
        }
    }

    private void plan(final HyParViewMember member) {
        final long dueNs = Math.max(nowNs(), member.view.deadlineNs());
        if (dueNs < member.timerDueNs) {
            member.timerDueNs = dueNs;
            events.add(dueNs, TIMER, member.index, 0);
        }
    }

    void send(final int from, final int to, final MemberMessage message) {
        messageCount++;
        if (!isRunning(to) || network.isLost(from, to)) {
            return;
        }
        final int slot;
        if (freeSlots > 0) {
            slot = free[--freeSlots];
        } else {
            if (messageSlots == messages.length) {
                messages = Arrays.copyOf(messages, messageSlots * 2);
                free = Arrays.copyOf(free, messageSlots * 2);
            }
            slot = messageSlots++;
        }
        messages[slot] = message;
        events.add(nowNs() + network.latencyNs(from, to), MESSAGE, to, slot);
    }

    // ---- links

    private MemberLink link(final int from, final int to) {
        final HyParViewMember member = members.get(from);
        return member == null ? null : member.linkTo(to);
    }

    void wanted(final HyParViewMember member, final int to) {
        final MemberLink link = new MemberLink(links.size(), member.index, to);
        links.add(link);
        member.links.add(link);
        observer.onWanted(member.index, to);
        final long latencyNs = network.latencyNs(member.index, to);
        events.add(nowNs() + latencyNs, GREETING, to, link.index);
        if (isRunning(to) && link(to, member.index) != null) {
            events.add(nowNs() + 3 * latencyNs, CONNECT, to, link.index);
        }
    }

    void unwanted(final HyParViewMember member, final NodeDescriptor neighbour) {
        final MemberLink link = member.linkTo(HyParViewMember.index(neighbour));
        link.isWanted = false;
        member.links.remove(link);
        observer.onUnwanted(link.from, link.to);
        detectSoon(link);
    }

    /** The other end will notice that this one is gone. */
    private void detectSoon(final MemberLink link) {
        final MemberLink other = link(link.to, link.from);
        if (other != null && other.isUp) {
            events.add(nowNs() + network.detectionNs(random), DETECT, other.from, other.index);
        }
    }

    private void onGreeting(final MemberLink link) {
        if (!link.isWanted || link.isUp) {
            return;
        }
        final HyParViewMember member = members.get(link.to);
        if (member != null && !network.isLost(link.from, link.to)) {
            member.view.onGreeted(members.get(link.from).self, 0, nowNs());
            plan(member);
        }
        events.add(nowNs() + GREETING_PERIOD_NS, GREETING, link.to, link.index);
    }

    private void onConnect(final MemberLink link) {
        final MemberLink back = link.isWanted ? link(link.to, link.from) : null;
        if (back == null || link.isUp && back.isUp) {
            return;
        }
        if (network.isLost(link.from, link.to)) {
            events.add(nowNs() + GREETING_PERIOD_NS, CONNECT, link.to, link.index);
            return;
        }
        link.isUp = true;
        back.isUp = true;
        observer.onUp(link.from, link.to);
        up(link);
        up(back);
    }

    private void up(final MemberLink link) {
        final HyParViewMember member = members.get(link.from);
        if (member != null) {
            member.view.onLinkUp(HyParViewMember.descriptor(link.to), nowNs());
            plan(member);
        }
    }

    private void onDetect(final MemberLink link) {
        if (link.isWanted && link.isUp && !isUp(link.to, link.from)) {
            link.isUp = false;
            observer.onDown(link.from, link.to);
            final HyParViewMember member = members.get(link.from);
            member.view.onLinkDown(HyParViewMember.descriptor(link.to), nowNs());
            plan(member);
        }
    }
}
