package io.plumtree.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** JMH's own main class, but that a run in which a benchmark fails, or its JVM does not even start, is a failure. */
public final class Main {
    private static final String FAIL_ON_ERROR = "-foe";

    private Main() {
    }

    /**
     * Runs benchmarks.
     *
     * @param args JMH's options.
     * @throws IOException if JMH can't read or write what it needs.
     */
    public static void main(final String[] args) throws IOException {
        org.openjdk.jmh.Main.main(Arrays.asList(args).contains(FAIL_ON_ERROR) ? args :
            Stream.concat(Stream.of(FAIL_ON_ERROR, "true"), Stream.of(args)).toArray(String[]::new));
    }
}
