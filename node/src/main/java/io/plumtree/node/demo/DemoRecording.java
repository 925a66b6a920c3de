package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;

/**
 * All that was seen of a run, from which {@link DemoReport} is worked out.
 *
 * @param options           what was asked for.
 * @param published         messages published, by root.
 * @param killed            nodes that were killed, and started again.
 * @param lastBeforeKill    how those stood right before.
 * @param publishedAtRejoin messages published, by root, when those had found their peers again.
 * @param inTree            for each of those, by root, whether another node pushes payloads to it.
 * @param last              how all nodes stood at the end.
 * @param beforeKill        a quiet time before the kill; null if none.
 * @param atEnd             a quiet time at the end.
 * @param problems          what went wrong besides.
 */
record DemoRecording(
    DemoOptions options,
    Map<String, Long> published,
    List<String> killed,
    Map<String, WorkerStatus> lastBeforeKill,
    Map<String, Long> publishedAtRejoin,
    Map<String, Map<String, Boolean>> inTree,
    Map<String, WorkerStatus> last,
    Window beforeKill,
    Window atEnd,
    List<String> problems) {
}
