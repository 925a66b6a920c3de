package io.plumtree.node;

import io.plumtree.node.demo.DemoCommand;
import io.plumtree.node.demo.DemoWorkerCommand;
import io.plumtree.node.inspect.ExchangesCommand;
import io.plumtree.node.inspect.MembersCommand;
import io.plumtree.node.inspect.TreeCommand;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.options.UsageErrors;
import io.plumtree.node.output.StandardOutput;
import io.plumtree.node.simulate.SimulateCommand;
import io.plumtree.node.stat.StatCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** Where the launcher enters. */
public final class Main {
    private Main() {
    }

    /**
     * Runs the command that the arguments name and ends the JVM with its exit status: 0 if all went well, 1 if not, 2
     * if the arguments were wrong or nobody answered.
     *
     * @param args the command line.
     */
    public static void main(final String[] args) {
        Logs.toOneLine();
        final StandardOutput out = new StandardOutput();
        final PrintWriter err = new PrintWriter(new OutputStreamWriter(
            new FileOutputStream(FileDescriptor.err), StandardOutput.terminalCharset()), true);
        System.exit(out.conclude(run(args, System.getenv(), out.writer(), err), err));
    }

    /** Runs one command line and returns its exit status. */
    static int run(
        final String[] args, final Map<String, String> environment, final PrintWriter out, final PrintWriter err) {
        final String unreadable = Arguments.unreadable(args);
        if (unreadable != null) {
            err.println("plumtree: " + unreadable);
            return CommandLine.ExitCode.USAGE;
        }
        final ConfigProperties file;
        try {
            file = ConfigFile.read(args, environment);
        } catch (final ConfigFile.Unreadable ex) {
            err.println("plumtree: " + ex.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        final Defaults defaults = new Defaults(environment, file);
        try {
            return commandLine(defaults).setOut(out).setErr(err).execute(args);
        } catch (final Throwable ex) {
            return Failures.report(ex, defaults, err);
        }
    }

    /** All commands, wired up. */
    static CommandLine commandLine(final Defaults defaults) {
        final CommandLine line = new CommandLine(new PlumtreeCommand());
        line.addSubcommand(new DemoCommand(defaults));
        line.addSubcommand(new NodeCommand(defaults));
        line.addSubcommand(new TreeCommand(defaults));
        line.addSubcommand(new MembersCommand(defaults));
        line.addSubcommand(new ExchangesCommand(defaults));
        line.addSubcommand(new StatCommand());
        line.addSubcommand(new SimulateCommand());
        line.addSubcommand(new CommandLine.HelpCommand());
        Converters.register(line);
        line.setDefaultValueProvider(defaults);
        // Workers get all they need from the demonstration that starts them, and nothing from the environment.
        line.addSubcommand(Converters.register(new CommandLine(new DemoWorkerCommand())));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionStrategy(new Ranges(defaults));
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler(new Failures(defaults));
        return line;
    }
}
