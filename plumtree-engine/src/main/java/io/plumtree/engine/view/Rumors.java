package io.plumtree.engine.view;

import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Names that were announced once and are not believed yet, bounded in number: they wait until they are announced again
 * or are told by another way. One thread.
 */
final class Rumors {
    /** Most that are forgotten in one go. */
    private static final int FORGOTTEN_PER_CALL = 1024;

    private final Long2ObjectHashMap<Rumor> byNode = new Long2ObjectHashMap<>();
    /** The first to go first; some of them may be settled already. */
    private final Queue<Rumor> inOrder = new ArrayDeque<>();
    private final int maxCount;
    private final long lifetimeNs;

    /** A name, and when it was first announced. */
    static final class Rumor {
        final long heardNs;
        Announcement news;
        boolean isSettled;

        Rumor(final Announcement news, final long heardNs) {
            this.news = news;
            this.heardNs = heardNs;
        }

        boolean subsumes(final long incarnation, final long version) {
            return incarnation < news.incarnation() || incarnation == news.incarnation() && version <= news.version();
        }
    }

    Rumors(final int maxCount, final long lifetimeNs) {
        this.maxCount = maxCount;
        this.lifetimeNs = lifetimeNs;
    }

    int size() {
        return byNode.size();
    }

    Rumor find(final long node) {
        return byNode.get(node);
    }

    /** By what is in the queue, so that what is settled early makes no room for a flood. */
    boolean hasRoom() {
        return inOrder.size() < maxCount;
    }

    void add(final Announcement news, final long nowNs) {
        final Rumor rumor = new Rumor(news, nowNs);
        byNode.put(news.member().id().value(), rumor);
        inOrder.add(rumor);
    }

    void settle(final Rumor rumor) {
        rumor.isSettled = true;
        byNode.remove(rumor.news.member().id().value());
    }

    /** Forgets those that were not repeated in time; returns how many. */
    int forget(final long nowNs) {
        int count = 0;
        for (int i = 0; i < FORGOTTEN_PER_CALL; i++) {
            final Rumor oldest = inOrder.peek();
            if (oldest == null || nowNs - oldest.heardNs < lifetimeNs) {
                break;
            }
            inOrder.remove();
            if (!oldest.isSettled) {
                settle(oldest);
                count++;
            }
        }
        return count;
    }
}
