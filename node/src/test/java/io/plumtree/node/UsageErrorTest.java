package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageErrorTest {
    @ParameterizedTest
    @CsvSource(emptyValue = "", delimiter = '|', quoteCharacter = '"', textBlock = """
        demo --nodes 1              | --nodes must be a whole number from 2 to 64: '1'
        demo --nodes 65             | --nodes must be a whole number from 2 to 64: '65'
        demo --nodes five           | --nodes must be a whole number from 2 to 64: 'five'
        demo --seconds 2            | --seconds must be a whole number from 3 to 86400: '2'
        demo --kill -1              | --kill must be a whole number from 0 to 62: '-1'
        demo --roots 3 --kill 3     | --kill must be a whole number from 0 to 2, as many as do not publish
        demo --nodes 3 --kill 2     | --kill must be a whole number from 0 to 1, so that two nodes
        demo --nodes 4 --roots 5    | --roots must be a whole number from 1 to 4, as many as there are nodes
        demo --roots 0              | --roots must be a whole number from 1 to 64: '0'
        demo --rate 0               | --rate must be a whole number from 1 to 100000: '0'
        demo --flood --rate 9       | --rate does not go with --flood, which has none: '9'
        demo --flood --kill 1       | --kill does not go with --flood or --stop: '1'
        demo --flood --contact-only | --contact-only does not go with --flood or --stop
        demo --stop 1 --rolling     | --rolling does not go with --flood or --stop
        demo --rolling --kill 1     | --kill does not go with --rolling: '1'
        demo --nodes 9 --roots 9    | --roots must be a whole number from 1 to 8, as many as there are nodes
        demo --nodes 9 --roots 9 --no-contact-only | --kill must be a whole number from 0 to 0, as many as do not
        demo --contact-only --roots 5 | --roots must be a whole number from 1 to 4, as many as there are nodes
        demo --contact-only --nodes 8 --roots 3 --kill 3 | --kill must be a whole number from 0 to 2, half of those that
        demo rolling --kill 1       | "Unknown options: '--kill', '1'"
        demo rolling --nodes 1      | --nodes must be a whole number from 2 to 64: '1'
        demo rolling --nodes 9 --roots 9 | --roots must be a whole number from 1 to 8, as many as there are nodes
        demo flood --rate 9         | "--rate goes with --stop alone: '9'"
        demo flood --contact-only   | Unknown option: '--contact-only'
        demo flood --stop 4         | --stop must be a whole number from 0 to 3, so that two nodes
        demo flood --stop 1 --seconds 9 --stop-seconds 7 | --stop-seconds must be a whole number from 1 to 6, two
        demo flood --option nonsense | "Value for option '--option' (KEY=VALUE) should be in KEY=VALUE format"
        demo --nodes 4 flood        | "'--nodes' must stand behind 'flood'"
        demo --stop 4               | --stop must be a whole number from 0 to 3, so that two nodes
        demo --stop 1 --seconds 9 --stop-seconds 7 | --stop-seconds must be a whole number from 1 to 6, two thirds
        demo --roots 5 --stop 1 --stop-seconds 9   | --stop must be a whole number from 0 to 0, as many as do not
        demo --payload 23           | --payload must be a whole number from 24 to 1048576: '23'
        demo --json /none/such/x    | --json must be a file in a directory that exists: '/none/such/x'
        demo --option nonsense      | "plumtree: Value for option '--option' (KEY=VALUE) should be in KEY=VALUE format"
        demo --no-such-flag         | Unknown option: '--no-such-flag'
        node --bind 127.0.0.1:0     | Missing required option: '--name=NAME'
        node --name a!              | "--name: node name may have ASCII letters, digits, '.', '_' and '-' only: 'a!'"
        node --name a --cluster x/y | "--cluster: node name may have ASCII letters, digits, '.', '_' and '-' only"
        node --name a               | --bind is missing: it must be HOST:PORT, unless --member names 'a' itself
        node --name a --bind 7      | "option '--bind': endpoint must be host:port, with a port of 0 to 65535: '7'"
        node --name a --member b@h:1 --contact h:1 --bind h:2 | --contact and --member exclude each other
        node --name a --bind h:1 --contact h | "plumtree.contacts: endpoint must be host:port, with a port"
        node --name a --bind h:1 --option plumtree.max.peers=-1 | plumtree.max.peers (-1) must be 1 to 65536
        node --name a --bind h:1 --option plumtree.graft.timeout=9h | plumtree.graft.timeout (32400s) must be 0ns
        node --name a --member b    | "option '--member' (NAME@HOST:PORT): member must be name@host:port: 'b'"
        node --name a --bind h:1 --linger 5  | "option '--linger': must be a duration such as 500ms, 10s or 2m: '5'"
        node --name a --bind h:1 --wait x    | "option '--wait': must be a duration such as 500ms, 10s or 2m: 'x'"
        node --name a --bind h:1 --plugins /none/such | --plugins must be a directory: '/none/such'
        node --name a --bind h:1 --long-lines cut | "option '--long-lines': expected one of [FAIL, SKIP]"
        node --name a --bind h:1 --wait-for-peers 1   | --wait-for-peers must be a whole number from 0 to 0, as many
        node --name a --bind h:1 --wait-for-peers 256 | --wait-for-peers must be a whole number from 0 to 255: '256'
        tree --contact h:1          | Missing required option: '--root=NAME'
        members                     | Missing required option: '--contact=HOST:PORT'
        tree --root a! --contact 127.0.0.1:1 | "--root: node name may have ASCII letters, digits, '.', '_' and '-' only"
        tree --root a --contact 7   | "option '--contact': endpoint must be host:port, with a port of 0 to 65535: '7'"
        tree --root a --contact 127.0.0.1:1 --format png | "option '--format': expected one of [TEXT, DOT, SVG, JSON]"
        members --contact 127.0.0.1:0 | "--contact must have the port of a node, 1 to 65535: '127.0.0.1:0'"
        members --contact no.such.host.invalid:1 | "--contact must be a host that can be reached: 'no.such.host.inv"
        members --contact 127.0.0.1:1 --cluster x/y | "--cluster: node name may have ASCII letters, digits, '.', '_'"
        members --contact 127.0.0.1:1 --timeout 99ms | "--timeout must be 100ms to 10m: '99ms'"
        members --contact 127.0.0.1:1 --timeout 11m | "--timeout must be 100ms to 10m: '660000ms'"
        members --contact 127.0.0.1:1 --format svg | "option '--format': expected one of [TEXT, JSON]"
        members --contact 127.0.0.1:1 --output /none/such/x | --output must be a file in a directory that exists: '/no
        members --contact 127.0.0.1:1 --option plumtree.x=1 | plumtree.x
        exchanges --contact 127.0.0.1:1 --all --node a | --all and --node exclude each other
        exchanges --contact 127.0.0.1:1 --node a! | "--node: node name may have ASCII letters, digits, '.', '_' and"
        simulate --nodes 1          | --nodes must be a whole number from 2 to 1000000: '1'
        simulate --nodes few        | --nodes must be a whole number from 2 to 1000000: 'few'
        simulate --degree 65        | --degree must be a whole number from 1 to 64: '65'
        simulate --nodes 4 --degree 4 | --degree must be between 1 and 3: 4
        simulate --senders none     | "--senders must be single, rotating:N, fresh or all: 'none'"
        simulate --senders rotating:0 | --senders must be 1 or more: 0
        simulate --nodes 9 --senders rotating:10 | "--senders must be no more than nodes, which is 9: 10"
        simulate --nodes 9 --senders fresh | with fresh senders, warmup + messages must be no more than nodes
        simulate --messages 0       | --messages must be a whole number from 1 to 1000000: '0'
        simulate --warmup -1        | --warmup must be a whole number from 0 to 1000000: '-1'
        simulate --seeds 0          | --seeds must be a whole number from 1 to 10000: '0'
        simulate --interval 61m     | "--interval must be 0ms to 60m: '3660000ms'"
        simulate --interval 5       | "option '--interval': must be a duration such as 500ms, 10s or 2m: '5'"
        simulate --rate 0           | --rate must be a whole number from 1 to 1000000: '0'
        simulate --rate 5 --interval 1s | --interval and --rate exclude each other
        simulate --latency fast     | "--latency must be such as 30ms, 10ms..50ms or regions:3:1ms..5ms:40ms..90ms: '"
        simulate --jitter 61s       | "--jitter must be 0ms to 1m: '61000ms'"
        simulate --loss 1           | "--loss must be 0 or more, and less than 1: '1.0'"
        simulate --loss much        | "option '--loss': 'much' is not a double"
        simulate --fail -0.1        | "--fail must be 0 or more, and less than 1: '-0.1'"
        simulate --fail NaN         | "--fail must be 0 or more, and less than 1: 'NaN'"
        simulate --nodes 9 --join-per-message 10 | --join-per-message must be between 0 and 9: 10
        simulate --nodes 9 --fail-per-message 10 | --fail-per-message must be between 0 and 9: 10
        simulate --detection 2m     | "--detection must be 0ms to 1m: '120000ms'"
        simulate --lazy-tick 0ms    | "--lazy-tick must be 1ms to 1m: '0ms'"
        simulate --bandwidth -1     | --bandwidth must be a whole number from 0 to 9223372036854775807: '-1'
        simulate --payload 1048577  | --payload must be a whole number from 0 to 1048576: '1048577'
        simulate --set nonsense     | "a setting must be reference, or PROPERTY=VALUE: 'nonsense'"
        simulate --set no.such=1    | "no such option of the protocol: 'no.such'"
        simulate --set graft.timeout=soon | "a setting must have a value that its option takes: 'graft.timeout=soon'"
        simulate --set plumtree.max.trees=0 | max
        simulate --json /none/such/x | --json must be a file in a directory that exists: '/none/such/x'
        simulate --html /none/such/x | --html must be a file in a directory that exists: '/none/such/x'
        simulate --compare --loss=2 | "--compare: --loss must be 0 or more, and less than 1: '2.0'"
        simulate --compare --nodes=1 | "--compare: --nodes must be a whole number from 2 to 1000000: '1'"
        simulate --compare --nodes=few | "--compare: --nodes must be a whole number from 2 to 1000000: 'few'"
        simulate --compare --seeds=2 | "--compare: no flag of a configuration: '--seeds=2'"
        simulate --compare --set=no.such=1 | "--compare: no such option of the protocol: 'no.such'"
        simulate --chaos 0          | --chaos must be a whole number from 1 to 1000000000: '0'
        simulate --chaos 1 --nodes 9 | "--chaos goes with --from-seed alone: '--nodes'"
        simulate --chaos 1 --compare --loss=0 | "--chaos goes with --from-seed alone: '--compare'"
        simulate --chaos 1 --experiment iroh-gossip | "--chaos goes with --from-seed alone: '--experiment'"
        simulate --experiment none  | "one of plumtree-stable, plumtree-churn, plumtree-failures, iroh-gossip: 'none'"
        simulate --experiment iroh-gossip --degree 3 | "goes with --seeds, --nodes, --set and --json alone: '--degree'"
        simulate --experiment iroh-gossip --seed 3 | "goes with --seeds, --nodes, --set and --json alone: '--seed'"
        simulate --experiment iroh-gossip --compare --loss=0 | "--set and --json alone: '--compare'"
        simulate --experiment iroh-gossip --sweep graft.timeout=1s | "--set and --json alone: '--sweep'"
        simulate --experiment iroh-gossip --html x | "--set and --json alone: '--html'"
        simulate --experiment iroh-gossip --nodes 1 | --nodes must be a whole number from 2 to 1000000: '1'
        simulate --experiment iroh-gossip --set no.such=1 | "no such option of the protocol: 'no.such'"
        simulate --experiment iroh-gossip --json /none/such/x | --json must be a file in a directory that exists: '/no
        simulate --sweep graft.timeout | "--sweep must be OPTION=VALUE,VALUE,...: 'graft.timeout'"
        simulate --sweep =1s,2s     | "--sweep must be OPTION=VALUE,VALUE,...: '=1s,2s'"
        simulate --sweep graft.timeout=1s,,2s | "--sweep must be OPTION=VALUE,VALUE,...: 'graft.timeout=1s,,2s'"
        simulate --sweep graft.timeout=1s, | "--sweep must be OPTION=VALUE,VALUE,...: 'graft.timeout=1s,'"
        simulate --sweep graft.timeout=1s,soon | "a setting must have a value that its option takes: 'graft.timeout=s"
        simulate --sweep no.such=1,2 | "no such option of the protocol: 'no.such'"
        simulate --sweep graft.timeout=1s --nodes 4 --degree 4 | --degree must be between 1 and 3: 4
        simulate --sweep graft.timeout=1s --compare --loss=0 | --sweep and --compare exclude each other
        simulate --sweep graft.timeout=1s --html x | --sweep and --html exclude each other
        simulate --sweep graft.timeout=1s --json /none/such/x | --json must be a file in a directory that exists
        simulate chaos              | "Missing required parameter: 'N'"
        simulate chaos 0            | N must be a whole number from 1 to 1000000000: '0'
        simulate chaos many         | N must be a whole number from 1 to 1000000000: 'many'
        simulate chaos 1 --nodes 9  | "Unknown options: '--nodes', '9'"
        simulate chaos 1000001 --json x | "--json goes with 1000000 seeds or fewer: '1000001'"
        simulate chaos 1 --json /none/such/x | --json must be a file in a directory that exists: '/none/such/x'
        simulate --nodes 9 chaos 1  | "'--nodes' must stand behind 'chaos'"
        simulate bootstraps 3 --nodes 1 | --nodes must be a whole number from 2 to 1000000: '1'
        simulate bootstraps 3 --nodes 4 --degree 4 | --degree must be between 1 and 3: 4
        simulate bootstraps 3 --fail 0.5 | "Unknown options: '--fail', '0.5'"
        simulate experiment none    | "one of plumtree-stable, plumtree-churn, plumtree-failures, iroh-gossip: 'none'"
        simulate experiment iroh-gossip --degree 3 | "Unknown options: '--degree', '3'"
        simulate run --nodes 1      | --nodes must be a whole number from 2 to 1000000: '1'
        simulate run --loss 1       | "--loss must be 0 or more, and less than 1: '1.0'"
        simulate frobnicate         | "Unmatched argument at index 1: 'frobnicate'"
        simulate --from-seed 7      | --from-seed goes with --chaos
        node --config /none/such    | --config must be a readable properties file: '/none/such'
        ""                          | a command is missing: demo, node, tree, members, exchanges, stat, simulate or help
        frobnicate                  | Unmatched argument at index 0: 'frobnicate'
        """)
    void shouldNameTheFlagAndWhatIsAllowed(final String line, final String message) {
        final CommandRun run = CommandRun.of(line == null || line.isEmpty() ? new String[0] : line.split(" +"));
        assertTrue(run.err.contains(message), () -> "expected: " + message + "\nbut was: " + run.err);
        assertEquals(2, run.status);
        assertEquals("", run.out);
    }

    @Test
    void shouldRefuseEmptyTopics() {
        final CommandRun publish = CommandRun.of("node", "--name", "a", "--bind", "h:1", "--publish", "");
        assertEquals(2, publish.status);
        assertTrue(publish.err.contains("--publish must be a topic of 1 character or more: ''"), publish.err);
        final CommandRun subscribe = CommandRun.of("node", "--name", "a", "--bind", "h:1", "--subscribe", "");
        assertEquals(2, subscribe.status);
        assertTrue(subscribe.err.contains("--subscribe must be a topic of 1 character or more: ''"), subscribe.err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        demo.nodez = 3                    | 'demo.nodez' (FILE:2); did you mean 'demo.nodes'?
        plumtree.lazy.tik.period = 1s     | 'plumtree.lazy.tik.period' (FILE:2); did you mean 'plumtree.lazy.tick.
        node.option.plumtree.lazy.tik = 1 | 'node.option.plumtree.lazy.tik' (FILE:2)
        option =                          | 'option' (FILE:2)
        node.option. = x                  | 'node.option.' (FILE:2)
        lingre = 3s                       | 'lingre' (FILE:2)
        memory.k = 3                      | 'memory.k' (FILE:2)
        """)
    void shouldRefuseAKeyOfTheFileThatNobodyKnows(
        final String line, final String message, @TempDir final Path directory) throws Exception {
        final Path file = Files.writeString(directory.resolve("p"), "node.name = other\n" + line + "\n");
        for (final String command : List.of("demo", "node --name a --bind h:1", "stat")) {
            final CommandRun run = CommandRun.of((command + " --config " + file).split(" "));
            assertEquals(2, run.status, command);
            assertTrue(run.err.contains(
                "--config has the unknown property " + message.replace("FILE", file.toString())), run.err);
        }
    }

    @Test
    void shouldRefuseWordsThatCouldNotBeReadInTheLocalesEncoding() {
        final CommandRun run = CommandRun.of("node", "--name", "a", "--bind", "h:1", "--publish", "\uFFFD");
        assertEquals(2, run.status);
        assertTrue(run.err.startsWith("plumtree: '\uFFFD' has bytes that are no text in this locale's encoding"),
            run.err);
        final CommandRun variable = CommandRun.of(
            Map.of("PLUMTREE_NODE_SUBSCRIBE", "good,b\uFFFDd"), "node", "--name", "a", "--bind", "h:1");
        assertEquals(2, variable.status);
        assertTrue(variable.err.startsWith("plumtree: topic 'b\uFFFDd' has bytes that are no text"), variable.err);
    }

    @Test
    void shouldNotAskForUtf8WhereTheLocaleHasIt() {
        assertEquals("UTF-8: write it in UTF-8", Arguments.advice("UTF-8"));
        assertEquals("ANSI_X3.4-1968: use a locale with UTF-8 (such as LC_ALL=C.UTF-8), and UTF-8",
            Arguments.advice("ANSI_X3.4-1968"));
    }

    @Test
    void shouldNameTheVariableThatNamesTheFile(@TempDir final Path directory) throws Exception {
        final CommandRun none = CommandRun.of(Map.of("PLUMTREE_CONFIG", "/none/such"), "stat");
        assertEquals(2, none.status);
        assertTrue(none.err.startsWith("plumtree: PLUMTREE_CONFIG must be a readable properties file: '/none/such'"),
            none.err);
        final String file = Files.writeString(directory.resolve("p"), "lingre = 3s\n").toString();
        final CommandRun unknown = CommandRun.of(Map.of("PLUMTREE_CONFIG", file), "stat");
        assertEquals(2, unknown.status);
        assertTrue(unknown.err.startsWith("plumtree: PLUMTREE_CONFIG has the unknown property 'lingre'"), unknown.err);
        // The flag wins.
        final CommandRun flag = CommandRun.of(Map.of("PLUMTREE_CONFIG", file), "stat", "--config", "/none/such");
        assertTrue(flag.err.startsWith("plumtree: --config must be a readable properties file"), flag.err);
    }

    @Test
    void shouldTakeAKeyOfTheFileThatAnotherCommandKnows(@TempDir final Path directory) throws Exception {
        final Path file = Files.writeString(directory.resolve("p"), """
            node.name = other
            node.option.memory.k = 1
            demo.option.plumtree.frame.limit = 1
            plumtree.frame.limit = 2
            aeron.termLength = 64k
            handler.mine.key = x
            """);
        final CommandRun run = CommandRun.of("stat", "--config", file.toString());
        assertFalse(run.err.contains("unknown"), run.err);
    }

    @Test
    void shouldTellTheLineOfAValueThatCantBeRead(@TempDir final Path directory) throws Exception {
        final Path file = Files.writeString(directory.resolve("p"), "\nplumtree.heartbeat.period = garbage\n");
        for (final String command : List.of("demo", "node --name a --bind localhost:0 --member b@h:1")) {
            final CommandRun run = CommandRun.of((command + " --config " + file).split(" "));
            assertEquals(2, run.status);
            assertTrue(run.err.contains("plumtree: plumtree.heartbeat.period=garbage: must be a duration"), run.err);
            assertTrue(run.err.contains("(" + file + ":2)"), run.err);
        }
    }

    @Test
    void shouldTellTheLineOfAnOptionThatTransportOrHandlerRefuse(@TempDir final Path directory) throws Exception {
        final Path file = directory.resolve("p");
        final String node = "node --name a --bind localhost:0 --member b@h:1 --config " + file;
        Files.writeString(file, "\n\naeron.mtu.length = 8k\n");
        final CommandRun ofTransport = CommandRun.of(node.split(" "));
        assertEquals(2, ofTransport.status);
        assertTrue(ofTransport.err.contains("aeron.mtu.length=8k: no such option; did you mean 'aeron.mtuLength'? ("
            + file + ":3)"), ofTransport.err);
        Files.writeString(file, "handler.pubsub.retained.aeg = 1s\n");
        final CommandRun ofHandler = CommandRun.of(node.split(" "));
        assertEquals(2, ofHandler.status);
        assertTrue(ofHandler.err.contains("handler 'pubsub' has no option 'handler.pubsub.retained.aeg'; did you mean"
            + " 'handler.pubsub.retained.age'? (" + file + ":1)"), ofHandler.err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        PLUMTREE_NODE_LINGRE     | ; did you mean 'PLUMTREE_NODE_LINGER'?
        PLUMTREE_HEARTBEAT_PEROD | ; did you mean 'PLUMTREE_HEARTBEAT_PERIOD'?
        PLUMTREE_OPTION_X        |
        """)
    void shouldRefuseAVariableThatNobodyKnows(final String variable, final String question) {
        final CommandRun run = CommandRun.of(Map.of(variable, "1"), "stat");
        assertEquals(2, run.status);
        assertTrue(run.err.startsWith("plumtree: the environment has the unknown variable '" + variable + "'"
            + (question == null ? "" : question) + System.lineSeparator()), run.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLUMTREE_NODE_SERVICE_HOST", "PLUMTREE_SERVICE_PORT", "PLUMTREE_PORT_7101_UDP_ADDR",
        "PLUMTREE_JAVA_OPTS", "PLUMTREE_FRAME_LIMIT", "PLUMTREE_NODE_OPTION", "OTHER"})
    void shouldTakeVariablesThatOrchestratorsAndScriptsSet(final String variable) {
        final CommandRun run = CommandRun.of(Map.of(variable, "tcp://10.0.0.1:7101"), "stat");
        assertFalse(run.err.contains("unknown"), run.err);
    }

    @Test
    void shouldNameTheVariableOfAnEnvironmentsOptionWithoutValue() {
        final CommandRun run = CommandRun.of(Map.of("PLUMTREE_DEMO_OPTION", "a=b,c"), "demo");
        assertEquals(2, run.status);
        assertTrue(run.err.contains("PLUMTREE_DEMO_OPTION must be KEY=VALUE,...: 'a=b,c'"), run.err);
    }

    @Test
    void shouldNameTheFlagOfAWrongValueFromTheEnvironment() {
        final CommandRun run = CommandRun.of(Map.of("PLUMTREE_DEMO_RATE", "0"), "demo");
        assertEquals(2, run.status);
        assertTrue(run.err.contains("--rate must be a whole number from 1 to 100000: '0'"), run.err);
    }

    @ParameterizedTest
    @CsvSource({"--help, Usage: plumtree ", "demo --help, --kill", "node --help, --subscribe", "help node, --publish",
        "tree --help, text|dot|svg|json", "members --help, --contact", "exchanges --help, --all",
        "stat --help, --watch",
        "simulate --help, rotating:N", "--help demo, Usage: plumtree ", "--version simulate, plumtree 0",
        "--version, plumtree 0", "demo --version, aeron 1.", "node --version, agrona 2."})
    void shouldHelpOnStandardOutput(final String line, final String expected) {
        final CommandRun run = CommandRun.of(line.split(" "));
        assertEquals(0, run.status);
        assertEquals("", run.err);
        assertTrue(run.out.contains(expected), run.out);
    }

    @Test
    void shouldNotShowTheWorkersCommand() {
        assertTrue(!CommandRun.of("--help").out.contains("demo-worker"));
    }
}
