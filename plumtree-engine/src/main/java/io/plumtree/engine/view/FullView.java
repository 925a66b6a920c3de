package io.plumtree.engine.view;

import io.plumtree.api.Member;
import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.handlers.spi.Rebroadcast;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The handler {@value #NAME}: every node broadcasts that it is there, at first and then once a period, and that it
 * leaves; so all know all, on whatever neighbours the trees stand. Who is not heard of for the expiry counts as failed.
 *
 * <p><b>Order.</b> Announcements of a node are ordered by its incarnation, then by their version; later ones subsume
 * earlier ones. Only the node itself makes versions. So a member that has left or failed comes back with a new run or
 * with a new version alone, and not with what was on its way: for that, it is remembered for the tombstone time that it
 * is gone. A node that hears from others that it has left, or anything else that it has not said, says with a higher
 * version that it is there.
 *
 * <p><b>Time</b> is this node's own: an expiry is counted from when the news came in. An exchange says how old news
 * are, so that they grow no younger by being passed on. A pause of this node counts for a refresh period at most,
 * since what the others have said meanwhile may still be waiting.
 *
 * <p><b>Bounds.</b> Of members beyond the most that are allowed nothing is remembered; their announcements are dropped
 * and counted, and not passed on. How many are believed of whom nothing was known is bounded, too: see
 * {@link Newcomers}. What only exchanges have told is not told on in exchanges.
 *
 * <p><b>Runs.</b> A later run takes the place of an earlier one with its first announcement. If it is silent from then
 * on, and the earlier one goes on announcing itself, that one is there: the other was made up, or of a wrong clock. A
 * peer is in the run in which it greets.
 *
 * <p>{@link #members()} is for any thread at any time; all else for the engine's, from {@link #onStart} on.
 */
public final class FullView implements BroadcastHandler, MemberView {
    /** The handler's name. */
    public static final String NAME = "members";

    /** How often in an expiry it is looked for what has expired. */
    private static final int SCANS_PER_EXPIRY = 32;

    private final FullViewOptions options;
    private final Supplier<String> endpoint;
    private final FullViewListener listener;
    private final long settleNs;
    private final MutableDirectBuffer grafted = new ExpandableArrayBuffer(AnnouncementLayout.MAX_PAYLOAD_LENGTH);
    private HandlerContext context;
    private FullViewCounters counters;
    private MemberTable table;
    private MemberEntry self;
    private Announcer announcer;
    private ViewExchanges exchanges;
    private Newcomers newcomers;
    private NewsOfSelf newsOfSelf;
    private NewsOfOthers newsOfOthers;
    private volatile Roster roster;
    /** Time as this node has lived it: without what was longer than a refresh period in a pause. */
    private long timeNs;
    private long lastCycleNs;
    private long nextScanNs;

    /**
     * A view that is not started and knows nobody.
     *
     * @param options  concluded; not changed afterwards.
     * @param endpoint where this node can be reached, {@code host:port}; asked once, in {@link #onStart}.
     * @param listener told of others than this node that come and go.
     */
    public FullView(
        final FullViewOptions options,
        final Supplier<String> endpoint,
        final FullViewListener listener) {
        this(options, endpoint, listener, ViewExchange.SETTLE_NS);
    }

    /**
     * A view that is not started.
     *
     * @param settleNs what is younger is left to the trees by exchanges; 0 if there are no trees to leave it to, so
     *                 that exchanges bring each side all that the other has, to the version.
     */
    FullView(
        final FullViewOptions options,
        final Supplier<String> endpoint,
        final FullViewListener listener,
        final long settleNs) {
        this.options = options;
        this.endpoint = endpoint;
        this.listener = listener;
        this.settleNs = settleNs;
    }

    /**
     * The members, as they were when housekeeping was last done. Any thread, without locks.
     *
     * @return an immutable list, sorted by name, this node among them; the same one until something changes. Empty
     *     before the start.
     */
    public List<Member> members() {
        final Roster started = roster;
        return started == null ? List.of() : started.published();
    }

    @Override
    public List<Member> members(final List<Member> neighbours) {
        return members();
    }

    @Override
    public boolean tellsChanges() {
        return true;
    }

    /**
     * Everything that is known, for operators. The engine's thread.
     *
     * @return a new list, sorted by name: this node, members, and those that have left or failed and are remembered.
     */
    public List<MemberInfo> details() {
        return table.all().stream()
            .map(entry -> entry.info(timeNs))
            .sorted(Comparator.comparing(info -> info.member().id()))
            .toList();
    }

    /**
     * Announces this node to all: to be called when a link comes up where there was none, so at the start, too. With
     * the next housekeeping it is broadcast, but a second after the last time at the earliest; and then once a period,
     * until {@link #leave()}. The engine's thread.
     */
    @Override
    public void announce() {
        announcer.announce(timeNs);
    }

    /**
     * Says to all that this node leaves: to be called before the links are closed, soon enough for the broadcast to get
     * on its way. After that nothing more is announced. The engine's thread.
     *
     * @return true once it is handed to the command ring (or nothing was ever announced); false if there is no room:
     *     call it again.
     */
    @Override
    public boolean leave() {
        return announcer.leave(timeNs);
    }

    @Override
    public void addSettings(final SortedMap<String, String> settings) {
        settings.put(FullViewOptions.ENABLED_PROPERTY, "true");
        settings.put(FullViewOptions.REFRESH_PERIOD_PROPERTY, String.valueOf(options.refreshPeriodNs()));
        settings.put(FullViewOptions.EXPIRY_PROPERTY, String.valueOf(options.expiryNs()));
    }

    /**
     * A later run of this node's name that others know. The engine's thread.
     *
     * @return the latest; null if there is none.
     */
    MemberInfo rival() {
        final Announcement rival = newsOfSelf == null ? null : newsOfSelf.rival();
        return rival == null || rival.incarnation() <= self.incarnation ? null :
            new MemberInfo(rival.member(), rival.incarnation(), rival.version(), rival.status(), 0);
    }

    @Override
    public String rivalEndpoint(final long incarnation) {
        final MemberInfo rival = rival();
        return rival == null || rival.incarnation() != incarnation ? "" : rival.member().endpoint();
    }

    @Override
    public long incarnation(final long node) {
        final MemberEntry known = find(node);
        return known == null ? 0 : known.incarnation;
    }

    @Override
    public boolean isMember(final long node) {
        final MemberEntry known = find(node);
        return known != null && known.isAlive();
    }

    /** Null if it is not known; so is everybody until the start, when other handlers may ask already. */
    private MemberEntry find(final long node) {
        return table == null ? null : table.find(node);
    }

    @Override
    public long latestIncarnation(final long node) {
        final long known = incarnation(node);
        return node != self.member.id().value() ? known : newsOfSelf.latestIncarnation();
    }

    /** {@inheritDoc} Those that were only told of in exchanges are left out. */
    @Override
    public long failedRun(final Member member, final boolean isConfirmed) {
        final MemberEntry known = table.find(member.id().value());
        return known != null && known.status == MemberStatus.FAILED && known.member.equals(member)
            && (known.isConfirmed || !isConfirmed && !known.isToldOnly) ? known.incarnation : 0;
    }

    @Override
    public void confirm(final long node, final String endpoint, final long incarnation) {
        final MemberEntry known = table.find(node);
        if (known != self) {
            newsOfOthers.confirm(known, node, endpoint, incarnation, timeNs);
        }
    }

    /** Announces this node anew: to others it is another run. */
    @Override
    public void onIncarnation(final long former, final boolean isHeard, final Rebroadcast rebroadcast) {
        self.incarnation = context.incarnation();
        newsOfSelf.onLaterRun();
        announcer.announceAgain(timeNs);
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
        timeNs = handlerContext.startNs();
        lastCycleNs = timeNs;
        nextScanNs = timeNs;
        counters = new FullViewCounters(handlerContext);
        self = new MemberEntry(new Member(handlerContext.self(), endpoint.get()), handlerContext.incarnation());
        checkEndpoint(self.member.endpoint());
        self.status = MemberStatus.ALIVE;
        self.sinceNs = timeNs;
        table = new MemberTable(self, options, counters);
        announcer = new Announcer(handlerContext, self, options, counters, timeNs);
        exchanges = new ViewExchanges(this, table, options, counters, settleNs);
        newcomers = new Newcomers(options, counters, table, timeNs);
        newsOfSelf = new NewsOfSelf(self, announcer, options, counters);
        newsOfOthers = new NewsOfOthers(options, counters, table, newcomers);
        roster = table.roster();
    }

    private static void checkEndpoint(final String text) {
        if (text.length() > AnnouncementLayout.MAX_ENDPOINT_LENGTH
            || !text.chars().allMatch(AnnouncementLayout::isEndpointCharacter)) {
            throw new IllegalArgumentException("endpoint must have at most " + AnnouncementLayout.MAX_ENDPOINT_LENGTH
                + " printable ASCII characters without spaces: '" + text + "'");
        }
    }

    /** {@inheritDoc} Always refuses: what is said here is the node's own. */
    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        // Refused, as nothing is claimed.
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        AnnouncementLayout.encodeIncarnation(message.buffer(), message.idOffset(), self.incarnation);
        self.version = Math.max(self.version, AnnouncementLayout.version(message.id()));
        self.status = MemberStatus.of(message.buffer().getByte(message.payloadOffset()));
        self.sinceNs = timeNs;
    }

    @Override
    public boolean merge(final Message message) {
        final MessageId id = message.id();
        AnnouncementLayout.checkId(id);
        final long node = AnnouncementLayout.node(id);
        final long incarnation = AnnouncementLayout.incarnation(id);
        final long version = AnnouncementLayout.version(id);
        final MemberEntry known = table.find(node);
        if (isAbsurd(incarnation)
            || known != self && newsOfOthers.isStale(known, node, incarnation, version, timeNs)) {
            newsOfOthers.countStale(known, node, incarnation, version);
            return false;
        }
        final Announcement news = AnnouncementLayout.read(message);
        checkName(known, news);
        if (news.status() == MemberStatus.FAILED) {
            throw new MalformedMessageException("member " + news.member() + " can't announce itself as failed");
        }
        if (known == self) {
            return newsOfSelf.merge(news, timeNs);
        }
        return newsOfOthers.merge(known, news, timeNs);
    }

    @Override
    public boolean isStale(final MessageId id) {
        AnnouncementLayout.checkId(id);
        final long node = AnnouncementLayout.node(id);
        final MemberEntry known = table.find(node);
        final long incarnation = AnnouncementLayout.incarnation(id);
        final long version = AnnouncementLayout.version(id);
        return known == self && !isAbsurd(incarnation) ?
            newsOfSelf.isStale(incarnation, version)
            : newsOfOthers.isStale(known, node, incarnation, version, timeNs);
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        AnnouncementLayout.checkId(id);
        final MemberEntry known = table.find(AnnouncementLayout.node(id));
        final long incarnation = AnnouncementLayout.incarnation(id);
        final long version = AnnouncementLayout.version(id);
        if (known == null) {
            return graftRumor(newcomers.rumor(AnnouncementLayout.node(id)), incarnation, version, payload);
        }
        if (!known.subsumes(incarnation, version)) {
            return GraftResult.UNKNOWN;
        }
        // A failed one's last announcement would be taken for a sign of life.
        final boolean isThis = known.incarnation == incarnation && known.version == version;
        if (!isThis || known.status == MemberStatus.FAILED) {
            return GraftResult.STALE;
        }
        return wrap(known.member, known.status, payload);
    }

    private GraftResult graftRumor(
        final Announcement rumor, final long incarnation, final long version, final GraftPayload payload) {
        return rumor == null || rumor.incarnation() != incarnation || rumor.version() != version ?
            GraftResult.UNKNOWN : wrap(rumor.member(), rumor.status(), payload);
    }

    private GraftResult wrap(final Member member, final MemberStatus status, final GraftPayload payload) {
        AnnouncementLayout.encodePayload(grafted, 0, member, status);
        payload.wrap(grafted, 0, AnnouncementLayout.payloadLength(member));
        return GraftResult.PAYLOAD;
    }

    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        return exchanges.start(session, timeNs);
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        return exchanges.start(session, timeNs);
    }

    @Override
    public int doWork(final long nowNs) {
        timeNs += Math.min(nowNs - lastCycleNs, options.refreshPeriodNs());
        lastCycleNs = nowNs;
        int workCount = announcer.doWork(timeNs) + newcomers.doWork(timeNs);
        if (timeNs - nextScanNs >= 0) {
            nextScanNs = timeNs + options.expiryNs() / SCANS_PER_EXPIRY;
            table.startScan();
            newsOfSelf.forgetRival(timeNs);
        }
        workCount += table.scan(timeNs);
        counters.members.setRelease(table.memberCount());
        counters.tombstones.setRelease(table.tombstoneCount());
        return workCount + publish();
    }

    /**
     * Takes in what a peer tells of a node in an exchange.
     *
     * @param peer      who tells it.
     * @param isTrusted whether it is believed however much it tells.
     * @param ageNs     how long the peer has known it; that much less is it known here.
     * @return true if it is news.
     */
    boolean mergeExchanged(final Announcement news, final long peer, final boolean isTrusted, final long ageNs) {
        final long node = news.member().id().value();
        final MemberEntry known = table.find(node);
        checkName(known, news);
        if (isAbsurd(news.incarnation())) {
            counters.runsRefused.incrementRelease();
            return false;
        }
        return known == self ? newsOfSelf.merge(news, timeNs) :
            newsOfOthers.mergeTold(known, news, peer, isTrusted, ageNs, timeNs);
    }

    long timeNs() {
        return timeNs;
    }

    /** Later than any clock: no node is in such a run, or would go above it. */
    static boolean isAbsurd(final long incarnation) {
        return incarnation > AnnouncementLayout.MAX_INCARNATION;
    }

    private static void checkName(final MemberEntry known, final Announcement news) {
        if (known != null && !known.member.id().equals(news.member().id())) {
            throw new MalformedMessageException("member " + news.member() + " has the same value as " + known.member
                + ": rename one of them");
        }
    }

    private int publish() {
        try {
            return table.roster().publish(listener) ? 1 : 0;
        } catch (final RuntimeException ex) {
            counters.listenerErrors.incrementRelease();
            context.onError(ex);
            return 1;
        }
    }
}
