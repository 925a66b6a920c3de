package io.plumtree.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of a command line within this JVM. */
final class CommandRun {
    final int status;
    final String out;
    final String err;

    private CommandRun(final int status, final String out, final String err) {
        this.status = status;
        this.out = out;
        this.err = err;
    }

    static CommandRun of(final String... args) {
        return of(Map.of(), args);
    }

    static CommandRun of(final Map<String, String> environment, final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int status = Main.run(args, environment, new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandRun(status, out.toString(), err.toString());
    }
}
