package io.plumtree.node.demo;

import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumtree demo rolling}: shows a cluster whose nodes are all restarted, one after the other. */
@Command(
    name = "rolling",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "As 'demo', but no node is killed: all are restarted gracefully (SIGTERM), one after the other, those that"
            + " publish, too. Exit status 1 if a node missed a message that was published while it was there, or did"
            + " not find its way back into the trees.",
        ""
    })
final class DemoRollingCommand implements Callable<Integer> {
    private final Defaults defaults;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoFlags flags;

    @Mixin
    private ContactOnlyFlag contactOnly;

    @Mixin
    private ConfigFile configFile;

    DemoRollingCommand(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public Integer call() throws Exception {
        final DemoOptions options =
            new DemoPlan(spec, defaults, flags).contactOnly(contactOnly.value()).rolling(true).conclude();
        return new Demonstration(options, flags, spec.commandLine().getOut()).run();
    }
}
