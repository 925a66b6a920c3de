/** Plots as SVG that are complete in themselves, for reports in HTML. */
package io.plumtree.node.report;
