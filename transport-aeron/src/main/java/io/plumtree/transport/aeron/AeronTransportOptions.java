package io.plumtree.transport.aeron;

import io.plumtree.api.NearestName;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.options.PropertyTable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
 * {@link SharedDriver}. Pauses longer than half a second that are to leave links up: the {@link #timeouts()}, all
 * together.
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
    /** Key of {@link #retryIntervalNs()}. */
    public static final String RETRY_INTERVAL_PROPERTY = "aeron.retryInterval";
    /** Default of {@link #retryIntervalNs()}. */
    public static final long RETRY_INTERVAL_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(500);
    /** Key of {@link #closeTimeoutNs()}. */
    public static final String CLOSE_TIMEOUT_PROPERTY = "aeron.closeTimeout";
    /** Default of {@link #closeTimeoutNs()}. */
    public static final long CLOSE_TIMEOUT_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(300);

    private static final PropertyTable<AeronTransportOptions> TABLE = new PropertyTable<AeronTransportOptions>()
        .text(DIRECTORY_PROPERTY, AeronTransportOptions::directory, AeronTransportOptions::directory)
        .text(BASE_DIRECTORY_PROPERTY, AeronTransportOptions::baseDirectory, AeronTransportOptions::baseDirectory)
        .number(STREAM_ID_PROPERTY, AeronTransportOptions::streamId, AeronTransportOptions::streamId)
        .size(MTU_LENGTH_PROPERTY, AeronTransportOptions::mtuLength, AeronTransportOptions::mtuLength)
        .size(TERM_LENGTH_PROPERTY, AeronTransportOptions::termLength, AeronTransportOptions::termLength)
        .size(SEND_WINDOW_LENGTH_PROPERTY, AeronTransportOptions::sendWindowLength,
            AeronTransportOptions::sendWindowLength)
        .size(RECEIVE_WINDOW_LENGTH_PROPERTY, AeronTransportOptions::receiveWindowLength,
            AeronTransportOptions::receiveWindowLength)
        .size(SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY, AeronTransportOptions::socketReceiveBufferLength,
            AeronTransportOptions::socketReceiveBufferLength)
        .size(SOCKET_SEND_BUFFER_LENGTH_PROPERTY, AeronTransportOptions::socketSendBufferLength,
            AeronTransportOptions::socketSendBufferLength)
        .flag(RELIABLE_PROPERTY, AeronTransportOptions::reliable, AeronTransportOptions::reliable)
        .flag(CHECKSUM_PROPERTY, AeronTransportOptions::checksum, AeronTransportOptions::checksum)
        .flag(PREALLOCATE_PROPERTY, AeronTransportOptions::preallocate, AeronTransportOptions::preallocate)
        .number(MAX_LINKS_PROPERTY, AeronTransportOptions::maxLinks, AeronTransportOptions::maxLinks)
        .number(MAX_CHANNELS_PROPERTY, AeronTransportOptions::maxChannels, AeronTransportOptions::maxChannels)
        .duration(RETRY_INTERVAL_PROPERTY, AeronTransportOptions::retryIntervalNs,
            AeronTransportOptions::retryIntervalNs)
        .duration(CLOSE_TIMEOUT_PROPERTY, AeronTransportOptions::closeTimeoutNs, AeronTransportOptions::closeTimeoutNs);

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
    private long retryIntervalNs = RETRY_INTERVAL_NS_DEFAULT;
    private long closeTimeoutNs = CLOSE_TIMEOUT_NS_DEFAULT;
    private AeronSessionOptions sessions = new AeronSessionOptions();
    private AeronTimeoutOptions timeouts = new AeronTimeoutOptions();

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
        options.forEach(result::read);
        return result;
    }

    private void read(final String key, final String text) {
        final String value = text.trim();
        try {
            if (!TABLE.set(this, key, value) && !AeronSessionOptions.TABLE.set(sessions, key, value)
                && !AeronTimeoutOptions.TABLE.set(timeouts, key, value)) {
                throw new IllegalArgumentException("no such option" + NearestName.question(key, toMap().keySet()));
            }
        } catch (final IllegalArgumentException ex) {
            throw new PlumtreeException(Category.CONFIGURATION, key + "=" + value + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * All options by their keys: what {@link #of} reads.
     *
     * @return the values, sorted by key.
     */
    public Map<String, String> toMap() {
        final Map<String, String> map = new TreeMap<>(TABLE.values(this));
        map.putAll(AeronSessionOptions.TABLE.values(sessions));
        map.putAll(AeronTimeoutOptions.TABLE.values(timeouts));
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

    /**
     * How many senders may be open to this node, and for how long unconfirmed.
     *
     * @return these options, to be changed in place.
     */
    public AeronSessionOptions sessions() {
        return sessions;
    }

    /**
     * Sets how many senders may be open to this node, and for how long unconfirmed.
     *
     * @param value options that take the place of those before.
     * @return this.
     */
    public AeronTransportOptions sessions(final AeronSessionOptions value) {
        this.sessions = Objects.requireNonNull(value, "sessions");
        return this;
    }

    /**
     * How long nodes, transports and media drivers may be silent.
     *
     * @return these options, to be changed in place.
     */
    public AeronTimeoutOptions timeouts() {
        return timeouts;
    }

    /**
     * Sets how long nodes, transports and media drivers may be silent.
     *
     * @param value options that take the place of those before.
     * @return this.
     */
    public AeronTransportOptions timeouts(final AeronTimeoutOptions value) {
        this.timeouts = Objects.requireNonNull(value, "timeouts");
        return this;
    }
}
