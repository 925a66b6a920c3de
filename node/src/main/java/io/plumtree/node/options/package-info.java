/** Where options come from and what they may be: flags before the environment before a properties file. */
package io.plumtree.node.options;
