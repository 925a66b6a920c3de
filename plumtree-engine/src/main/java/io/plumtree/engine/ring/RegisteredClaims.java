package io.plumtree.engine.ring;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claims on one ring, so that the thread that has a record open can be found. A claim is registered for as long as
 * somebody can reach the claim: nobody has to give a claim back. Registering costs the same however many there are.
 * Any thread.
 */
final class RegisteredClaims {
    private final Set<Reference<EngineClaim>> claims = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<EngineClaim> unreachable = new ReferenceQueue<>();

    /** Registers a claim, and forgets those that nobody can reach any more. */
    void add(final EngineClaim claim) {
        Reference<? extends EngineClaim> gone = unreachable.poll();
        while (gone != null) {
            claims.remove(gone);
            gone = unreachable.poll();
        }
        claims.add(new WeakReference<>(claim, unreachable));
    }

    /**
     * The thread that has the record at an offset open.
     *
     * @return a thread that is alive and has, or may have, that claim; null if there is none left.
     */
    Thread ownerAt(final int offset) {
        for (final Reference<EngineClaim> reference : claims) {
            final EngineClaim claim = reference.get();
            final Thread owner = claim == null ? null : claim.ownerAt(offset);
            if (owner != null && owner.isAlive()) {
                return owner;
            }
        }
        return null;
    }

    int size() {
        return claims.size();
    }
}
