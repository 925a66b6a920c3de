package io.plumtree.node.demo;

import java.util.List;
import java.util.Map;

/**
 * What a worker is told by its parent: the first line of its standard input, as JSON.
 *
 * @param name    its node's name.
 * @param bind    where the node listens.
 * @param nodes   names of all nodes, to say whose a message is.
 * @param members all members, as {@code NAME@HOST:PORT}; empty where there is a contact.
 * @param contact where a node of the cluster listens; null where there are members.
 * @param payload bytes a message.
 * @param options further options of the node.
 */
record WorkerSettings(
    String name,
    String bind,
    List<String> nodes,
    List<String> members,
    String contact,
    int payload,
    Map<String, String> options) {
}
