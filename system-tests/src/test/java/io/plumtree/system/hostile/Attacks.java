package io.plumtree.system.hostile;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.harness.Patience;
import io.plumtree.protocol.ControlMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What can be done to a cluster, each attack with its rate and its bound: by a stranger, from sockets of its own, or by
 * the member with a fault, over its links. One thread's.
 */
final class Attacks implements AutoCloseable {
    static final long HIGHEST_INCARNATION = Long.MAX_VALUE - 1;
    private static final int ANY = 1 << 20;
    private static final int MB = 1 << 20;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PATIENCE_S = 5;
    private static final int MAX_WAITING = 2_000;

    private final HostileCluster cluster;
    private final List<HostileSession> sessions = new ArrayList<>();
    private final HostileSocket socket = new HostileSocket();
    private final AeronFrames frames = new AeronFrames(socket.buffer);
    private final List<InetSocketAddress> targets;
    /** Frames that no session would take: the node did not answer it. */
    private long unsent;

    /** Who does it. */
    enum By {
        /** Anyone who can reach the node's socket. */
        STRANGER,
        /** A member, whose links are up. */
        MEMBER
    }

    Attacks(final HostileCluster cluster) {
        this.cluster = cluster;
        targets = cluster.nodes.stream().map(node -> HostileSocket.address(node.endpoint())).toList();
    }

    long unsent() {
        return unsent;
    }

    HostileSocket socket() {
        return socket;
    }

    // ---- ways to send

