package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;

/**
 * All that was seen of a run, from which {@link DemoReport} is worked out.
 *
 * @param options            what was asked for.
 * @param published          messages published, by root.
 * @param killed             nodes that were killed, and started again.
 * @param restarted          nodes that were ended gracefully, and started again.
 * @param lastBeforeEnd      how those stood right before.
 * @param missedBeforeEnd    messages that those which were restarted did not get although they were given time.
 * @param publishedAtRejoin  for each of those, messages published, by root, when it had found its peers again.
 * @param inTree             for each of those, by root, whether another node pushes payloads to it.
 * @param last               how all nodes stood at the end.
 * @param beforeKill         a quiet time before the first kill; null if none.
 * @param atEnd              a quiet time at the end.
 * @param secondsToConnected from the start of the last process until all nodes had found each other.
 * @param viewsSymmetric     whether at the end every node was named by those that it named, and by not too many.
 * @param treesSpanning      whether at the end the tree of each root reached every node.
 * @param problems           what went wrong besides.
 */
record DemoRecording(
    DemoOptions options,
    Map<String, Long> published,
    List<String> killed,
    List<String> restarted,
    Map<String, WorkerStatus> lastBeforeEnd,
    Map<String, Long> missedBeforeEnd,
    Map<String, Map<String, Long>> publishedAtRejoin,
    Map<String, Map<String, Boolean>> inTree,
    Map<String, WorkerStatus> last,
    Window beforeKill,
    Window atEnd,
    double secondsToConnected,
    boolean viewsSymmetric,
    boolean treesSpanning,
    List<String> problems) {
    /** Whether a node has had two lives. */
    boolean wasDown(final String name) {
        return killed.contains(name) || restarted.contains(name);
    }
}
