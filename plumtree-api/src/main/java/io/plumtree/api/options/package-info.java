/**
 * What everything with options shares: the checks with their words, and the tables by which options are read from
 * text.
 */
package io.plumtree.api.options;
