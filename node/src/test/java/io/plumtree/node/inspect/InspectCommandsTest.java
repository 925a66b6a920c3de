package io.plumtree.node.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Converters;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Ranges;
import io.plumtree.node.options.UsageErrors;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, with a cluster that is not there. */
class InspectCommandsTest {
    private static final String CONTACT = "127.0.0.1:21001";

    private final FakeCluster cluster = new FakeCluster()
        .member("a@" + CONTACT, exchange("a", 8, "keyvalue", "c", 1_500), exchange("a", 7, "pubsub", "bb", 20))
        .member("bb@127.0.0.1:21002", exchange("bb", 1, "pubsub", "a", 3))
        .member("c@127.0.0.1:21003");
    private Map<String, String> environment = Map.of();
    private String out;
    private String err;

    private static Exchange exchange(
        final String node, final long id, final String handler, final String peer, final long ageMs) {
        return new Exchange(
            new ExchangeHandle(NodeId.of(node), 1_700, id), handler, NodeId.of(peer), Duration.ofMillis(ageMs));
    }

    private int run(final String... args) {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        final Defaults defaults = new Defaults(environment, ConfigProperties.NONE);
        final CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create().name("plumtree"));
        line.addSubcommand(new TreeCommand(defaults, cluster::launch));
        line.addSubcommand(new MembersCommand(defaults, cluster::launch));
        line.addSubcommand(new ExchangesCommand(defaults, cluster::launch));
        Converters.register(line);
        final int status = line.setDefaultValueProvider(defaults).setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionStrategy(new Ranges(defaults)).setParameterExceptionHandler(new UsageErrors())
            .setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true)).execute(args);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    @Test
    void shouldListMembersAndWhetherTheContactHasALinkToThem() {
        cluster.linked.add(NodeId.of("bb"));
        assertEquals(0, run("members", "--contact", CONTACT));
        assertEquals("""
            a   127.0.0.1:21001  self
            bb  127.0.0.1:21002  up
            c   127.0.0.1:21003  down
            """, out);
        assertEquals("", err);
        assertTrue(cluster.isClosed);
    }

    @Test
    void shouldListMembersForPrograms() throws Exception {
        cluster.linked.add(NodeId.of("bb"));
        cluster.distant.add(NodeId.of("c"));
        assertEquals(0, run("members", "--contact", CONTACT, "--format", "json"));
        assertEquals("{'node':'a','members':[{'name':'a','endpoint':'127.0.0.1:21001','link':'self'},"
            + "{'name':'bb','endpoint':'127.0.0.1:21002','link':'up'},"
            + "{'name':'c','endpoint':'127.0.0.1:21003','link':'none'}]}", json());
    }

    private String json() throws Exception {
        assertTrue(out.endsWith("}\n"), out);
        final JsonNode json = new ObjectMapper().readTree(out);
        return json.toString().replace('"', '\'');
    }

    @Test
    void shouldShowATreeInEachFormat() {
        for (final String form : List.of("text:a\nnot in", "dot:digraph \"tree of a\"", "svg:<svg ", "json:{\n")) {
            final String[] parts = form.split(":");
            assertEquals(0, run("tree", "--root", "a", "--contact", CONTACT, "--format", parts[0]));
            assertTrue(out.startsWith(parts[1]), out);
            assertEquals("", err);
        }
        assertEquals("tree of a " + CONTACT, cluster.asked.get(0));
    }

    @Test
    void shouldTakeARootThatIsNoMember() {
        assertEquals(0, run("tree", "--root", "z", "--contact", CONTACT));
        assertTrue(out.endsWith("z is not among the members\n"), out);
    }

    @Test
    void shouldListExchangesOfTheContact() {
        assertEquals(0, run("exchanges", "--contact", CONTACT));
        assertEquals("""
            a  127.0.0.1:21001  2 running
              a/1700/7  pubsub with bb for 20 ms
              a/1700/8  keyvalue with c for 1500 ms
            """, out);
    }

    @Test
    void shouldListExchangesOfAMemberThatItFindsThroughTheContact() {
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--node", "bb"));
        assertEquals("bb  127.0.0.1:21002  1 running\n  bb/1700/1  pubsub with a for 3 ms\n", out);
        assertEquals(List.of("members " + CONTACT, "exchanges 127.0.0.1:21002"), cluster.asked);
    }

    @Test
    void shouldListExchangesOfAllAndSayWhoIsSilent() throws Exception {
        cluster.silent.add("127.0.0.1:21002");
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--all", "--timeout", "300ms"));
        assertEquals("""
            a  127.0.0.1:21001  2 running
              a/1700/7  pubsub with bb for 20 ms
              a/1700/8  keyvalue with c for 1500 ms
            bb  127.0.0.1:21002  no answer
            c  127.0.0.1:21003  0 running
            """, out);
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--all", "--format", "json", "--timeout", "300ms"));
        assertEquals("{'nodes':[{'name':'a','endpoint':'127.0.0.1:21001','error':null,'exchanges':["
            + "{'handle':'a/1700/7','id':7,'handler':'pubsub','peer':'bb','ageMs':20.0},"
            + "{'handle':'a/1700/8','id':8,'handler':'keyvalue','peer':'c','ageMs':1500.0}]},"
            + "{'name':'bb','endpoint':'127.0.0.1:21002','error':'no answer','exchanges':null},"
            + "{'name':'c','endpoint':'127.0.0.1:21003','error':null,'exchanges':[]}]}", json());
    }

    @Test
    void shouldSayThatNobodyAnswersWithinTheTimeout() {
        cluster.silent.add(CONTACT);
        for (final String command : List.of("tree --root a", "members", "exchanges", "exchanges --all",
            "exchanges --node bb")) {
            final long startNs = System.nanoTime();
            assertEquals(2, run((command + " --timeout 200ms --contact " + CONTACT).split(" ")), command);
            final long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertTrue(elapsedMs >= 100, () -> command + " gave up after " + elapsedMs + " ms");
            assertEquals("", out);
            assertEquals("plumtree: no answer from 127.0.0.1:21001 within 200ms: is a node of cluster 'plumtree'"
                + " running there?\n", err);
            assertTrue(cluster.isClosed);
        }
        assertTrue(cluster.timeouts.stream().allMatch(timeout -> timeout.toMillis() <= 180),
            cluster.timeouts::toString);
    }

    @Test
    void shouldGiveUpOnAnAnswerThatNeverComes() {
        cluster.silent.add(CONTACT);
        cluster.isStuck = true;
        assertEquals(2, run("members", "--contact", CONTACT, "--timeout", "100ms"));
        assertTrue(err.startsWith("plumtree: no answer from 127.0.0.1:21001 within 100ms"), err);
        assertTrue(cluster.isClosed);
    }

    @Test
    void shouldAskTheContactWhereItWasFoundRatherThanWhereItSaysItListens() {
        cluster.members.set(0, Member.parse("a@0.0.0.0:21001"));
        cluster.self = "a";
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--node", "a"));
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--all"));
        assertTrue(out.startsWith("a  127.0.0.1:21001  2 running\n"), out);
    }

    @Test
    void shouldSayWhyAMemberRefuses() {
        cluster.refusing.add("127.0.0.1:21002");
        assertEquals(0, run("exchanges", "--contact", CONTACT, "--all"));
        assertTrue(out.contains("bb  127.0.0.1:21002  answers no strangers\n"), out);
        assertEquals(1, run("exchanges", "--contact", CONTACT, "--node", "bb"));
        assertTrue(err.contains("answers no strangers"), err);
        assertEquals("", out);
    }

    @Test
    void shouldSayThatTheMemberAskedForDoesNotAnswer() {
        cluster.silent.add("127.0.0.1:21003");
        assertEquals(2, run("exchanges", "--contact", CONTACT, "--node", "c", "--timeout", "200ms"));
        assertEquals("plumtree: no answer from 'c' at 127.0.0.1:21003 in time\n", err);
    }

    @Test
    void shouldNameTheMembersWhenTheOneAskedForIsNone() {
        assertEquals(2, run("exchanges", "--contact", CONTACT, "--node", "z"));
        assertTrue(err.startsWith(
            "plumtree: --node must be a member that the contact knows (a, bb, c): 'z'\n"), err);
    }

    @Test
    void shouldGiveTheInspectorWhatItNeeds() {
        environment = Map.of("PLUMTREE_TREE_ROOT", "a", "PLUMTREE_TREE_CLUSTER", "blue");
        assertEquals(0, run("tree", "--contact", CONTACT, "--option", "plumtree.max.message.length=128k"));
        assertEquals("blue", cluster.context.cluster());
        assertEquals("127.0.0.1:0", cluster.context.bind());
        assertEquals(128 * 1024, cluster.context.maxMessageLength());
        assertEquals(0, run("tree", "--contact", CONTACT, "--bind", "127.0.0.2:7"));
        assertEquals("127.0.0.2:7", cluster.context.bind());
    }

    @Test
    void shouldWriteToAFileWhereAsked(@TempDir final Path directory) throws Exception {
        final Path file = directory.resolve("tree.svg");
        assertEquals(0, run(
            "tree", "--root", "a", "--contact", CONTACT, "--format", "svg", "--output", file.toString()));
        assertEquals("", out);
        assertTrue(Files.readString(file).endsWith("</svg>\n"));
        assertFalse(Files.readString(file).isEmpty());
    }
}
