package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.Namesake;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import java.security.SecureRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds out whether another node has this node's name. Where something hints at that, the node asks at the other
 * endpoint: only a node of this name answers there, with the number of the question. Both report it, and the one whose
 * run began later ends, when the other one is still there after a time: a run that has just been killed answers no
 * more. No clock but the nodes' own counts.
 */
final class Namesakes {
    /** Runs that began closer to each other than this are told apart by their endpoints. */
    private static final long SAME_AGE_NS = 1_000_000_000L;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[IncarnationFrameEncoder.MAX_LENGTH]);
    private final Member self;
    private final Incarnation incarnation;
    private final IncarnationFrameEncoder encoder;
    private final OverlayOutbox outbox;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final SecureRandom random = new SecureRandom();
    private final long startNs;
    private final long probePeriodNs;
    private final long silenceNs;
    private final long patienceNs;
    /** Where another node of this name may be; null if nothing hints at one. */
    private String suspect;
    private long nonce;
    private long nextProbeNs;
    /** Since when the suspect has not answered, or has not been asked. */
    private long heardNs;
    private boolean isProven;
    private boolean isReported;
    private boolean isSecond;
    /** Where nobody answered, the last time that it was asked; null if nothing was asked. */
    private String cleared;
    private long provenNs;

    Namesakes(
        final EngineSettings settings,
        final IncarnationFrameEncoder encoder,
        final OverlayOutbox outbox,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long nowNs) {
        this.self = settings.self();
        this.incarnation = settings.incarnation();
        this.encoder = encoder;
        this.outbox = outbox;
        this.counters = counters;
        this.errors = reporter.source(null);
        this.startNs = nowNs;
        this.probePeriodNs = settings.livenessTimeoutNs() / 4;
        this.silenceNs = 2 * settings.livenessTimeoutNs();
        this.patienceNs = Math.max(settings.nameWaitNs(), silenceNs);
    }

    /** Whether nobody of this name answers there, as far as has been tried. */
    boolean isCleared(final String endpoint) {
        return endpoint.isEmpty() || endpoint.equals(self.endpoint()) || endpoint.equals(cleared);
    }

    /** Another node of this name may listen there. */
    void suspect(final String endpoint, final long nowNs) {
        if (suspect == null && !endpoint.isEmpty() && !endpoint.equals(self.endpoint())) {
            suspect = endpoint;
            nonce = random.nextLong();
            nextProbeNs = nowNs;
            heardNs = nowNs;
            cleared = null;
            isProven = false;
            isReported = false;
        }
    }

    /** Whether another node of this name is there, or was a moment ago. */
    boolean hasNamesake() {
        return suspect != null && isProven;
    }

    void onNamesake(final Namesake namesake, final long nowNs) {
        if (namesake.endpoint().equals(self.endpoint())) {
            // This node itself, under another endpoint.
            return;
        }
        if (!namesake.isAnswer()) {
            send(namesake.endpoint(), namesake.nonce(), true, nowNs);
            suspect(namesake.endpoint(), nowNs);
        } else if (suspect != null && namesake.nonce() == nonce) {
            onProof(namesake, nowNs);
        }
    }

    private void onProof(final Namesake namesake, final long nowNs) {
        final long otherStartNs = nowNs - namesake.ageNs();
        isSecond = Math.abs(startNs - otherStartNs) < SAME_AGE_NS ?
            self.endpoint().compareTo(namesake.endpoint()) > 0 : startNs - otherStartNs > 0;
        heardNs = nowNs;
        if (!isProven) {
            isProven = true;
            provenNs = nowNs;
        }
        if (!isReported) {
            isReported = true;
            counters.increment(EngineCounter.NAMESAKES);
            errors.onError(new PlumtreeException(Category.CONFIGURATION, "another node, at " + namesake.endpoint() +
                ", has this node's name too: '" + self.id() + "' (this one listens at " + self.endpoint() + "); " +
                (isSecond ? "it was there first, so that this one ends if it stays" :
                    "this one was there first, and stays")));
        }
    }

    /** Asks the suspect where that is due; what ends this node, or null. */
    PlumtreeException check(final long nowNs) {
        if (suspect == null) {
            return null;
        }
        if (nowNs - heardNs >= silenceNs) {
            cleared = suspect;
            suspect = null;
            isProven = false;
            return null;
        }
        if (nowNs - nextProbeNs >= 0) {
            nextProbeNs = nowNs + probePeriodNs;
            send(suspect, nonce, false, nowNs);
        }
        if (isProven && isSecond && nowNs - provenNs >= patienceNs) {
            return new PlumtreeException(Category.CONFIGURATION, "node '" + self.id() + "' at " + self.endpoint() +
                " ends: its name is in use by the node at " + suspect + ", which was there first");
        }
        return null;
    }

    private void send(final String to, final long number, final boolean isAnswer, final long nowNs) {
        final int length = encoder.namesake(
            frame, new Namesake(incarnation.get(), number, nowNs - startNs, isAnswer, self.endpoint()));
        outbox.send(to, frame, length, nowNs);
    }
}
