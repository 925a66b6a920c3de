package io.plumtree.engine.view;

import io.plumtree.api.Member;

/**
 * What a node knows of a member, for operators.
 *
 * @param member      the member and where it listens.
 * @param incarnation its run, positive.
 * @param version     the latest of its announcements; 0 for this node itself before its first one.
 * @param status      what is known of it.
 * @param ageNs       nanoseconds since it was heard of, or since it is known to have left or failed.
 */
public record MemberInfo(Member member, long incarnation, long version, MemberStatus status, long ageNs) {
}
