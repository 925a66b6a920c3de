package io.plumtree.node;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The modules of the product that are there when the command line runs, which is all of them. */
final class ProductModules {
    private static final String PREFIX = "io.plumtree.";

    private ProductModules() {
    }

    static List<ResolvedModule> all() {
        return ModuleLayer.boot().configuration().modules().stream()
            .filter(module -> module.name().startsWith(PREFIX))
            .sorted(Comparator.comparing(ResolvedModule::name))
            .toList();
    }

    /** A descriptor as text, a line for each directive, sorted; what the compiler adds of itself is left out. */
    static String describe(final ModuleDescriptor descriptor) {
        final SortedSet<String> lines = new TreeSet<>();
        descriptor.requires().stream()
            .filter(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED))
            .forEach(requires -> lines.add("requires " + words(requires.modifiers()) + requires.name()));
        descriptor.exports().forEach(exports -> lines.add("exports " + exports.source() + to(exports.targets())));
        descriptor.opens().forEach(opens -> lines.add("opens " + opens.source() + to(opens.targets())));
        descriptor.uses().forEach(uses -> lines.add("uses " + uses));
        descriptor.provides().forEach(provides ->
            lines.add("provides " + provides.service() + " with " + String.join(", ", provides.providers())));
        return (descriptor.isOpen() ? "open " : "") + "module " + descriptor.name() + "\n"
            + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String words(final Collection<?> modifiers) {
        return modifiers.stream().map(modifier -> modifier.toString().toLowerCase() + " ").sorted()
            .collect(Collectors.joining());
    }

    private static String to(final Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }
}
