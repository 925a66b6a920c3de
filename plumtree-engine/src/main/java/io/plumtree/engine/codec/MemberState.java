package io.plumtree.engine.codec;

import io.plumtree.api.Member;

/**
 * A member as another one sees it.
 *
 * @param member      the member, whose endpoint is one by {@link Query#isEndpoint}.
 * @param isConnected whether the link to it is up.
 * @param isDistant   whether there is no link to it, and none is wanted: with partial views most members are so.
 */
public record MemberState(Member member, boolean isConnected, boolean isDistant) {
}
