package io.plumtree.engine.ring;

import io.plumtree.api.transport.Transport;
import java.lang.ref.WeakReference;

/**
 * Lets the engine's thread sleep in its transport, and others wake it. No wake-up is lost:
 *
 * <ul>
 * <li>Who has put something where the engine looks calls {@link #wakeUp()}: it says so first, and looks whether the
 * engine sleeps then. The engine says that it sleeps first, and looks whether it was called then. Both are volatile, so
 * one of the two sees the other.</li>
 * <li>A broadcast needs no such fence of its own. What claims a record in the ring moves the ring's tail by a
 * compare-and-set, and looks whether the engine sleeps then; the engine says that it sleeps first, and does not if the
 * tail has moved. Only a claim that has seen it asleep wakes it, once it is committed.</li>
 * </ul>
 */
public final class Waker {
    private volatile boolean isAsleep;
    private volatile boolean isCalled;
    /** Weak: a thread that has broadcast keeps the ring, and thereby this, but must not keep the whole node. */
    private volatile WeakReference<Transport> transport;

    /** In which the engine sleeps; the engine keeps it. */
    public void transport(final Transport engineTransport) {
        transport = new WeakReference<>(engineTransport);
    }

    /** Whether the engine sleeps, or is about to. Any thread. */
    boolean isAsleep() {
        return isAsleep;
    }

    /** Has the engine run a duty cycle soon, which sees all that the caller has done before. Any thread. */
    public void wakeUp() {
        isCalled = true;
        final Transport sleeping = isAsleep ? transport.get() : null;
        if (sleeping != null) {
            sleeping.wakeUp();
        }
    }

    /**
     * Sleeps, on the engine's thread, until there may be something to do; not at all if there is.
     *
     * @param rings     those that broadcasts come through.
     * @param timeoutNs how long at most.
     * @return false if the caller has to idle by itself: a broadcast waits that can't be taken yet, the rings are
     *     closed, or the transport can't wait.
     */
    public boolean sleep(final CommandRings rings, final long timeoutNs) {
        isAsleep = true;
        try {
            if (isCalled) {
                isCalled = false;
                return true;
            }
            return !rings.isClosed() && rings.size() == 0 && awaitWork(timeoutNs);
        } finally {
            isAsleep = false;
        }
    }

    private boolean awaitWork(final long timeoutNs) {
        final Transport waiting = transport.get();
        return waiting != null && waiting.awaitWork(timeoutNs);
    }
}
