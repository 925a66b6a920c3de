/** Commands that ask a running cluster about itself, from outside: its trees, members and exchanges. */
package io.plumtree.node.inspect;
