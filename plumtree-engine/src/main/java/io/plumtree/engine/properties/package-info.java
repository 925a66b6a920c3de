/** How options are read from text, and how their values read: one table for each kind of options. */
package io.plumtree.engine.properties;
