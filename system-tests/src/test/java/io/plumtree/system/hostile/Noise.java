package io.plumtree.system.hostile;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * Hostile datagrams of all kinds, by a seed: random bytes; datagrams that were really sent, cut off or with bits
 * flipped; Aeron's frames with any values; and our own frames with forged fields, in sessions made by hand. What is
 * made of real data gets another session's id: bytes that are forged into a live session are not meant here.
 */
final class Noise {
    private static final List<ControlMessage> BATCHED =
        List.copyOf(EnumSet.complementOf(EnumSet.of(ControlMessage.PRUNE)));
    private static final int KINDS = 10;
    private static final long[] LIMITS = {
        0, 1, -1, 2, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 40, 1L << 48, -1L << 32};

    private final HostileCluster cluster;
    private final Attacks attacks;
    private final List<byte[]> captured;
    private final List<InetSocketAddress> targets;
    private final Random random;
    private final HostileSocket socket;
    private final AeronFrames frames;
    private long frameCount;

    Noise(final HostileCluster cluster, final Attacks attacks, final List<byte[]> captured, final long seed) {
        this.cluster = cluster;
        this.attacks = attacks;
        this.captured = captured;
        this.random = new Random(seed);
        targets = cluster.nodes.stream().map(node -> HostileSocket.address(node.endpoint())).toList();
        socket = attacks.socket();
        frames = new AeronFrames(socket.buffer);
    }

    /** Sends the next one to any node. */
    void next() {
        final int to = random.nextInt(targets.size());
        switch (random.nextInt(KINDS)) {
            case 0 -> random(to);
            case 1 -> captured(to, true, false);
            case 2 -> captured(to, false, true);
            case 3 -> captured(to, true, true);
            case 4 -> setup(to);
            case 5 -> send(to, frames.data(random.nextInt(), stream(), random.nextInt(), random.nextInt(),
                random.nextInt(), (short) random.nextInt(256), random.nextBoolean()));
            case 6 -> send(to, frames.status(random.nextInt(), stream(), random.nextInt(), random.nextInt(),
                random.nextInt()));
            case 7 -> send(to, frames.nak(random.nextInt(), stream(), random.nextInt(), random.nextInt(),
                random.nextInt()));
            case 8 -> {
                if (random.nextBoolean()) {
                    send(to, frames.error(random.nextInt(), stream(), random.nextInt(32), "error " + random.nextInt()));
                } else {
                    send(to, frames.roundTrip(random.nextInt(), stream(), random.nextLong(), random.nextBoolean()));
                }
            }
            default -> frame(to);
        }
    }

    private int stream() {
        return random.nextBoolean() ? AeronFrames.STREAM : random.nextInt();
    }

    private void send(final int to, final int length) {
        socket.send(targets.get(to), length);
    }

