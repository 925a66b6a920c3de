/**
 * What everything with options shares: the checks with their words, and the tables by which options are read from
 * text. For the modules of this project; may change until 1.0.
 */
package io.plumtree.api.options;
