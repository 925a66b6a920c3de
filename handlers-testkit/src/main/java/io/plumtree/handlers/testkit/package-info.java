/** Tests for authors of broadcast handlers. */
package io.plumtree.handlers.testkit;
