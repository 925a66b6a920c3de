/** What a node is told when it is made: who it is, who else there is, how it is to run. */
package io.plumtree.engine.settings;
