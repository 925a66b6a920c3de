/** A broadcast tree put together from what its nodes say, and the forms in which it is shown. */
package io.plumtree.node.tree;
