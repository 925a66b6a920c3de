package io.plumtree.engine;

import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.agent.MemoryHub;
import java.nio.file.Path;
import java.util.Map;

/** A node in a JVM of its own, for the tests that need one; prints its handlers, or why it does not start. */
public final class ForkedNode {
    private ForkedNode() {
    }

    public static void main(final String[] args) {
        final NodeContext ctx = new NodeContext()
            .properties(Map.of("plumtree.name", "forked", "plumtree.max.message.length", "1k"));
        if (args.length > 1) {
            ctx.plugins().pluginDirectory(Path.of(args[1]));
        }
        try {
            if (args.length > 0) {
                ctx.transport(new MemoryHub(64 * 1024).listen("memory:1"));
            }
            try (PlumtreeNode node = PlumtreeNode.launch(ctx)) {
                System.out.println("handlers: " + node.handlers());
            }
        } catch (final PlumtreeException ex) {
            System.out.println(ex.category() + ": " + ex.getMessage());
        }
    }
}
