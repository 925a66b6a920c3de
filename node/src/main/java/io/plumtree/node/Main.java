package io.plumtree.node;

import io.plumtree.api.OpenFiles;
import io.plumtree.node.demo.DemoCommand;
import io.plumtree.node.demo.DemoWorkerMain;
import io.plumtree.node.demo.Rehearsal;
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
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
     * @throws IOException          if a rehearsal fails.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        Logs.toOneLine();
        if (args.length > 0 && DemoWorkerMain.NAME.equals(args[0])) {
            // Workers get all they need from the demonstration that starts them, and nothing from the environment.
            System.exit(DemoWorkerMain.run());
        }
        if (args.length > 0 && Rehearsal.NAME.equals(args[0])) {
            Rehearsal.run(Main::rehearse);
            System.exit(0);
        }
        if (args.length > 0 && NodeCommand.NAME.equals(args[0])) {
            // Until there is something to be closed; then the command has its own way.
            TerminationSignals.handle(() -> System.exit(0));
        }
        final StandardOutput out = new StandardOutput();
        final PrintWriter err = new PrintWriter(new OutputStreamWriter(
            new FileOutputStream(FileDescriptor.err), StandardOutput.terminalCharset()), true);
        System.exit(out.conclude(runVerified(args, out.writer(), err), err));
    }

    /** Says what is missing where the JVM can't load its verifier, and with it hardly a class; here none is needed. */
    private static int runVerified(final String[] args, final PrintWriter out, final PrintWriter err) {
        try {
            return run(args, System.getenv(), out, err);
        } catch (final VerifyError ex) {
            if (!String.valueOf(ex.getMessage()).contains(CommandFailures.NO_VERIFIER)) {
                throw ex;
            }
            err.println("plumtree: " + OpenFiles.TOO_MANY);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Runs the short commands on a node; what they say is for nobody. */
    private static void rehearse(final String endpoint) {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (final String line : List.of("stat", "tree --root rehearsal-1 --contact " + endpoint,
            "members --contact " + endpoint, "exchanges --contact " + endpoint, "node --help", "demo --help", "--help",
            "--version")) {
            run(line.split(" "), Map.of(), nowhere, nowhere);
        }
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
            return commandLine(defaults, args).setOut(out).setErr(err).execute(args);
        } catch (final Throwable ex) {
            return CommandFailures.report(ex, defaults, err);
        }
    }

    /**
     * The command that the arguments name, wired up; all commands where they name none, or where a file or the
     * environment may have keys of any. Reading what one command takes costs as much as the rest of a start.
     */
    static CommandLine commandLine(final Defaults defaults, final String... args) {
        final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(defaults));
        commands.put(NodeCommand.NAME, () -> new NodeCommand(defaults));
        commands.put("tree", () -> new TreeCommand(defaults));
        commands.put("members", () -> new MembersCommand(defaults));
        commands.put("exchanges", () -> new ExchangesCommand(defaults));
        commands.put("stat", StatCommand::new);
        commands.put("simulate", SimulateCommand::new);
        if (args.length > 0 && commands.containsKey(args[0]) && !defaults.hasKeys()) {
            commands.keySet().retainAll(Set.of(args[0]));
        } else {
            commands.put("help", CommandLine.HelpCommand::new);
        }
        final CommandLine line = new CommandLine(new PlumtreeCommand());
        commands.values().forEach(command -> line.addSubcommand(command.get()));
        Converters.register(line);
        line.setDefaultValueProvider(defaults);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionStrategy(new Ranges(defaults));
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler(new CommandFailures(defaults));
        return line;
    }
}
