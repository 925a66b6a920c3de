/** What is written for the user: standard output and files, whose failures are told, and words for reasons. */
package io.plumtree.node.output;
