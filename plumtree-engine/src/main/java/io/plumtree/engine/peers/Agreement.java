package io.plumtree.engine.peers;

import io.plumtree.api.Durations;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.view.FullView;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What nodes have to agree in. Greetings tell it, so that both ends find out. A peer that differs is told of in one
 * line for each setting, once in each of its runs; its link stays up, since most of what is said gets through.
 */
public final class Agreement {
    static final String CLUSTER = "plumtree.cluster";
    static final String MAX_MESSAGE_LENGTH = "plumtree.max.message.length";
    static final String HEARTBEAT_PERIOD = "plumtree.heartbeat.period";
    static final String LIVENESS_TIMEOUT = "plumtree.liveness.timeout";
    /** More peers than a node has at a time; who is forgotten for others is told of again. */
    private static final int MAX_TOLD = 1_024;

    private final EngineSettings settings;
    private final Set<String> transportSettings;
    private final Set<String> handlers;
    private final EngineCounters counters;
    private final ErrorReporter reporter;
    private final SortedMap<String, String> own = new TreeMap<>();
    /** The run in which a peer was compared last, by its value. */
    private final Map<Long, Long> compared = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Long> eldest) {
            return size() > MAX_TOLD;
        }
    };
    /** Members of another cluster that have been told of. */
    private final Set<NodeId> foreign = new HashSet<>();
    private boolean isOverlayTold;

    public Agreement(
        final EngineSettings settings,
        final Transport transport,
        final HandlerRegistry registry,
        final Neighbours neighbours,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        this.settings = settings;
        this.handlers = new HashSet<>(registry.names());
        this.counters = counters;
        this.reporter = reporter;
        final Map<String, String> ofTransport = transport.commonSettings();
        this.transportSettings = Set.copyOf(ofTransport.keySet());
        own.putAll(ofTransport);
        own.put(MAX_MESSAGE_LENGTH, String.valueOf(settings.maxMessageLength()));
        own.put(PlumtreeOptions.MAX_ID_LENGTH_PROPERTY, String.valueOf(settings.maxIdLength()));
        own.put(HEARTBEAT_PERIOD, String.valueOf(settings.heartbeatPeriodNs()));
        own.put(LIVENESS_TIMEOUT, String.valueOf(settings.livenessTimeoutNs()));
        neighbours.addSettings(own);
    }

    /** What this node tells of itself. */
    SortedMap<String, String> settings() {
        return Collections.unmodifiableSortedMap(own);
    }

    /** A peer has introduced itself. */
    void compare(final NodeId peer, final Greeting greeting) {
        final Long before = compared.put(peer.value(), greeting.incarnation());
        if (before != null && before == greeting.incarnation()) {
            return;
        }
        final GreetingComparison comparison = new GreetingComparison(peer, greeting.settings());
        comparison.longest(MAX_MESSAGE_LENGTH, "messages");
        comparison.longest(PlumtreeOptions.MAX_ID_LENGTH_PROPERTY, "messages with ids");
        comparison.periodAndTimeout(
            HEARTBEAT_PERIOD, LIVENESS_TIMEOUT,
            "the link between them goes down and up again and again");
        comparison.same(MembershipOptions.KIND_PROPERTY,
            "the one that finds its members by itself loses the other, and the other takes in nobody else");
        comparison.same(FullViewOptions.ENABLED_PROPERTY,
            "the one without it knows its neighbours alone, and tells nobody of others");
        comparison.periodAndTimeout(
            FullViewOptions.REFRESH_PERIOD_PROPERTY, FullViewOptions.EXPIRY_PROPERTY,
            "members are taken for failed that are there");
        for (final String setting : transportSettings) {
            comparison.same(setting, "what one sends may be lost on its way to the other");
        }
        comparison.handlers(Set.copyOf(greeting.handlers()));
    }

    /**
     * A frame came from another cluster. Who is no member may be of any: that is counted alone.
     *
     * @param member who sent it; null if it is no member.
     */
    void onForeignFrame(final NodeId member) {
        if (member != null && foreign.size() < MAX_TOLD && foreign.add(member)) {
            tell(reporter.source(null), "node '" + member + "' is of another cluster than this node '" +
                settings.self().id() + "', whose is '" + settings.cluster() + "' (" + CLUSTER +
                "): nothing it says is taken in;" +
                " give both the same, or take one from where the other finds it");
        }
    }

    /**
     * Somebody who finds its members by itself takes this node, whose members are given, for one of its kind.
     *
     * @param member who; null if it is no member.
     */
    void onOverlayFrame(final NodeId member) {
        if (!isOverlayTold) {
            isOverlayTold = true;
            tell(reporter.source(null), (member == null ? "a node that is no member" : "node '" + member + "'") +
                " asks to be let in, as with " + MembershipOptions.KIND_PROPERTY + "=hyparview, but the members of" +
                " this node '" + settings.self().id() + "' are given (" + MembershipOptions.KIND_PROPERTY +
                "=static): it is not; set both to the same");
        }
    }

    private void tell(final ErrorSource errors, final String message) {
        counters.increment(EngineCounter.SETTINGS_MISMATCHES);
        errors.onError(new PlumtreeException(Category.CONFIGURATION, message));
    }

    /** Of one peer's settings with this node's. What a peer does not tell, or tells as no number, is not compared. */
    private final class GreetingComparison {
        private final NodeId peer;
        private final Map<String, String> theirs;
        private final ErrorSource errors = reporter.source(null);

        GreetingComparison(final NodeId peer, final Map<String, String> theirs) {
            this.peer = peer;
            this.theirs = theirs;
        }

        /** The shorter one decides what gets through. */
        void longest(final String setting, final String what) {
            final long here = number(own, setting);
            final long there = number(theirs, setting);
            if (here >= 0 && there >= 0 && here != there) {
                tell(setting, String.valueOf(there), String.valueOf(here), what + " longer than " +
                    Math.min(here, there) + " bytes are dropped by '" +
                    (here < there ? settings.self().id() : peer) + "', and do not get beyond it");
            }
        }

        void same(final String setting, final String consequence) {
            final String here = own.get(setting);
            final String there = theirs.get(setting);
            if (here != null && there != null && !here.equals(there)) {
                tell(setting, there, here, consequence);
            }
        }

        /** A sender's period has to fit into the receiver's timeout twice, as a node's own have to. */
        void periodAndTimeout(final String period, final String timeout, final String consequence) {
            tooLong(period, theirs, "there", timeout, own, "here", consequence);
            tooLong(period, own, "here", timeout, theirs, "there", consequence);
        }

        private void tooLong(
            final String period,
            final Map<String, String> sender,
            final String atSender,
            final String timeout,
            final Map<String, String> receiver,
            final String atReceiver,
            final String consequence) {
            final long periodNs = number(sender, period);
            final long timeoutNs = number(receiver, timeout);
            if (periodNs >= 0 && timeoutNs >= 0 && timeoutNs / 2 < periodNs) {
                Agreement.this.tell(errors, "node '" + peer + "' does not go with this node '" +
                    settings.self().id() + "': " + period + " is " + Durations.exact(periodNs) + " " + atSender +
                    ", and " + timeout + ", at least twice as long, is " + Durations.exact(timeoutNs) + " " +
                    atReceiver + "; " + consequence + "; set both to the same values on all nodes");
            }
        }

        void handlers(final Set<String> others) {
            for (final String name : handlers) {
                if (!name.equals(FullView.NAME) && !others.contains(name)) {
                    missing(name, "node '" + peer + "'", "this node '" + settings.self().id() + "'");
                }
            }
            for (final String name : others) {
                if (!name.equals(FullView.NAME) && !handlers.contains(name)) {
                    missing(name, "this node '" + settings.self().id() + "'", "node '" + peer + "'");
                }
            }
        }

        private void missing(final String handler, final String without, final String with) {
            Agreement.this.tell(errors, without + " has no handler '" + handler + "', which " + with +
                " has: its messages do not get to the one without, nor beyond it; give all nodes the same handlers");
        }

        private void tell(
            final String setting, final String there, final String here, final String consequence) {
            Agreement.this.tell(errors, "node '" + peer + "' does not agree with this node '" +
                settings.self().id() + "' in " + setting + ": it is " + there + " there, and " + here + " here; " +
                consequence + "; set it to the same on all nodes");
        }

        private static long number(final Map<String, String> from, final String setting) {
            try {
                return Long.parseLong(from.getOrDefault(setting, "-1"));
            } catch (final NumberFormatException ex) {
                return -1;
            }
        }
    }
}
