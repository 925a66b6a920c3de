package io.plumtree.system.hostile;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How much all nodes of this process write: what they log, what their error handlers are told, and what goes to
 * standard error, where Aeron writes stack traces when its own error log is full. Any thread.
 */
final class LogWatch extends Handler {
    private static final int MAX_FIRST = 20;

    /** Held, since the logging system refers to it weakly. */
    private final Logger logger = Logger.getLogger("io.plumtree");
    private final boolean hadParentHandlers = logger.getUseParentHandlers();
    private final AtomicLong length = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final List<String> first = new ArrayList<>();

    private final PrintStream standardError = System.err;

    LogWatch() {
        System.setErr(new PrintStream(new Counted(), true));
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    void onError(final String node, final Throwable error) {
        final StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        count(node + ": " + text);
    }

    @Override
    public void publish(final LogRecord record) {
        if (record.getThrown() == null) {
            count(record.getLevel() + ": " + record.getMessage());
        } else {
            onError(record.getLevel() + ": " + record.getMessage(), record.getThrown());
        }
    }

    /** Counts, and lets the rest go. */
    private final class Counted extends OutputStream {
        @Override
        public void write(final int character) {
            length.incrementAndGet();
            lines.addAndGet(character == '\n' ? 1 : 0);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int count) {
            length.addAndGet(count);
            for (int i = offset; i < offset + count; i++) {
                lines.addAndGet(bytes[i] == '\n' ? 1 : 0);
            }
        }
    }

    private void count(final String text) {
        length.addAndGet(text.length());
        lines.addAndGet(text.lines().count());
        synchronized (first) {
            if (first.size() < MAX_FIRST) {
                first.add(text.lines().findFirst().orElse(""));
            }
        }
    }

    /** Characters. */
    long length() {
        return length.get();
    }

    long lines() {
        return lines.get();
    }

    /** The first lines of what was written first. */
    String first() {
        synchronized (first) {
            return String.join("\n", first);
        }
    }

    @Override
    public void flush() {
        length.get();
    }

    @Override
    public void close() {
        System.setErr(standardError);
        logger.removeHandler(this);
        logger.setUseParentHandlers(hadParentHandlers);
    }
}
