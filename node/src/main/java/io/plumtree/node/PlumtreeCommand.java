package io.plumtree.node;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree}: names the commands; does nothing of its own. */
@Command(
    name = "plumtree",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Broadcasts messages over epidemic trees that repair themselves.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
        "",
        "Every option of a command can also come from the environment or from a properties file: --linger of 'node'"
            + " from PLUMTREE_NODE_LINGER or from 'node.linger = ...' in the file that --config or PLUMTREE_CONFIG"
            + " names. The command line wins over the environment, the environment over the file.",
        "",
        "Exit status: 0 if all went well, 1 if not, 2 if the arguments were wrong, or no node answered, 3 if a node"
            + " ended though nobody had asked for it. SIGTERM, SIGINT and SIGHUP close a 'node' gracefully, which is 0;"
            + " other commands end with 143, 130 and 129 then. It is 1 also where output could not be written, unless"
            + " nobody reads it any more."
    })
final class PlumtreeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: demo, node, tree,"
            + " members, exchanges, stat, simulate or help");
    }
}
