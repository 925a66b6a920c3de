package io.plumtree.transport.aeron;

import io.plumtree.api.PlumtreeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The options of the transport: each has a key (for properties and the command line), a default, a setter and a getter.
 *
 * <p>Lengths may be written with a suffix {@code k}, {@code m} or {@code g}, durations with {@code ns}, {@code us},
 * {@code ms} or {@code s}. A node takes them by key:
 * <pre>{@code
 * new AeronTransportOptions().mtuLength(8192).receiveWindowLength(1 << 20).toMap()
 * }</pre>
 *
 * <p><b>What to tune first.</b> Throughput in a data centre: {@link #mtuLength(int)} up to what the network carries in
 * one piece. Long distances: {@link #receiveWindowLength(int)} to bandwidth times round trip, with
 * {@link #socketReceiveBufferLength(int)} and {@link #termLength(int)} above it. Many nodes on one machine: one
 * {@link SharedDriver}. Pauses longer than half a second that are to leave links up: the timeouts, all together.
 *
 * <p>Not for several threads.
 */
public final class AeronTransportOptions {
    /** Key of {@link #directory()}. */
    public static final String DIRECTORY_PROPERTY = "aeron.directory";
    /** Default of {@link #directory()}. */
    public static final String DIRECTORY_DEFAULT = "";
    /** Key of {@link #baseDirectory()}. */
    public static final String BASE_DIRECTORY_PROPERTY = "aeron.baseDirectory";
    /** Default of {@link #baseDirectory()}. */
    public static final String BASE_DIRECTORY_DEFAULT = "";
    /** Key of {@link #streamId()}. */
    public static final String STREAM_ID_PROPERTY = "aeron.streamId";
    /** Default of {@link #streamId()}. */
    public static final int STREAM_ID_DEFAULT = 7001;
    /** Key of {@link #mtuLength()}. */
    public static final String MTU_LENGTH_PROPERTY = "aeron.mtuLength";
    /** Default of {@link #mtuLength()}. */
    public static final int MTU_LENGTH_DEFAULT = 1408;
    /** Key of {@link #termLength()}. */
    public static final String TERM_LENGTH_PROPERTY = "aeron.termLength";
    /** Default of {@link #termLength()}. */
    public static final int TERM_LENGTH_DEFAULT = 1 << 20;
    /** Key of {@link #sendWindowLength()}. */
    public static final String SEND_WINDOW_LENGTH_PROPERTY = "aeron.sendWindowLength";
    /** Default of {@link #sendWindowLength()}. */
    public static final int SEND_WINDOW_LENGTH_DEFAULT = 0;
    /** Key of {@link #receiveWindowLength()}. */
    public static final String RECEIVE_WINDOW_LENGTH_PROPERTY = "aeron.receiveWindowLength";
    /** Default of {@link #receiveWindowLength()}. */
    public static final int RECEIVE_WINDOW_LENGTH_DEFAULT = 128 * 1024;
    /** Key of {@link #socketReceiveBufferLength()}. */
    public static final String SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY = "aeron.socketReceiveBufferLength";
    /** Default of {@link #socketReceiveBufferLength()}. */
    public static final int SOCKET_RECEIVE_BUFFER_LENGTH_DEFAULT = 1 << 20;
    /** Key of {@link #socketSendBufferLength()}. */
    public static final String SOCKET_SEND_BUFFER_LENGTH_PROPERTY = "aeron.socketSendBufferLength";
    /** Default of {@link #socketSendBufferLength()}. */
    public static final int SOCKET_SEND_BUFFER_LENGTH_DEFAULT = 1 << 20;
    /** Key of {@link #reliable()}. */
    public static final String RELIABLE_PROPERTY = "aeron.reliable";
    /** Default of {@link #reliable()}. */
    public static final boolean RELIABLE_DEFAULT = true;
    /** Key of {@link #checksum()}. */
    public static final String CHECKSUM_PROPERTY = "aeron.checksum";
    /** Default of {@link #checksum()}. */
    public static final boolean CHECKSUM_DEFAULT = true;
    /** Key of {@link #preallocate()}. */
    public static final String PREALLOCATE_PROPERTY = "aeron.preallocate";
    /** Default of {@link #preallocate()}. */
    public static final boolean PREALLOCATE_DEFAULT = true;
    /** Key of {@link #maxLinks()}. */
    public static final String MAX_LINKS_PROPERTY = "aeron.maxLinks";
    /** Default of {@link #maxLinks()}. */
    public static final int MAX_LINKS_DEFAULT = 512;
    /** Key of {@link #maxChannels()}. */
    public static final String MAX_CHANNELS_PROPERTY = "aeron.maxChannels";
    /** Default of {@link #maxChannels()}. */
    public static final int MAX_CHANNELS_DEFAULT = 16;
    /** Key of {@link #maxSessions()}. */
    public static final String MAX_SESSIONS_PROPERTY = "aeron.maxSessions";
    /** Default of {@link #maxSessions()}. */
    public static final int MAX_SESSIONS_DEFAULT = 0;
    /** Key of {@link #maxSessionsPerSource()}. */
    public static final String MAX_SESSIONS_PER_SOURCE_PROPERTY = "aeron.maxSessionsPerSource";
    /** Default of {@link #maxSessionsPerSource()}. */
    public static final int MAX_SESSIONS_PER_SOURCE_DEFAULT = 0;
    /** Key of {@link #maxSessionRate()}. */
    public static final String MAX_SESSION_RATE_PROPERTY = "aeron.maxSessionRate";
    /** Default of {@link #maxSessionRate()}. */
    public static final int MAX_SESSION_RATE_DEFAULT = 64;
    /** Key of {@link #unconfirmedTimeoutNs()}. */
    public static final String UNCONFIRMED_TIMEOUT_PROPERTY = "aeron.unconfirmedTimeout";
    /** Default of {@link #unconfirmedTimeoutNs()}. */
    public static final long UNCONFIRMED_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(900);
    /** Key of {@link #imageLivenessTimeoutNs()}. */
    public static final String IMAGE_LIVENESS_TIMEOUT_PROPERTY = "aeron.imageLivenessTimeout";
    /** Default of {@link #imageLivenessTimeoutNs()}. */
    public static final long IMAGE_LIVENESS_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #connectionTimeoutNs()}. */
    public static final String CONNECTION_TIMEOUT_PROPERTY = "aeron.connectionTimeout";
    /** Default of {@link #connectionTimeoutNs()}. */
    public static final long CONNECTION_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #statusMessageIntervalNs()}. */
    public static final String STATUS_MESSAGE_INTERVAL_PROPERTY = "aeron.statusMessageInterval";
    /** Default of {@link #statusMessageIntervalNs()}. */
    public static final long STATUS_MESSAGE_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(50);
    /** Key of {@link #timerIntervalNs()}. */
    public static final String TIMER_INTERVAL_PROPERTY = "aeron.timerInterval";
    /** Default of {@link #timerIntervalNs()}. */
    public static final long TIMER_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(50);
    /** Key of {@link #lingerTimeoutNs()}. */
    public static final String LINGER_TIMEOUT_PROPERTY = "aeron.lingerTimeout";
    /** Default of {@link #lingerTimeoutNs()}. */
    public static final long LINGER_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(200);
    /** Key of {@link #clientLivenessTimeoutNs()}. */
    public static final String CLIENT_LIVENESS_TIMEOUT_PROPERTY = "aeron.clientLivenessTimeout";
    /** Default of {@link #clientLivenessTimeoutNs()}. */
    public static final long CLIENT_LIVENESS_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(5000);
    /** Key of {@link #driverTimeoutNs()}. */
    public static final String DRIVER_TIMEOUT_PROPERTY = "aeron.driverTimeout";
    /** Default of {@link #driverTimeoutNs()}. */
    public static final long DRIVER_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(5000);
    /** Key of {@link #retryIntervalNs()}. */
    public static final String RETRY_INTERVAL_PROPERTY = "aeron.retryInterval";
    /** Default of {@link #retryIntervalNs()}. */
    public static final long RETRY_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #closeTimeoutNs()}. */
    public static final String CLOSE_TIMEOUT_PROPERTY = "aeron.closeTimeout";
    /** Default of {@link #closeTimeoutNs()}. */
    public static final long CLOSE_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(300);

    private String directory = DIRECTORY_DEFAULT;
    private String baseDirectory = BASE_DIRECTORY_DEFAULT;
    private int streamId = STREAM_ID_DEFAULT;
    private int mtuLength = MTU_LENGTH_DEFAULT;
    private int termLength = TERM_LENGTH_DEFAULT;
    private int sendWindowLength = SEND_WINDOW_LENGTH_DEFAULT;
    private int receiveWindowLength = RECEIVE_WINDOW_LENGTH_DEFAULT;
    private int socketReceiveBufferLength = SOCKET_RECEIVE_BUFFER_LENGTH_DEFAULT;
    private int socketSendBufferLength = SOCKET_SEND_BUFFER_LENGTH_DEFAULT;
    private boolean reliable = RELIABLE_DEFAULT;
    private boolean checksum = CHECKSUM_DEFAULT;
    private boolean preallocate = PREALLOCATE_DEFAULT;
    private int maxLinks = MAX_LINKS_DEFAULT;
    private int maxChannels = MAX_CHANNELS_DEFAULT;
    private int maxSessions = MAX_SESSIONS_DEFAULT;
    private int maxSessionsPerSource = MAX_SESSIONS_PER_SOURCE_DEFAULT;
    private int maxSessionRate = MAX_SESSION_RATE_DEFAULT;
    private long unconfirmedTimeoutNs = UNCONFIRMED_TIMEOUT_NS_DEFAULT;
    private long imageLivenessTimeoutNs = IMAGE_LIVENESS_TIMEOUT_NS_DEFAULT;
    private long connectionTimeoutNs = CONNECTION_TIMEOUT_NS_DEFAULT;
    private long statusMessageIntervalNs = STATUS_MESSAGE_INTERVAL_NS_DEFAULT;
    private long timerIntervalNs = TIMER_INTERVAL_NS_DEFAULT;
    private long lingerTimeoutNs = LINGER_TIMEOUT_NS_DEFAULT;
    private long clientLivenessTimeoutNs = CLIENT_LIVENESS_TIMEOUT_NS_DEFAULT;
    private long driverTimeoutNs = DRIVER_TIMEOUT_NS_DEFAULT;
    private long retryIntervalNs = RETRY_INTERVAL_NS_DEFAULT;
    private long closeTimeoutNs = CLOSE_TIMEOUT_NS_DEFAULT;

    /** The defaults. */
    public AeronTransportOptions() {
    }

    /**
     * Reads options by their keys.
     *
     * @param options values by key; those left out keep their defaults.
     * @return the options, each one read, their ranges still to be checked.
     * @throws PlumtreeException if a key is unknown, or a value can't be read.
     */
    public static AeronTransportOptions of(final Map<String, String> options) {
        final AeronTransportOptions result = new AeronTransportOptions();
        options.forEach((key, value) -> OptionsReader.read(result, key, value));
        return result;
    }

    /**
     * All options by their keys: what {@link #of} reads.
     *
     * @return the values, in the order of this class.
     */
    public Map<String, String> toMap() {
        final Map<String, String> map = new LinkedHashMap<>();
        map.put(DIRECTORY_PROPERTY, directory);
        map.put(BASE_DIRECTORY_PROPERTY, baseDirectory);
        map.put(STREAM_ID_PROPERTY, String.valueOf(streamId));
        map.put(MTU_LENGTH_PROPERTY, String.valueOf(mtuLength));
        map.put(TERM_LENGTH_PROPERTY, String.valueOf(termLength));
        map.put(SEND_WINDOW_LENGTH_PROPERTY, String.valueOf(sendWindowLength));
        map.put(RECEIVE_WINDOW_LENGTH_PROPERTY, String.valueOf(receiveWindowLength));
        map.put(SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY, String.valueOf(socketReceiveBufferLength));
        map.put(SOCKET_SEND_BUFFER_LENGTH_PROPERTY, String.valueOf(socketSendBufferLength));
        map.put(RELIABLE_PROPERTY, String.valueOf(reliable));
        map.put(CHECKSUM_PROPERTY, String.valueOf(checksum));
        map.put(PREALLOCATE_PROPERTY, String.valueOf(preallocate));
        map.put(MAX_LINKS_PROPERTY, String.valueOf(maxLinks));
        map.put(MAX_CHANNELS_PROPERTY, String.valueOf(maxChannels));
        map.put(MAX_SESSIONS_PROPERTY, String.valueOf(maxSessions));
        map.put(MAX_SESSIONS_PER_SOURCE_PROPERTY, String.valueOf(maxSessionsPerSource));
        map.put(MAX_SESSION_RATE_PROPERTY, String.valueOf(maxSessionRate));
        map.put(UNCONFIRMED_TIMEOUT_PROPERTY, unconfirmedTimeoutNs + "ns");
        map.put(IMAGE_LIVENESS_TIMEOUT_PROPERTY, imageLivenessTimeoutNs + "ns");
        map.put(CONNECTION_TIMEOUT_PROPERTY, connectionTimeoutNs + "ns");
        map.put(STATUS_MESSAGE_INTERVAL_PROPERTY, statusMessageIntervalNs + "ns");
        map.put(TIMER_INTERVAL_PROPERTY, timerIntervalNs + "ns");
        map.put(LINGER_TIMEOUT_PROPERTY, lingerTimeoutNs + "ns");
        map.put(CLIENT_LIVENESS_TIMEOUT_PROPERTY, clientLivenessTimeoutNs + "ns");
        map.put(DRIVER_TIMEOUT_PROPERTY, driverTimeoutNs + "ns");
        map.put(RETRY_INTERVAL_PROPERTY, retryIntervalNs + "ns");
        map.put(CLOSE_TIMEOUT_PROPERTY, closeTimeoutNs + "ns");
        return map;
    }

    /**
     * Checks every range and how the options relate.
     *
     * @return this.
     * @throws PlumtreeException if a value or a relation is not allowed; the message names keys and values.
     */
    public AeronTransportOptions conclude() {
        OptionsChecks.check(this);
        return this;
    }

    /**
     * The directory of a media driver that runs already: another process, or a {@link SharedDriver} of this one. Empty
     * for an embedded driver of the transport's own, run by the thread that drives the transport.
     *
     * @return directory, or empty for an embedded driver.
     */
    public String directory() {
        return directory;
    }

    /**
     * Sets the directory of a media driver that runs already.
     *
     * @param value directory, or empty for an embedded driver.
     * @return this.
     */
    public AeronTransportOptions directory(final String value) {
        this.directory = value;
        return this;
    }

    /**
     * Where the embedded driver makes its directory. Empty for {@code /dev/shm} if it is there and has room, else the
     * directory for temporary files.
     *
     * @return existing directory, or empty to choose.
     */
    public String baseDirectory() {
        return baseDirectory;
    }

    /**
     * Sets where the embedded driver makes its directory.
     *
     * @param value existing directory, or empty to choose.
     * @return this.
     */
    public AeronTransportOptions baseDirectory(final String value) {
        this.baseDirectory = value;
        return this;
    }

    /**
     * The Aeron stream that all nodes of a cluster use for channel 0. Channel {@code n} is the stream with an id
     * {@code n} higher, past the highest id back to the lowest; stream 0 is left out.
     *
     * @return stream id.
     */
    public int streamId() {
        return streamId;
    }

    /**
     * Sets the Aeron stream; the same on all nodes.
     *
     * @param value stream id, not 0.
     * @return this.
     */
    public AeronTransportOptions streamId(final int value) {
        this.streamId = value;
        return this;
    }

    /**
     * The longest datagram, in bytes without IP and UDP headers: 256 to 65,504, a multiple of 32. Frames up to 32 bytes
     * less travel in one piece. The default fits an Ethernet frame, tunnels included; on loopback or with jumbo frames
     * 8192 gives four times the throughput.
     *
     * @return bytes.
     */
    public int mtuLength() {
        return mtuLength;
    }

    /**
     * Sets the longest datagram.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions mtuLength(final int value) {
        this.mtuLength = value;
        return this;
    }

    /**
     * The length of each of the three terms of a log, in bytes: 64 KiB to 1 GiB, a power of two. Every link, and every
     * peer that sends to this node, takes three terms in the driver's directory; a peer that sends on several channels
     * takes them for each.
     *
     * @return bytes.
     */
    public int termLength() {
        return termLength;
    }

    /**
     * Sets the length of a term.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions termLength(final int value) {
        this.termLength = value;
        return this;
    }

    /**
     * How many bytes a link takes in beyond what has gone out before it is back-pressured: at least the MTU, at most
     * half a term; 0 for half a term.
     *
     * @return bytes.
     */
    public int sendWindowLength() {
        return sendWindowLength;
    }

    /**
     * Sets how many bytes a link takes in beyond what has gone out.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions sendWindowLength(final int value) {
        this.sendWindowLength = value;
        return this;
    }

    /**
     * How many bytes one sender may have under way to this node on one channel: at least the MTU, at most half a term.
     * It is lowered, with a warning, to the receive buffer that the system grants.
     *
     * @return bytes.
     */
    public int receiveWindowLength() {
        return receiveWindowLength;
    }

    /**
     * Sets how many bytes one sender may have under way to this node.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions receiveWindowLength(final int value) {
        this.receiveWindowLength = value;
        return this;
    }

    /**
     * The receive buffer to ask the system for, in bytes. All senders share it, on all channels: best several
     * windows. Where the system grants less (Linux: {@code net.core.rmem_max}) the transport makes do and says so.
     *
     * @return bytes.
     */
    public int socketReceiveBufferLength() {
        return socketReceiveBufferLength;
    }

    /**
     * Sets the receive buffer to ask the system for.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions socketReceiveBufferLength(final int value) {
        this.socketReceiveBufferLength = value;
        return this;
    }

    /**
     * The send buffer to ask the system for, in bytes (Linux: {@code net.core.wmem_max}).
     *
     * @return bytes.
     */
    public int socketSendBufferLength() {
        return socketSendBufferLength;
    }

    /**
     * Sets the send buffer to ask the system for.
     *
     * @param value bytes.
     * @return this.
     */
    public AeronTransportOptions socketSendBufferLength(final int value) {
        this.socketSendBufferLength = value;
        return this;
    }

    /**
     * Whether lost datagrams are asked for again. If not, a loss costs the frame and not the time of all that follow:
     * the protocol above repairs it.
     *
     * @return true if so.
     */
    public boolean reliable() {
        return reliable;
    }

    /**
     * Sets whether lost datagrams are asked for again.
     *
     * @param value true to ask again.
     * @return this.
     */
    public AeronTransportOptions reliable(final boolean value) {
        this.reliable = value;
        return this;
    }

    /**
     * Whether datagrams with frames are sent with a CRC32C. The receiver drops those that have one which is wrong, and
     * has them sent again; those that have none it takes in. Only with a driver of the transport's own.
     *
     * @return true if so.
     */
    public boolean checksum() {
        return checksum;
    }

    /**
     * Sets whether datagrams with frames are sent with a checksum.
     *
     * @param value true to write one.
     * @return this.
     */
    public AeronTransportOptions checksum(final boolean value) {
        this.checksum = value;
        return this;
    }

    /**
     * Whether logs take their whole space when they are made. If not, they take it as they fill, and a file system
     * that runs full in the meantime ends the process.
     *
     * @return true if so.
     */
    public boolean preallocate() {
        return preallocate;
    }

    /**
     * Sets whether logs take their whole space when they are made.
     *
     * @param value true to take it at once.
     * @return this.
     */
    public AeronTransportOptions preallocate(final boolean value) {
        this.preallocate = value;
        return this;
    }

    /**
     * The most links at a time, one for each peer and channel: 1 to 65,536. From 512 links on, each takes 10 KiB more
     * for counters in the driver's directory.
     *
     * @return links.
     */
    public int maxLinks() {
        return maxLinks;
    }

    /**
     * Sets the most links at a time.
     *
     * @param value links.
     * @return this.
     */
    public AeronTransportOptions maxLinks(final int value) {
        this.maxLinks = value;
        return this;
    }

    /**
     * The most channels that the node listens on, channel 0 among them: 1 to 1,024.
     *
     * @return channels.
     */
    public int maxChannels() {
        return maxChannels;
    }

    /**
     * Sets the most channels that the node listens on.
     *
     * @param value channels.
     * @return this.
     */
    public AeronTransportOptions maxChannels(final int value) {
        this.maxChannels = value;
        return this;
    }

    /**
     * How many senders may be open to this node at a time, once for each of their channels: 0 for half as many again as
     * {@link #maxLinks()}, or up to 131,072. A third of them are for strangers: senders that nobody has confirmed, from
     * addresses to which this node has no links. An embedded driver alone holds to this, and to the next three.
     *
     * @return number of sessions, or 0.
     */
    public int maxSessions() {
        return maxSessions;
    }

    /**
     * Sets how many senders may be open to this node at a time.
     *
     * @param value number of sessions, or 0.
     * @return this.
     */
    public AeronTransportOptions maxSessions(final int value) {
        this.maxSessions = value;
        return this;
    }

    /**
     * How many strangers may be open from one address at a time: 0 for half of all strangers, or up to 131,072.
     *
     * @return number of sessions, or 0.
     */
    public int maxSessionsPerSource() {
        return maxSessionsPerSource;
    }

    /**
     * Sets how many strangers may be open from one address at a time.
     *
     * @param value number of sessions, or 0.
     * @return this.
     */
    public AeronTransportOptions maxSessionsPerSource(final int value) {
        this.maxSessionsPerSource = value;
        return this;
    }

    /**
     * How many senders may come in a second, once there have been as many at once as may be open: 1 to 100,000.
     * Strangers have a rate as high of their own, of which one address may have a quarter; no more of them come at
     * once than in a second.
     *
     * @return number of sessions.
     */
    public int maxSessionRate() {
        return maxSessionRate;
    }

    /**
     * Sets how many senders may come in a second.
     *
     * @param value number of sessions.
     * @return this.
     */
    public AeronTransportOptions maxSessionRate(final int value) {
        this.maxSessionRate = value;
        return this;
    }

    /**
     * How long a sender may be open that nobody confirms ({@link io.plumtree.api.transport.Session#confirm()}): 50 ms
     * to 1 h. It may come back. An answer to the question whether it is where it says may take as long, and two seconds
     * at least.
     *
     * @return nanoseconds.
     */
    public long unconfirmedTimeoutNs() {
        return unconfirmedTimeoutNs;
    }

    /**
     * Sets how long a sender may be open that nobody confirms.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions unconfirmedTimeoutNs(final long value) {
        this.unconfirmedTimeoutNs = value;
        return this;
    }

    /**
     * How long a sender may be silent before it is taken for gone: 100 ms to 1 h.
     *
     * @return nanoseconds.
     */
    public long imageLivenessTimeoutNs() {
        return imageLivenessTimeoutNs;
    }

    /**
     * Sets how long a sender may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions imageLivenessTimeoutNs(final long value) {
        this.imageLivenessTimeoutNs = value;
        return this;
    }

    /**
     * How long a receiver may be silent before {@link io.plumtree.api.transport.Link#isConnected()} ends: 100 ms to 1
     * h, and at least four status message intervals.
     *
     * @return nanoseconds.
     */
    public long connectionTimeoutNs() {
        return connectionTimeoutNs;
    }

    /**
     * Sets how long a receiver may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions connectionTimeoutNs(final long value) {
        this.connectionTimeoutNs = value;
        return this;
    }

    /**
     * How often a receiver reports to an idle sender: 1 ms to 1 min. It must be shorter than every peer's connection
     * timeout.
     *
     * @return nanoseconds.
     */
    public long statusMessageIntervalNs() {
        return statusMessageIntervalNs;
    }

    /**
     * Sets how often a receiver reports to an idle sender.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions statusMessageIntervalNs(final long value) {
        this.statusMessageIntervalNs = value;
        return this;
    }

    /**
     * How often the driver looks at its timeouts: 1 ms to 10 s; shorter than each of them.
     *
     * @return nanoseconds.
     */
    public long timerIntervalNs() {
        return timerIntervalNs;
    }

    /**
     * Sets how often the driver looks at its timeouts.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions timerIntervalNs(final long value) {
        this.timerIntervalNs = value;
        return this;
    }

    /**
     * How long a closed link goes on to serve what it has sent: 0 to 1 min.
     *
     * @return nanoseconds.
     */
    public long lingerTimeoutNs() {
        return lingerTimeoutNs;
    }

    /**
     * Sets how long a closed link goes on to serve what it has sent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions lingerTimeoutNs(final long value) {
        this.lingerTimeoutNs = value;
        return this;
    }

    /**
     * How long a transport may go without a cycle before a driver that it shares takes it for dead: 100 ms to 1 h. It
     * then builds itself anew. An embedded driver stands still with its transport.
     *
     * @return nanoseconds.
     */
    public long clientLivenessTimeoutNs() {
        return clientLivenessTimeoutNs;
    }

    /**
     * Sets how long the transport may go without a cycle.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions clientLivenessTimeoutNs(final long value) {
        this.clientLivenessTimeoutNs = value;
        return this;
    }

    /**
     * How long a driver elsewhere may be silent before the transport takes it for dead: 100 ms to 1 h. It then builds
     * itself anew. Also how long any driver may take to do what it is asked for.
     *
     * @return nanoseconds.
     */
    public long driverTimeoutNs() {
        return driverTimeoutNs;
    }

    /**
     * Sets how long the driver may be silent.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions driverTimeoutNs(final long value) {
        this.driverTimeoutNs = value;
        return this;
    }

    /**
     * How long to wait before trying again what failed: a link to a host whose name is not known, a driver that does
     * not come back: 1 ms to 1 min.
     *
     * @return nanoseconds.
     */
    public long retryIntervalNs() {
        return retryIntervalNs;
    }

    /**
     * Sets how long to wait before trying again what failed.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions retryIntervalNs(final long value) {
        this.retryIntervalNs = value;
        return this;
    }

    /**
     * How long {@link io.plumtree.api.transport.Transport#close()} goes on, so that peers learn of it: 0 to 10 s. Under
     * 150 ms peers may have to find out by themselves.
     *
     * @return nanoseconds.
     */
    public long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    /**
     * Sets how long closing goes on, so that peers learn of it.
     *
     * @param value nanoseconds.
     * @return this.
     */
    public AeronTransportOptions closeTimeoutNs(final long value) {
        this.closeTimeoutNs = value;
        return this;
    }
}