    private void random(final int to) {
        final byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? AeronFrames.MTU : 80)];
        random.nextBytes(bytes);
        socket.send(targets.get(to), bytes);
    }

    private void captured(final int to, final boolean isCutOff, final boolean isMutated) {
        final byte[] bytes = captured.get(random.nextInt(captured.size())).clone();
        socket.buffer.putBytes(0, bytes);
        int length = bytes.length;
        if (isMutated) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                final int at = random.nextInt(length);
                socket.buffer.putByte(at, (byte) (socket.buffer.getByte(at) ^ 1 << random.nextInt(8)));
            }
        }
        if (length >= DataHeaderFlyweight.HEADER_LENGTH) {
            // Data and SETUP have the session at one place, status and NAK at another.
            final int type = new HeaderFlyweight(socket.buffer).headerType();
            final boolean isLate = type <= HeaderFlyweight.HDR_TYPE_DATA || type == HeaderFlyweight.HDR_TYPE_SETUP;
            socket.buffer.putInt(isLate ? 12 : 8, random.nextInt());
        }
        if (isCutOff) {
            length = random.nextInt(length + 1);
        }
        send(to, length);
    }

    private void setup(final int to) {
        final boolean isPlain = random.nextInt(4) == 0;
        final int initial = random.nextInt();
        final int termLength = isPlain ? AeronFrames.TERM_LENGTH :
            random.nextBoolean() ? 1 << random.nextInt(32) : random.nextInt();
        send(to, frames.setup(
            random.nextInt(), stream(), initial, isPlain ? initial : random.nextInt(),
            isPlain ? 0 : random.nextInt(), termLength, isPlain ? AeronFrames.MTU : random.nextInt(70_000)));
    }

    /** One of our frames with forged fields; left out where the session has no room. */
    private void frame(final int to) {
        byte[] frame = forged();
        if (random.nextInt(3) == 0) {
            frame = mutated(frame);
        }
        if (!attacks.trySend(to, frame)) {
            // Without a session, the bytes still arrive.
            socket.send(targets.get(to), frame);
        }
        frameCount++;
    }

    private byte[] mutated(final byte[] frame) {
        final byte[] bytes = random.nextBoolean() ? frame.clone() :
            Forgery.truncated(frame, random.nextInt(frame.length + 1));
        for (int i = bytes.length == 0 ? -1 : random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private long number(final long near) {
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> near + random.nextInt(16) - 8;
            case 2 -> LIMITS[random.nextInt(LIMITS.length)];
            default -> random.nextLong();
        };
    }

    private long positive(final long near) {
        return Math.max(1, number(near) & Long.MAX_VALUE);
    }

    private HostileCluster.Node anyNode() {
        return cluster.node(random.nextInt(targets.size()));
    }

    private Member anyMember() {
        return random.nextBoolean() ? anyNode().member : Attacks.fake(random.nextInt(5_000));
    }

    private NodeDescriptor descriptor() {
        final Member member = anyMember();
        return new NodeDescriptor(member.id(), member.endpoint(), positive(System.currentTimeMillis()));
    }

    private byte[] forged() {
        final HostileCluster.Node name = anyNode();
        final HostileCluster.Node root = anyNode();
        final boolean isMember = random.nextInt(4) != 0;
        final long run = name.node.incarnation();
        final Forgery forgery = new Forgery(
            isMember ? name.member : new Member(NodeId.of("stranger" + random.nextInt(100)), socket.endpoint()),
            random.nextBoolean() ? run : positive(run));
        final byte[] id = Forgery.id(
            random.nextBoolean() ? root.value() : number(1), number(root.node.incarnation()), number(1_000));
        return switch (random.nextInt(23)) {
            case 0 -> forgery.greeting(random.nextBoolean());
            case 1 -> forgery.heartbeat();
            case 2 -> forgery.goodbye();
            case 3 -> forgery.known(root.value(), positive(run), random.nextBoolean(), anyMember().endpoint());
            case 4 -> forgery.raised(number(run));
            case 5 -> forgery.join(random.nextLong());
            case 6 -> forgery.forwardJoin(descriptor(), random.nextInt(255));
            case 7 -> forgery.neighbor(random.nextLong(), random.nextBoolean());
            case 8 -> forgery.neighborReply(random.nextLong(), random.nextBoolean());
            case 9 -> forgery.disconnect(random.nextBoolean());
            case 10 -> forgery.shuffle(descriptor(), random.nextInt(255), List.of(descriptor(), descriptor()));
            case 11 -> forgery.shuffleReply(List.of(descriptor(), descriptor(), descriptor()));
            case 12 -> forgery.message(root.value(), random.nextInt(100), number(root.value()),
                number(root.node.incarnation()), number(1_000), "none", "forged");
            case 13 -> forgery.gossip(root.value(), random.nextInt(70_000), Forgery.PUBSUB, id, new byte[0]);
            case 14 -> forgery.announcement(
                root.value(), anyMember(), number(run), number(1), (byte) random.nextInt(5));
            case 15 -> forgery.prune(random.nextBoolean() ? root.value() : 0, id);
            case 16 -> forgery.quench(root.value());
            case 17, 18 -> forgery.batch(
                BATCHED.get(random.nextInt(BATCHED.size())), root.value(), random.nextInt(100), id);
            case 19 -> forgery.exchangeOpen(
                positive(1), positive(1 << 20), random.nextBoolean() ? Forgery.PUBSUB : Forgery.MEMBERS);
            case 20 -> forgery.exchangeData(
                positive(1), random.nextBoolean(), random.nextInt(4), new byte[] {1, (byte) random.nextInt(7), 0, 0});
            case 21 -> random.nextBoolean() ?
                forgery.exchangeCredit(positive(1), random.nextBoolean(), positive(1 << 20)) :
                forgery.exchangeClose(positive(1), random.nextBoolean(), ExchangeCloseCode.values()[
                    random.nextInt(ExchangeCloseCode.values().length)]);
            default -> forgery.query(random.nextLong(), random.nextInt(4), root.value(), socket.endpoint());
        };
    }

    long frameCount() {
        return frameCount;
    }
}
