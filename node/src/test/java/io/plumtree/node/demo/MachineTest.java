package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.node.demo.Machine.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final long MEGA = 1 << 20;
    private static final Cost COST = new Cost(100 * MEGA, 20 * MEGA, 60, 15, 0.05);

    private static Machine machine(
        final int cores, final long memoryMb, final long filesMb, final long descriptors, final long processes) {
        return new Machine(cores, memoryMb < 0 ? -1 : memoryMb * MEGA, filesMb < 0 ? -1 : filesMb * MEGA, "/dev/shm",
            descriptors, processes);
    }

    private static void assertRefused(final String reason, final Machine machine) {
        assertEquals("this machine can't carry so many nodes: 31 more need " + reason + "; choose fewer (--nodes)",
            machine.refusal(31, COST));
    }

    @Test
    void shouldCarryWhatThereIsRoomFor() {
        assertNull(machine(1, 3_100, 620, 219, 465).refusal(31, COST));
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheMemory() {
        assertRefused("3100 MB of memory (100 MB each), and 3099 MB are free, enough for 30",
            machine(1, 3_099, 620, 219, 465));
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheRoomForFiles() {
        assertRefused("620 MB for files (20 MB each) in /dev/shm, where 64 MB are free, enough for 3",
            machine(1, 3_100, 64, 219, 465));
    }

    @Test
    void shouldRefuseWhatNeedsMoreDescriptorsThanThereMayBe() {
        assertRefused("219 open files (ulimit -n), and 128 are allowed, enough for 12",
            machine(1, 3_100, 620, 128, 465));
    }

    /** Each node has links to all others. */
    @Test
    void shouldRefuseWhereOneNodeNeedsMoreDescriptorsThanItMayHave() {
        final Machine machine = machine(1, 3_100, 620, 263, 465);
        assertNull(machine.refusal(31, new Cost(100 * MEGA, 20 * MEGA, 199, 15, 0.05)));
        final String refusal = machine.refusal(31, new Cost(100 * MEGA, 20 * MEGA, 200, 15, 0.05));
        assertTrue(
            refusal.contains("each of them needs 264 open files (ulimit -n) with 31 more, and 263 are allowed"),
            refusal);
    }

    @Test
    void shouldRefuseWhatNeedsMoreThreadsThanThereMayBe() {
        assertRefused("465 threads (15 each), and 150 are allowed, enough for 10", machine(1, 3_100, 620, 219, 150));
    }

    @Test
    void shouldRefuseWhatKeepsTheProcessorBusyWithoutWork() {
        assertEquals("this machine can't carry so many nodes: 60 more need 3.0 cores when idle (0.05 each), and there"
            + " are 1, enough for 40; choose fewer (--nodes)",
            machine(1, -1, -1, -1, -1).refusal(60, COST));
    }

    @Test
    void shouldForbidNothingWhereNothingIsKnown() {
        assertNull(machine(100, -1, -1, -1, -1).refusal(64, COST));
    }

    @Test
    void shouldReadTheSystemsNumbersAndSayWhereThereIsNone(@TempDir final Path directory) throws Exception {
        final Path file = Files.writeString(directory.resolve("f"), "A: 1 kB\nMemAvailable:    12 kB\n");
        assertEquals(12 * 1024, Machine.number(file, "MemAvailable:\\s+(\\d+) kB", 1024));
        assertTrue(Machine.number(file, "None:\\s+(\\d+)", 1) < 0);
        assertTrue(Machine.number(directory.resolve("none"), "(\\d+)", 1) < 0);
        assertTrue(Machine.number(Files.writeString(file, "max\n"), "^(\\d+)", 1) < 0);
        assertTrue(Machine.number(Files.writeString(file, "9".repeat(20)), "^(\\d+)", 1) < 0);
        assertTrue(Machine.number(Files.writeString(file, "9".repeat(18)), "^(\\d+)", 1024) < 0);
    }

    @Test
    void shouldNotTakeFilesThatWereReadForMemoryInUse(@TempDir final Path groups) throws Exception {
        assertTrue(Machine.groupMemory(groups) < 0);
        Files.writeString(groups.resolve("memory.max"), "1000\n");
        Files.writeString(groups.resolve("memory.current"), "900\n");
        assertEquals(100, Machine.groupMemory(groups));
        Files.writeString(groups.resolve("memory.stat"), "anon 250\nfile 650\ninactive_file 600\n");
        assertEquals(700, Machine.groupMemory(groups));
        // They are not read at the same moment.
        Files.writeString(groups.resolve("memory.current"), "500\n");
        assertEquals(1_000, Machine.groupMemory(groups));
        Files.writeString(groups.resolve("memory.current"), "1700\n");
        assertEquals(0, Machine.groupMemory(groups), "none is left");
        Files.writeString(groups.resolve("memory.max"), "max\n");
        assertTrue(Machine.groupMemory(groups) < 0);
    }

    @Test
    void shouldNotTakeFilesThatWereReadForMemoryInUseInGroupsOfVersionOne(@TempDir final Path groups)
        throws Exception {
        final Path memory = Files.createDirectory(groups.resolve("memory"));
        Files.writeString(memory.resolve("memory.limit_in_bytes"), "1000\n");
        Files.writeString(memory.resolve("memory.usage_in_bytes"), "900\n");
        Files.writeString(memory.resolve("memory.stat"), "inactive_file 1\ntotal_inactive_file 600\n");
        assertEquals(700, Machine.groupMemory(groups));
    }

    @Test
    void shouldReckonWithLinksThatTheFirstNodeDoesNotHaveYet() {
        for (final String termLength : new String[] {"65536", "64k", "64K", "64 k"}) {
            final Cost cost = NodeCost.of(all(termLength), new NodeCost.Measured(77 * MEGA, 12 * MEGA, 14, 0.5));
            assertEquals(77 * MEGA, cost.memory());
            assertEquals(12 * MEGA + 8 * 6 * 32768, cost.files(), termLength);
            assertEquals(0.5, cost.cores());
        }
    }

    @Test
    void shouldLeaveALengthThatIsNoneToTheNodesToRefuse() {
        for (final String termLength : new String[] {"garbage", "", "-1", "99999999999g"}) {
            final Cost cost = NodeCost.of(all(termLength), new NodeCost.Measured(77 * MEGA, 12 * MEGA, 14, 0.5));
            assertEquals(12 * MEGA + 8 * 6 * (MEGA / 2), cost.files(), termLength);
        }
    }

    private static DemoOptions all(final String termLength) {
        return new DemoOptions(
            new DemoOptions.Topology(9, false), 20, new DemoOptions.Load(2, 100, 64, false),
            DemoOptions.Faults.kill(1), Map.of("aeron.termLength", termLength));
    }
}
