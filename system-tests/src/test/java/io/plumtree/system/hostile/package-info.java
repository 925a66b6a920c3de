/**
 * What a stranger, and a member with a fault, can send to a live cluster: Aeron's frames without a driver, and this
 * project's frames in any node's name.
 */
package io.plumtree.system.hostile;
