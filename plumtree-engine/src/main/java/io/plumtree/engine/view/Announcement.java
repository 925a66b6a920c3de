package io.plumtree.engine.view;

import io.plumtree.api.Member;

/** What a member has said of itself, or what a peer tells of it: read and checked. */
record Announcement(Member member, long incarnation, long version, MemberStatus status) {
}
