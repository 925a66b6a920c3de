package io.plumtree.node.pipe;

import io.plumtree.api.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a node of the command line does.
 *
 * @param name        the node's name.
 * @param bind        where it listens, {@code host:port}.
 * @param cluster     the cluster's name.
 * @param members     the other members, where they are given.
 * @param contacts    nodes that let this one into the cluster; empty where the members are given.
 * @param plugins     directories with plug-ins.
 * @param options     options of the node, its transport and its handlers.
 * @param publish     the topic to which standard input goes; null if none.
 * @param subscribe   the topics that are printed; may be empty.
 * @param waitPeers   how many members must be ready before the first line is published.
 * @param waitTime      how long at most to wait for them.
 * @param linger      how long at most to wait for confirmations, where none comes.
 * @param isSkipping  whether lines that are too long are left out; otherwise they end the input.
 * @param isQuiet     whether only warnings are written to standard error.
 */
public record PipeOptions(
    String name,
    String bind,
    String cluster,
    List<Member> members,
    List<String> contacts,
    List<Path> plugins,
    Map<String, String> options,
    String publish,
    List<String> subscribe,
    int waitPeers,
    Duration waitTime,
    Duration linger,
    boolean isSkipping,
    boolean isQuiet) {
    /**
     * Copies the collections.
     *
     * @param name       the node's name.
     * @param bind       where it listens.
     * @param cluster    the cluster's name.
     * @param members    the other members, where they are given.
     * @param contacts   nodes that let this one into the cluster.
     * @param plugins    directories with plug-ins.
     * @param options    options of the node.
     * @param publish    the topic to which standard input goes.
     * @param subscribe  the topics that are printed.
     * @param waitPeers  how many members must be ready.
     * @param waitTime     how long at most to wait for them.
     * @param linger     how long at most to wait for confirmations.
     * @param isSkipping whether lines that are too long are left out.
     * @param isQuiet    whether only warnings are written.
     */
    public PipeOptions {
        members = List.copyOf(members);
        contacts = List.copyOf(contacts);
        plugins = List.copyOf(plugins);
        options = Map.copyOf(options);
        subscribe = List.copyOf(subscribe);
    }
}
