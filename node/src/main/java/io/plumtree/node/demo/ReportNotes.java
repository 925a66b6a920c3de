package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;

/**
 * What stands at the end of each report.
 *
 * @param problems what went wrong, in words.
 * @param options  what was asked for.
 * @param versions of what ran.
 */
record ReportNotes(List<String> problems, DemoOptions options, Map<String, String> versions) {
}
