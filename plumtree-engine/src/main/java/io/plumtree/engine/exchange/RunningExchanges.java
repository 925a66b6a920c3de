package io.plumtree.engine.exchange;

import java.util.ArrayList;
import java.util.List;

/** The exchanges that run, and those that have ended, but for the thread: these count as running. */
final class RunningExchanges {
    private final List<RunningExchange> running = new ArrayList<>();
    private final List<RunningExchange> lingering = new ArrayList<>();
    private int initiatedCount;
    private int inboundCount;

    // ---- those that run

    void add(final RunningExchange session) {
        running.add(session);
        if (session.isInitiator) {
            initiatedCount++;
        } else {
            inboundCount++;
        }
    }

    /** An exchange has ended; it counts until {@link #linger} has looked at its thread. */
    void remove(final RunningExchange session) {
        running.remove(session);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    int size() {
        return running.size();
    }

    RunningExchange get(final int index) {
        return running.get(index);
    }

    List<RunningExchange> copy() {
        return List.copyOf(running);
    }

    /** Who comes first finds room on the link: each in turn. */
    void rotate() {
        if (running.size() > 1) {
            running.add(running.remove(0));
        }
    }

    // ---- those that have ended

    /** An exchange that has ended counts until its thread, if it has one, has come to its end. */
    void linger(final RunningExchange session) {
        if (session.channel != null && session.channel.isAlive()) {
            lingering.add(session);
        } else {
            release(session);
        }
    }

    boolean hasLingering() {
        return !lingering.isEmpty();
    }

    List<RunningExchange> lingering() {
        return lingering;
    }

    /** Lets go of those whose threads have come to their ends; returns how many. */
    int reap() {
        int count = 0;
        for (int i = lingering.size() - 1; i >= 0; i--) {
            if (!lingering.get(i).channel.isAlive()) {
                release(lingering.remove(i));
                count++;
            }
        }
        return count;
    }

    private void release(final RunningExchange session) {
        if (session.isInitiator) {
            initiatedCount--;
        } else {
            inboundCount--;
        }
    }

    // ---- questions

    /** How many of this node's own run, or at least their threads do. */
    int initiatedCount() {
        return initiatedCount;
    }

    /** How many of peers run, or at least their threads do. */
    int inboundCount() {
        return inboundCount;
    }

    /** An exchange that runs; null if there is none. */
    RunningExchange find(final int peer, final long id, final boolean isInitiator) {
        for (int i = 0; i < running.size(); i++) {
            final RunningExchange session = running.get(i);
            if (session.id == id && session.peer == peer && session.isInitiator == isInitiator) {
                return session;
            }
        }
        return null;
    }

    /** Whether an exchange of this handler's that this node has initiated runs, or at least its thread does. */
    boolean isHandlerBusy(final int handler) {
        return isHandlerAmong(running, handler) || isHandlerAmong(lingering, handler);
    }

    /** Whether one runs that has begun since then, or only its thread does; an earlier one holds up no other peer. */
    boolean isHandlerBusySince(final int handler, final long sinceNs) {
        for (int i = 0; i < running.size(); i++) {
            final RunningExchange session = running.get(i);
            if (session.isInitiator && session.handler == handler && session.startNs - sinceNs > 0) {
                return true;
            }
        }
        return isHandlerAmong(lingering, handler);
    }

    private static boolean isHandlerAmong(final List<RunningExchange> sessions, final int handler) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).isInitiator && sessions.get(i).handler == handler) {
                return true;
            }
        }
        return false;
    }

    /** Whether an exchange of this handler's that this node has initiated runs with a peer. */
    boolean isRunning(final int handler, final int peer) {
        for (int i = 0; i < running.size(); i++) {
            final RunningExchange session = running.get(i);
            if (session.isInitiator && session.handler == handler && session.peer == peer) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of this handler's runs that was due: it is pending until it has ended. */
    boolean isRunningOnPurpose(final int handler) {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).handler == handler && running.get(i).occasion != Occasion.TICK) {
                return true;
            }
        }
        return false;
    }
}
