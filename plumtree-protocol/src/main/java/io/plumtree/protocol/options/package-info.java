/** The options of Plumtree and of HyParView: names, defaults, ranges, and how they are read from properties. */
package io.plumtree.protocol.options;
