package io.plumtree.transport.aeron;

/** A thread on which a driver has names looked up; one that keeps no process from ending. */
final class ExecutorThread extends Thread {
    ExecutorThread(final Runnable task) {
        super(task);
        setDaemon(true);
    }
}
