package io.plumtree.benchmarks;

/** What the forked JVMs need. */
final class Jvm {
    /** Agrona reaches an internal package; a fork runs from the class path and does not read our manifest. */
    static final String AGRONA_OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    private Jvm() {
    }
}