    /** Sends one of our frames to a node; waits a little if there is no room, and leaves it out then. */
    void send(final By by, final int to, final byte[] frame) {
        if (by == By.MEMBER) {
            cluster.sendFromFaulty(cluster.node(to), frame);
            while (cluster.waitingToSend() > MAX_WAITING) {
                LockSupport.parkNanos(POLL_NS);
            }
            return;
        }
        final HostileSession session = session(to);
        if (!session.offer(frame)) {
            final Patience patience = new Patience(PATIENCE_S);
            while (!session.offer(frame)) {
                if (patience.isOver()) {
                    unsent++;
                    return;
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /** As it is possible at once, without waiting for anything. */
    boolean trySend(final int to, final byte[] frame) {
        return session(to).offer(frame);
    }

    private HostileSession session(final int to) {
        while (sessions.size() <= to) {
            sessions.add(new HostileSession(cluster.node(sessions.size()).endpoint()));
        }
        return sessions.get(to);
    }

    private void toAll(final By by, final byte[] frame) {
        for (int i = 0; i < targets.size(); i++) {
            send(by, i, frame);
        }
    }

    /** Goes on until all that was put in is on its way: sessions are kept, and sent again what was lost. */
    void settle() {
        if (cluster.faulty() != null) {
            cluster.awaitSent();
        }
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(500)) {
            sessions.forEach(HostileSession::poll);
            LockSupport.parkNanos(POLL_NS);
        }
    }

    // ---- the attacks, by their rows in the table of docs/trust.md

    /** 1: one Join per node in each other one's name, of a run that nobody can be later than. */
    Attack joinsOfTheLastRun(final By by) {
        final int nodes = targets.size();
        return new Attack("1 Joins with incarnation 2^63-2", nodes * nodes, 100, i -> {
            if (i / nodes != i % nodes) {
                send(by, i / nodes, cluster.node(i % nodes).forgery(HIGHEST_INCARNATION).join(i + 1));
            }
        });
    }

    /** 1, of a clock: a member that is not there greets, joins and publishes in a run that began a day ahead. */
    Attack lifeOfTomorrow(final Member member) {
        final Forgery forgery =
            new Forgery(member, System.currentTimeMillis() + TimeUnit.DAYS.toMillis(1));
        final long value = member.id().value();
        return new Attack("1 a run that began a day ahead", 10, 100, i -> toAll(By.STRANGER, switch (i) {
            case 0 -> forgery.greeting(false);
            case 1 -> forgery.join(1);
            case 2 -> forgery.heartbeat();
            default -> forgery.message(value, 0, value, forgery.incarnation, i - 2, "none", "tomorrow");
        }));
    }

    /** 2: two Gossips of the next runs of a publisher, then two of runs that nobody can be later than. */
    Attack laterRuns(final By by, final int publisher) {
        return new Attack("2 Gossips of later incarnations", 4, 100, i -> {
            final HostileCluster.Node node = cluster.node(publisher);
            final long run = i < 2 ? node.node.incarnation() + 1 + i : HIGHEST_INCARNATION - 3 + i;
            toAllBut(by, publisher, from(by, publisher).message(
                node.value(), 1, node.value(), run, 1, "none", "later"));
        });
    }

    /** 2: a sequence far ahead in the publisher's present run. */
    Attack farSequence(final By by, final int publisher) {
        return new Attack("2 a Gossip with sequence 2^40", 1, 100, i -> {
            final HostileCluster.Node node = cluster.node(publisher);
            toAllBut(by, publisher, from(by, publisher).message(
                node.value(), 1, node.value(), node.node.incarnation(), 1L << 40, "none", "far"));
        });
    }

    /** Frames as a member can send them: in its own name if it is the faulty one, or in the name of a node. */
    private Forgery from(final By by, final int name) {
        return by == By.MEMBER ? cluster.faulty().forgery() : cluster.node(name).forgery();
    }

    private void toAllBut(final By by, final int node, final byte[] frame) {
        for (int i = 0; i < targets.size(); i++) {
            if (i != node) {
                send(by, i, frame);
            }
        }
    }

    /** 3: SETUPs of sessions with long terms, each of another session. */
    Attack longTerms(final int count, final int perSecond, final int to, final int termLengthMb) {
        return new Attack("3 SETUPs with terms of " + termLengthMb + " MiB", count, perSecond, i ->
            socket.send(targets.get(to), frames.setup(
                ANY + i, AeronFrames.STREAM, 7, 7, 0, termLengthMb * MB, AeronFrames.MTU)));
    }

    /** 4: SETUPs whose active term is not one that can follow the initial one. */
    Attack impossibleTerms(final int to) {
        return new Attack("4 SETUPs with impossible term ids", 4_000, 2_000, i ->
            socket.send(targets.get(to), frames.setup(
                2 * ANY + i, AeronFrames.STREAM, i, i % 2 == 0 ? i - 5 : i + (1 << 30) * 2 - 1, 0,
                64 * 1024, AeronFrames.MTU)));
    }

    /** 5: Goodbye, Heartbeat and Disconnect in the names of all others. */
    Attack endsOfLinks(final By by, final int seconds) {
        return new Attack("5 Goodbye, Heartbeat, Disconnect in others' names", 100 * seconds, 100, i -> {
            final int to = i % targets.size();
            for (int name = 0; name < targets.size(); name++) {
                if (name != to) {
                    final Forgery forgery = cluster.node(name).forgery();
                    send(by, to, switch (i / targets.size() % 4) {
                        case 0 -> forgery.goodbye();
                        case 1 -> cluster.node(name).forgery(forgery.incarnation + 1).heartbeat();
                        case 2 -> forgery.disconnect(false);
                        default -> forgery.disconnect(true);
                    });
                }
            }
        });
    }

    /** 6: members that are not there, announced in the full view, as the tree of a real member. */
    Attack madeUpMembers(final int count) {
        return new Attack("6 made-up full-view announcements", count, 4_000, i -> {
            final Member fake = fake(i);
            send(By.MEMBER, 0, cluster.faulty().forgery().announcement(
                cluster.faulty().value(), fake, System.currentTimeMillis(), 1, Forgery.ALIVE));
        });
    }

    static final String FAKE = "fake";

    static Member fake(final int number) {
        return new Member(NodeId.of(FAKE + number), "localhost:" + (20_000 + number % 10_000));
    }

    /** 7: messages of origins that are not there. */
    Attack madeUpOrigins(final int count) {
        return new Attack("7 made-up origins", count, 3_000, i -> {
            final long origin = fake(i).id().value();
            send(By.MEMBER, i % targets.size(), cluster.faulty().forgery().message(
                cluster.faulty().value(), 1, origin, System.currentTimeMillis(), 1, "none", "fake"));
        });
    }

    /** 8: Joins of members that are not there: 200 to each node in 5 s. */
    Attack joinsOfFakes(final By by) {
        return new Attack("8 Joins of fake members", 200, 40, i -> {
            for (int to = 0; to < targets.size(); to++) {
                send(by, to, new Forgery(fake(i), System.currentTimeMillis()).join(i + 1));
            }
        });
    }

    /** 10: SETUPs that the driver finds fault with, each with another number in the text. */
    Attack wordyDatagrams(final int to) {
        return new Attack("10 datagrams that make the log grow", 3_000, 1_000, i -> {
            final int session = 3 * ANY + i;
            socket.send(targets.get(to), switch (i % 3) {
                case 0 -> frames.setup(session, AeronFrames.STREAM, 1, 1, 0, 64 * 1024 + 4 * i + 4, AeronFrames.MTU);
                case 1 -> frames.setup(session, AeronFrames.STREAM, 1, 1, 0, 64 * 1024, 65_536 + 32 * i);
                default -> frames.setup(session, AeronFrames.STREAM, 1, 1, 0, 64 * 1024, -i);
            });
        });
    }

    /** 11: one SETUP, as if from the address of somebody else: what comes back is what that one would get. */
    Attack reflection(final int to) {
        return new Attack("11 a SETUP with a forged source", 1, 1, i ->
            socket.send(targets.get(to), frames.setup(
                4 * ANY, AeronFrames.STREAM, 1, 1, 0, AeronFrames.TERM_LENGTH, AeronFrames.MTU)));
    }

    /** 12: Quench, Prune and Adopt in the names of all others, to a root. */
    Attack quenches(final By by, final int root, final int seconds) {
        return new Attack("12 Quench, Prune, Adopt in others' names", 100 * seconds, 100, i -> {
            final HostileCluster.Node node = cluster.node(root);
            final byte[] id = Forgery.id(node.value(), node.node.incarnation(), 1);
            for (int name = 0; name < targets.size(); name++) {
                if (name != root) {
                    final Forgery forgery = cluster.node(name).forgery();
                    send(by, root, forgery.quench(node.value()));
                    send(by, root, forgery.prune(node.value(), id));
                    send(by, root, forgery.batch(ControlMessage.ADOPT, node.value(), 1, id));
                }
            }
        });
    }

    @Override
    public void close() {
        sessions.forEach(HostileSession::close);
        socket.close();
    }
}
