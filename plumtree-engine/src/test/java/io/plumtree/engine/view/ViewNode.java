package io.plumtree.engine.view;

import io.plumtree.api.Member;
import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.testkit.ExchangeOutcome;
import io.plumtree.handlers.testkit.ExchangePair;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A node with a full view: refresh 10 s, expiry 35 s, tombstones 120 s unless told otherwise. */
final class ViewNode {
    static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    static final long RUN = 1_000;

    /** What the listener was told, in order: {@code +} for joined, {@code -} for left. */
    final List<String> told = new ArrayList<>();
    final FullView view;
    final TestNode node;

    ViewNode(final String name) {
        this(name, RUN, new FullViewOptions());
    }

    ViewNode(final String name, final long incarnation, final FullViewOptions options) {
        view = new FullView(options.conclude(), () -> endpoint(name), this::onMembersChanged);
        node = new TestNode(NodeId.of(name), incarnation, view, Map.of());
        node.advance(0);
    }

    static String endpoint(final String name) {
        return name + ".host:7100";
    }

    static Member member(final String name) {
        return new Member(NodeId.of(name), endpoint(name));
    }

    static TestMessage message(
        final String name, final long incarnation, final long version, final MemberStatus status) {
        return message(member(name), incarnation, version, status);
    }

    static TestMessage message(
        final Member member, final long incarnation, final long version, final MemberStatus status) {
        final byte[] id = new byte[AnnouncementLayout.ID_LENGTH];
        final byte[] payload = new byte[AnnouncementLayout.payloadLength(member)];
        AnnouncementLayout.encodeId(new UnsafeBuffer(id), 0, member.id().value(), incarnation, version);
        AnnouncementLayout.encodePayload(new UnsafeBuffer(payload), 0, member, status);
        return new TestMessage(id, payload);
    }

    static TestMessage alive(final String name, final long version) {
        return message(name, RUN, version, MemberStatus.ALIVE);
    }

    static TestMessage left(final String name, final long version) {
        return message(name, RUN, version, MemberStatus.LEFT);
    }

    /** Lets whole seconds pass, one by one. */
    ViewNode seconds(final int count) {
        for (int i = 0; i < count; i++) {
            node.advance(SECOND_NS);
        }
        return this;
    }

    /** Merges, and does the housekeeping in no time. */
    ViewNode merge(final TestMessage... messages) {
        for (final TestMessage message : messages) {
            node.merge(message);
        }
        node.advance(0);
        return this;
    }

    /** The first announcement. */
    ViewNode announced() {
        view.announce();
        node.advance(0);
        return this;
    }

    ExchangeOutcome exchange(final ViewNode other) {
        final ExchangeOutcome outcome = new ExchangePair(node, other.node).run();
        node.advance(0);
        other.node.advance(0);
        return outcome;
    }

    /** Names of the members, in order. */
    List<String> names() {
        return view.members().stream().map(member -> member.id().name()).toList();
    }

    /** All that is known, as {@code name:run:version:status}. */
    List<String> states() {
        return view.details().stream().map(info -> info.member().id() + ":" + info.incarnation() + ":" + info.version()
            + ":" + info.status()).toList();
    }

    /** What was broadcast, as {@code version:status}. */
    List<String> broadcasts() {
        return node.broadcasts().stream().map(message -> AnnouncementLayout.version(id(message))
            + ":" + MemberStatus.of(message.payload()[0])).toList();
    }

    static MessageId id(final TestMessage message) {
        return new MessageId().wrap(new UnsafeBuffer(message.id()), 0, AnnouncementLayout.ID_LENGTH);
    }

    TestMessage lastBroadcast() {
        return node.broadcasts().get(node.broadcasts().size() - 1);
    }

    private void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
        final TreeSet<String> texts = new TreeSet<>();
        left.forEach(member -> texts.add("-" + member));
        joined.forEach(member -> texts.add("+" + member));
        told.add(String.join(" ", texts));
    }
}
