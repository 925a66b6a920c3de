package io.plumtree.node.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Standard output of a command. A {@link PrintWriter} keeps failures to itself; this class remembers the first, so that
 * the command's exit status tells of it. Commands that run for long ask {@link PrintWriter#checkError()} now and then.
 * Any thread.
 */
public final class StandardOutput {
    private final OutputStream out;
    private final PrintWriter writer;
    private volatile IOException failure;

    /** That of this process, in the encoding of its terminal. */
    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out), terminalCharset());
    }

    /**
     * A stream in its place.
     *
     * @param out     where bytes go.
     * @param charset how text becomes bytes.
     */
    public StandardOutput(final OutputStream out, final Charset charset) {
        this.out = out;
        writer = new PrintWriter(new OutputStreamWriter(new Remembering(), charset), true);
    }

    /**
     * The encoding of the locale; where that knows ASCII alone UTF-8, of which ASCII is a part.
     *
     * @return the encoding for what the user reads.
     */
    public static Charset terminalCharset() {
        final String name = System.getProperty("native.encoding", "UTF-8");
        final Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /**
     * Where the command writes.
     *
     * @return the writer, always the same.
     */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Flushes, and turns a failure into a line and an exit status. That nobody reads any more what is written is none.
     *
     * @param status the command's exit status.
     * @param err    where to say so.
     * @return the exit status: the command's, or 1.
     */
    public int conclude(final int status, final PrintWriter err) {
        writer.flush();
        final IOException first = failure;
        if (first == null || Reasons.isBrokenPipe(first)) {
            return status;
        }
        err.println("plumtree: " + message(first));
        return 1;
    }

    /**
     * Says that standard output failed.
     *
     * @param failure what a write threw.
     * @return one line.
     */
    public static String message(final IOException failure) {
        return "can't write to standard output: " + Reasons.of(failure);
    }

    /** Keeps the first failure, and writes nothing after it. */
    private final class Remembering extends OutputStream {
        @Override
        public void write(final int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                out.write(bytes, offset, length);
            } catch (final IOException ex) {
                failure = ex;
                throw ex;
            }
        }
    }
}
