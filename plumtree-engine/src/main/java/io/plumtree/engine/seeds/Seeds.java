package io.plumtree.engine.seeds;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The contacts by which a node finds its cluster, each given as one of:
 * <ul>
 * <li>{@code address:port}, an IPv6 address in brackets;</li>
 * <li>{@code name:port}: each address of the name is a contact of its own, such as those of a headless service;</li>
 * <li>{@code file:PATH}: a file in UTF-8 with such contacts, one a line; {@code #} begins a comment.</li>
 * </ul>
 *
 * <p>Names and files are looked at by a daemon thread, as that may block: at once, and then again once a period. The
 * JDK keeps the addresses of a name for 30 s by default, and a failure for 10 s (the security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}); a change may be seen that much
 * later. A file is read again when its time or its length has changed.
 *
 * <p>A name that does not resolve is told to the error handler once, until it has been resolved again; it keeps the
 * addresses that it had. So is a file that is not there, can't be read or has a wrong line, with the line; it keeps
 * what it had when it was last good. The rest is used meanwhile.
 *
 * <p>There are {@value #MAX_CONTACTS} contacts at most, as they are given, in a file, and as they are resolved; what
 * resolves to more is cut off, which is told, too. Where all contacts are addresses, there is no thread, and the first
 * {@link #poll()} has them.
 */
public final class Seeds implements ContactSource {
    /** Most contacts. */
    public static final int MAX_CONTACTS = 256;
    /** What begins a contact that is a file. */
    public static final String FILE_PREFIX = "file:";

    /** What was found since the last poll; null for nothing new. */
    private final AtomicReference<List<String>> news = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SeedLookup lookup;
    private final Consumer<Throwable> errors;
    private final long refreshNs;
    private final Thread thread;

    /**
     * Contacts that are looked up from now on.
     *
     * @param contacts  as above; may be none.
     * @param refreshNs how often they are looked up, in nanoseconds; checked.
     * @param errors    told of what goes wrong, on the thread of the look-ups.
     * @throws IllegalArgumentException if a contact has none of the forms, or there are too many; names the value.
     */
    public Seeds(final List<String> contacts, final long refreshNs, final Consumer<Throwable> errors) {
        this(contacts, refreshNs, Resolver.SYSTEM, errors);
        start();
    }

    /** Contacts that nobody looks up yet. */
    Seeds(
        final List<String> contacts,
        final long refreshNs,
        final Resolver resolver,
        final Consumer<Throwable> errors) {
        this.refreshNs = refreshNs;
        this.errors = errors;
        lookup = new SeedLookup(contacts, resolver, this::report, this::publish);
        thread = lookup.isFixed() ? null : new Thread(this::run, "plumtree-contacts");
    }

    /**
     * Checks contacts, as the constructor does, without looking anything up. Any thread.
     *
     * @param contacts the contacts.
     * @throws IllegalArgumentException if a contact has none of the forms, or there are too many; names the value.
     */
    public static void check(final List<String> contacts) {
        new SeedLookup(contacts, Resolver.SYSTEM, error -> { }, list -> { });
    }

    @Override
    public List<String> poll() {
        return news.get() == null ? null : news.getAndSet(null);
    }

    /** Looks nothing up any more. Does not wait for a look-up that runs, of which nothing will be seen or told. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Begins: at once where nothing must be looked up, on the thread otherwise. */
    void start() {
        if (thread == null) {
            lookUp();
        } else {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The thread of the look-ups; null if there is none. */
    Thread thread() {
        return thread;
    }

    /** What the thread does once a period. */
    void lookUp() {
        lookup.run();
    }

    private void run() {
        try {
            do {
                lookUp();
            } while (!closed.await(refreshNs, TimeUnit.NANOSECONDS));
        } catch (final InterruptedException ex) {
            // Somebody wants it to end.
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | Error ex) {
            report(new PlumtreeException(Category.ENVIRONMENT, "contacts are looked up no more: " + ex, ex));
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void publish(final List<String> contacts) {
        if (!isClosed()) {
            news.set(contacts);
        }
    }

    private void report(final Throwable error) {
        if (!isClosed()) {
            errors.accept(error);
        }
    }
}
