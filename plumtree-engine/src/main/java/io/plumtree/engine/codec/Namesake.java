package io.plumtree.engine.codec;

/**
 * What a node says to another one that has its name.
 *
 * @param incarnation its run, positive.
 * @param nonce       names the question, and is repeated in the answer.
 * @param ageNs       how long its run has lasted, in nanoseconds, 0 or more.
 * @param isAnswer    whether it answers.
 * @param endpoint    where it listens, {@code host:port}.
 */
public record Namesake(long incarnation, long nonce, long ageNs, boolean isAnswer, String endpoint) {
}
