/** The command that runs a cluster on virtual time, and the forms in which its figures are shown. */
package io.plumtree.node.simulate;
