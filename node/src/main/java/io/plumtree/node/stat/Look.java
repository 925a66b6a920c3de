package io.plumtree.node.stat;

import io.plumtree.engine.counters.CountersFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One look at all nodes whose files are in a directory.
 *
 * @param nodes    the nodes, by name, then by when they began.
 * @param problems what is wrong with files that can't be read.
 */
record Look(List<CountersFile> nodes, List<String> problems) {
    static Look at(final Path directory) throws IOException {
        final List<CountersFile> nodes = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        for (final Path file : CountersFile.list(directory)) {
            try {
                nodes.add(CountersFile.read(file));
            } catch (final NoSuchFileException ex) {
                // Closed just now.
                continue;
            } catch (final IOException ex) {
                problems.add(ex.getMessage());
            }
        }
        nodes.sort(Comparator.comparing(CountersFile::node).thenComparing(CountersFile::startTime));
        return new Look(nodes, problems);
    }

    /** Only the nodes of a name. */
    Look of(final String name) {
        return new Look(nodes.stream().filter(node -> node.node().equals(name)).toList(), problems);
    }

    /** The same run of a node; nothing if it was not there. */
    Optional<CountersFile> same(final CountersFile other) {
        return nodes.stream().filter(node -> node.path().equals(other.path())).findFirst();
    }
}
