/** Finds handlers and transports: on the module path, on the class path, and in plug-in directories. */
package io.plumtree.engine.plugin;
