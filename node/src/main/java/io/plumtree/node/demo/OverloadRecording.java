package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * All that was seen of a run under load, from which {@link OverloadReport} is worked out.
 *
 * @param options         what was asked for.
 * @param published       messages published, by root.
 * @param backPressured   times that a publisher was refused a message for the time being.
 * @param stopped         nodes that were stopped, and went on.
 * @param publishedAtBack messages published, by root, when those had found their peers again.
 * @param backMs          how long after they went on that was.
 * @param retained        what each node's handler kept at the end, by node and root.
 * @param heaps           bytes of each node's heap in use after a collection, at several times.
 * @param last            how all nodes stood at the end.
 * @param before          how far they got in a time before the stop, or all the time if there was none.
 * @param whileStopped    in the time of the stop, less its first second; null if there was none.
 * @param problems        what went wrong besides.
 */
record OverloadRecording(
    DemoOptions options,
    Map<String, Long> published,
    long backPressured,
    List<String> stopped,
    Map<String, Long> publishedAtBack,
    long backMs,
    Map<String, Map<String, List<SequenceRanges.Range>>> retained,
    SortedMap<String, List<Long>> heaps,
    Map<String, WorkerStatus> last,
    LoadWindow before,
    LoadWindow whileStopped,
    List<String> problems) {
}
