package io.plumtree.handlers.pubsub;

/** An origin in the {@link OriginTable}: its runs, and its place among the others. */
final class Origin {
    /** Two that are established, and two that are not. */
    static final int MAX_RUNS = 4;

    final OriginStream[] runs = new OriginStream[MAX_RUNS];
    int runCount;
    long id;
    /** A member, or one of which enough has come: not one of the newcomers. */
    boolean isRegular;
    /** Whether it was passed over once, as more than one message of it had come. */
    boolean hadChance;
    Origin previous = this;
    Origin next = this;

    /** The run; null if it is not known. */
    OriginStream find(final long incarnation) {
        for (int i = 0; i < runCount; i++) {
            if (runs[i].incarnation == incarnation) {
                return runs[i];
            }
        }
        return null;
    }

    int establishedCount() {
        int established = 0;
        for (int i = 0; i < runCount; i++) {
            established += runs[i].isEstablished ? 1 : 0;
        }
        return established;
    }

    /** The latest run that is established; 0 if none is. */
    long latestEstablished() {
        long latest = 0;
        for (int i = 0; i < runCount; i++) {
            latest = runs[i].isEstablished ? Math.max(latest, runs[i].incarnation) : latest;
        }
        return latest;
    }

    /** Looks first where something came last. */
    void first(final OriginStream run) {
        for (int i = 1; i < runCount; i++) {
            if (runs[i] == run) {
                runs[i] = runs[0];
                runs[0] = run;
            }
        }
    }

    void add(final OriginStream run) {
        runs[runCount++] = run;
    }

    void remove(final OriginStream run) {
        for (int i = 0; i < runCount; i++) {
            if (runs[i] == run) {
                runs[i] = runs[--runCount];
                runs[runCount] = null;
            }
        }
    }

    /** How many messages speak for it, as far as they were counted. */
    int weighed() {
        int most = 0;
        for (int i = 0; i < runCount; i++) {
            most = Math.max(most, runs[i].weighed);
        }
        return most;
    }

    void linkAfter(final Origin other) {
        previous = other;
        next = other.next;
        other.next.previous = this;
        other.next = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
    }
}
