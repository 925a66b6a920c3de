package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final long TIMEOUT_S = 60;

    @TempDir
    private Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private Path launcher;
    private Path source;
    private Path mavenCalls;
    private String err;

    @BeforeEach
    void setUp() throws IOException {
        home = Files.createDirectories(directory.resolve("a home")).toRealPath();
        launcher = home.resolve("plumtree");
        Files.copy(Path.of("").toAbsolutePath().resolveSibling("plumtree"), launcher);
        launcher.toFile().setExecutable(true);
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        source = home.resolve("plumtree-engine/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        for (final Path file : List.of(home.resolve("pom.xml"), source)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
        mavenCalls = directory.resolve("maven-calls");
        environment.put("JAVA_HOME", javaHome("17.0.1").toString());
        environment.put("MVN", script("mvn", "echo \"$@\" >>'" + mavenCalls + "'\n"
            + "echo 'words of Maven'\nmkdir -p node/target/modules\n"
            + ": >node/target/modules/plumtree-node.jar").toString());
    }

    private Path javaHome(final String version) throws IOException {
        final Path jdk = directory.resolve("jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script("jdk-" + version + "/bin/java", "for word; do echo \"[$word]\"; done");
        return jdk;
    }

    private Path script(final String name, final String text) throws IOException {
        final Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(final int status, final Path command, final String... args) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(command.toString());
        builder.command().addAll(List.of(args));
        builder.directory(directory.toFile());
        builder.environment().remove("PLUMTREE_JAVA_OPTS");
        builder.environment().putAll(environment);
        final Path errors = directory.resolve("stderr");
        builder.redirectError(errors.toFile());
        final Process process = builder.start();
        final String out = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS));
        err = Files.readString(errors);
        assertEquals(status, process.exitValue(), err);
        return out;
    }

    private long builds() throws IOException {
        return Files.exists(mavenCalls) ? Files.readAllLines(mavenCalls).size() : 0;
    }

    @Test
    void shouldBuildOnFirstUseAndSaySoOnStandardError() throws Exception {
        final String out = run(0, launcher, "demo");
        assertTrue(err.contains("plumtree: building"), err);
        assertTrue(err.contains("words of Maven"), err);
        assertFalse(out.contains("words of Maven"), out);
        assertTrue(Files.readString(mavenCalls).contains("-pl node -am package"));
    }

    @Test
    void shouldLeaveMavensOptionsToTheUser() throws Exception {
        environment.put("MAVEN_OPTS", "-Xmx1g");
        environment.put("MVN", script("mvn-options", "echo \"$MAVEN_OPTS\" >>'" + mavenCalls + "'\n"
            + "mkdir -p node/target/modules\n: >node/target/modules/plumtree-node.jar").toString());
        run(0, launcher);
        assertEquals(List.of("-Xmx1g"), Files.readAllLines(mavenCalls));
    }

    /** For each mvn that runs in a checkout, whatever script starts it: Maven itself is asked. */
    @Test
    void shouldHaveNoEscapeSequencesInMavensOutput() throws Exception {
        final boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "mvn")));
        Assumptions.assumeTrue(isThere, "no mvn on the PATH");
        final ProcessBuilder builder = new ProcessBuilder("mvn", "-q", "-B", "--version");
        builder.directory(Path.of("").toAbsolutePath().getParent().toFile());
        builder.redirectErrorStream(true);
        builder.environment().remove("MAVEN_OPTS");
        final Process process = builder.start();
        final String out = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS));
        assertEquals(-1, out.indexOf('\u001b'), out);
    }

    @Test
    void shouldNotBuildAgainUntilASourceIsNewer() throws Exception {
        run(0, launcher);
        run(0, launcher);
        assertEquals("", err);
        assertEquals(1, builds());
        // Its owner would be what was started, and others would wait for that.
        assertFalse(Files.exists(home.resolve("node/target/modules.lock")));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run(0, launcher);
        assertEquals(2, builds());
    }

    @Test
    void shouldBuildAgainForEveryModuleThatItRuns() throws Exception {
        run(0, launcher);
        int builds = 1;
        for (final String module : List.of("harness", "plumtree-api", "handlers-spi", "simulator", "transport-aeron",
            "handlers/pubsub", "handlers/heartbeat", "node")) {
            final Path file = home.resolve(module + "/src/main/java/B.java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "class B {}");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
            run(0, launcher);
            assertEquals(++builds, builds(), module);
            Files.delete(file);
        }
    }

    @Test
    void shouldNotBuildAgainForATest() throws Exception {
        run(0, launcher);
        final Path test = home.resolve("node/src/test/java/ATest.java");
        Files.createDirectories(test.getParent());
        Files.writeString(test, "class ATest {}");
        Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(60)));
        run(0, launcher);
        assertEquals(1, builds());
    }

    @Test
    void shouldStartFromAnywhereAndThroughLinks() throws Exception {
        Files.createDirectories(directory.resolve("bin"));
        final Path absolute = Files.createSymbolicLink(directory.resolve("bin/one"), launcher);
        final Path relative = Files.createSymbolicLink(directory.resolve("bin/two"), Path.of("one"));
        for (final Path link : List.of(absolute, relative)) {
            assertTrue(run(0, link).contains("[" + home.resolve("node/target/modules") + "]"));
        }
        assertEquals(1, builds());
    }

    @Test
    void shouldPassArgumentsAsTheyAreAndTheUsersOptionsFirst() throws Exception {
        environment.put("PLUMTREE_JAVA_OPTS", "-Xmx64m -Dx=y");
        final List<String> words = run(0, launcher, "node", "--name", "two words", "").lines().toList();
        assertTrue(words.containsAll(List.of("[-Xmx64m]", "[-Dx=y]", "[java.base/jdk.internal.misc=org.agrona]")));
        assertTrue(words.contains("[-Dplumtree.terminal=false]"), words::toString);
        assertEquals(List.of("[io.plumtree.node/io.plumtree.node.Main]", "[node]", "[--name]", "[two words]", "[]"),
            words.subList(words.size() - 5, words.size()));
    }

    /** Of two options of the JVM the later one counts. */
    @Test
    void shouldLetTheUsersOptionsWin() throws Exception {
        environment.put("PLUMTREE_JAVA_OPTS", "-XX:TieredStopAtLevel=4 -XX:+UsePerfData");
        final List<String> words = run(0, launcher, "tree").lines().toList();
        assertTrue(words.contains("[-XX:TieredStopAtLevel=1]") && words.contains("[-XX:-UsePerfData]"),
            words::toString);
        assertTrue(words.indexOf("[-XX:TieredStopAtLevel=4]") > words.indexOf("[-XX:TieredStopAtLevel=1]")
            && words.indexOf("[-XX:+UsePerfData]") > words.indexOf("[-XX:-UsePerfData]"), words::toString);
    }

    @Test
    void shouldRefuseAnOldJava() throws Exception {
        for (final String version : List.of("1.8.0_292", "11.0.2", "16")) {
            environment.put("JAVA_HOME", javaHome(version).toString());
            run(1, launcher);
            assertTrue(err.contains("Java 17 or later is needed") && err.contains(version), err);
        }
        assertEquals(0, builds());
        environment.put("JAVA_HOME", javaHome("25").toString());
        run(0, launcher);
    }

    @Test
    void shouldRefuseAJavaHomeWithoutJava() throws Exception {
        environment.put("JAVA_HOME", directory.toString());
        run(1, launcher);
        assertTrue(err.contains("JAVA_HOME has no bin/java: " + directory), err);
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception {
        environment.put("MVN", directory.resolve("none").toString());
        run(1, launcher);
        assertTrue(err.contains("Maven is needed"), err);
    }

    @Test
    void shouldStartNothingWhenTheBuildFailsAndTryAgainTheNextTime() throws Exception {
        final String works = environment.put("MVN", script("broken", "mkdir -p node/target/modules\n"
            + ": >node/target/modules/plumtree-node.jar\necho 'no compiler'; exit 7").toString());
        assertEquals("", run(1, launcher));
        assertTrue(err.contains("no compiler") && err.contains("the build failed"), err);
        environment.put("MVN", works);
        run(0, launcher);
        assertEquals(1, builds());
    }

    @Tag("deep")
    @Test
    void shouldTakeOverALockWhoseOwnerIsGone() throws Exception {
        final Path lock = Files.createDirectories(home.resolve("node/target/modules.lock"));
        final Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        run(0, launcher);
        assertEquals(1, builds());
        assertFalse(Files.exists(lock));
    }

    @Test
    void shouldAskTheJvmWhereItsDirectoryDoesNotShowTheVersion() throws Exception {
        final Path jdk = javaHome("21");
        environment.put("JAVA_HOME", jdk.toString());
        final String answer = "if [ \"$1\" = -XshowSettings:properties ]; then echo '    java.home = /the/jdk'\n"
            + "echo '    java.version = %s'; else echo started; fi";
        final Path release = Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"somebody\"\n");
        for (int i = 0; i < 2; i++) {
            script("jdk-21/bin/java", answer.formatted("11.0.2"));
            run(1, launcher);
            assertTrue(err.contains("is version 11.0.2"), err);
            Files.deleteIfExists(release);
        }
        script("jdk-21/bin/java", answer.formatted("21.0.1"));
        assertEquals("started\n", run(0, launcher));
    }

    /** As distributions have it: /usr/bin/java leads to the JDK by way of another link or two. */
    @Test
    void shouldFindTheJdkThatALinkOnThePathLeadsTo() throws Exception {
        final Path bin = Files.createDirectories(directory.resolve("path"));
        final Path alternative = directory.resolve("alternative");
        Files.createSymbolicLink(bin.resolve("java"), alternative);
        environment.put("JAVA_HOME", "");
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        Files.createSymbolicLink(alternative, javaHome("11.0.2").resolve("bin/java"));
        run(1, launcher);
        assertTrue(err.contains("is version 11.0.2"), err);
        Files.delete(alternative);
        final Path jdk = javaHome("21.0.1");
        Files.createSymbolicLink(alternative, jdk.resolve("bin/java"));
        environment.put("MVN", script("mvn-home", "echo \"$JAVA_HOME\" >>'" + mavenCalls + "'\n"
            + "mkdir -p node/target/modules\n: >node/target/modules/plumtree-node.jar").toString());
        run(0, launcher);
        assertEquals(List.of(jdk.toRealPath().toString()), Files.readAllLines(mavenCalls));
    }

    @Tag("deep")
    @Test
    void shouldNotWaitForALockWithoutAnOwnerForEver() throws Exception {
        Files.createDirectories(home.resolve("node/target/modules.lock"));
        run(0, launcher);
        assertEquals(1, builds());
        assertFalse(Files.exists(home.resolve("node/target/modules.lock")));
    }

    @Test
    void shouldBuildOnceWhereTwoStartAtOnce() throws Exception {
        environment.put("MVN", script("slow-mvn", "sleep 1\n" + "echo \"$@\" >>'" + mavenCalls + "'\n"
            + "mkdir -p node/target/modules\n: >node/target/modules/plumtree-node.jar").toString());
        final Path both = script("both", "'" + launcher + "' one & '" + launcher + "' two; wait $!");
        run(0, both);
        assertEquals(1, builds());
    }

    @Test
    void shouldNotBuildAtEveryStartForFilesFromTheFuture() throws Exception {
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3_600)));
        run(0, launcher);
        run(0, launcher);
        assertEquals(1, builds());
    }

    @Test
    void shouldMakeModulesOfTheJdkThereForPluginsAlone() throws Exception {
        assertTrue(run(0, launcher, "node", "--name", "a").lines().toList().contains("[ALL-DEFAULT]"));
        assertFalse(run(0, launcher, "demo").contains("ALL-DEFAULT"));
    }

    @Test
    void shouldReadArgumentsInUtf8WhateverTheLocale() throws Exception {
        script("jdk-17.0.1/bin/java", "echo \"$LC_ALL\"; locale charmap");
        Assumptions.assumeTrue(run(0, script("has", "LC_ALL=C.UTF-8 locale charmap 2>&1")).equals("UTF-8\n"));
        for (final String locale : List.of("C", "POSIX", "xx_XX.UTF-8", "")) {
            environment.put("LC_ALL", locale);
            environment.put("LANG", "C");
            assertEquals("C.UTF-8\nUTF-8\n", run(0, launcher), locale);
        }
    }

    @Test
    void shouldNotHeedWhatUsersSetForTheirShells() throws Exception {
        environment.putAll(Map.of("CDPATH", home.getParent() + ":/usr", "IFS", "/", "GREP_OPTIONS", "--color=always",
            "CLASSPATH", "/somewhere", "POSIXLY_CORRECT", "1", "ENV", "/none", "BASH_ENV", "/none"));
        environment.put("PLUMTREE_JAVA_OPTS", "-Dx=*");
        Files.createFile(directory.resolve("-Dx=file"));
        script("jdk-17.0.1/bin/java", "echo \"class path: ${CLASSPATH:-none}\"; for word; do echo \"[$word]\"; done");
        final Path relative = script("relative", "cd '" + home.getParent() + "' && 'a home/plumtree' node");
        final List<String> words = run(0, relative).lines().toList();
        assertTrue(words.containsAll(List.of("class path: none", "[-Dx=*]", "[" + home + "/node/target/modules]")),
            words::toString);
    }

    @Test
    void shouldPutSomethingInThePlaceOfClosedDescriptors() throws Exception {
        run(0, launcher);
        script("jdk-17.0.1/bin/java", "for n in 0 1 2; do [ -e /proc/self/fd/$n ] || echo closed $n >&3; done");
        final Path closed = script("closed",
            "exec 3>&1; '" + launcher + "' <&-; '" + launcher + "' >&-; '" + launcher + "' 2>&-");
        assertEquals("", run(0, closed));
        // Not with what takes everything: output that is lost is to be noticed.
        script("jdk-17.0.1/bin/java", "if echo x; then echo written >&2; fi");
        run(0, script("lost", "'" + launcher + "' >&-"));
        assertFalse(err.contains("written"), err);
    }

    @Test
    void shouldRunWhatIsBuiltWhereItMayNotWrite() throws Exception {
        run(0, launcher);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        final Path target = home.resolve("node/target");
        readOnly(target, () -> {
            assertTrue(run(0, launcher, "demo").contains("[demo]"));
            assertEquals("plumtree: the sources are newer than the build, which stays, as " + target
                + " is read-only\n", err);
        });
        assertEquals(1, builds());
    }

    @Test
    void shouldSayInOneLineThatItCanNeitherRunNorBuild() throws Exception {
        // Nobody, not even root, can make a lock in what is no directory.
        Files.createDirectories(home.resolve("node"));
        final Path target = Files.createFile(home.resolve("node/target"));
        run(1, launcher, "demo");
        assertEquals("plumtree: not built yet (or not for you to read), and " + target
            + " can't be written to\n", err);
    }

    private interface Body {
        void run() throws Exception;
    }

    /** Root may write whatever the permissions say, so that a test by it proves nothing. */
    private void readOnly(final Path target, final Body body) throws Exception {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Assumptions.assumeFalse(Files.isWritable(target));
            body.run();
        } finally {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A Java that makes the archive that it is told to make. */
    private void javaMakesArchives(final String version) throws IOException {
        environment.put("JAVA_HOME", javaHome(version).toString());
        script("jdk-" + version + "/bin/java", "for word; do echo \"[$word]\"\n"
            + "case $word in -XX:ArchiveClassesAtExit=*) echo classes >\"${word#*=}\";; esac; done");
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("node/target/archives"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private static boolean isShared(final String words, final Path archive) {
        return words.contains("[-XX:SharedArchiveFile=" + archive + "]")
            && words.contains("[-Dplumtree.archive=" + archive + "]");
    }

    @Test
    void shouldMakeAnArchiveOfClassesOnceAndUseIt() throws Exception {
        javaMakesArchives("17.0.2");
        final String first = run(0, launcher, "node");
        assertTrue(err.contains("preparing for faster starts"), err);
        assertEquals(1, archives().size());
        assertTrue(isShared(first, archives().get(0)), first);
        final String second = run(0, launcher, "node");
        assertEquals("", err);
        assertTrue(isShared(second, archives().get(0)), second);
    }

    @Test
    void shouldMakeAnArchiveForEachJdkAndAnewAfterABuild() throws Exception {
        javaMakesArchives("17.0.2");
        run(0, launcher);
        javaMakesArchives("25");
        run(0, launcher);
        assertEquals(2, archives().size());
        Files.setLastModifiedTime(home.resolve("node/target/modules/plumtree-node.jar"),
            FileTime.from(Instant.now().plusSeconds(60)));
        run(0, launcher);
        assertTrue(err.contains("preparing for faster starts"), err);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run(0, launcher);
        assertEquals(1, archives().size());
    }

    @Test
    void shouldStartWithoutAnArchiveThatWasCutOff() throws Exception {
        javaMakesArchives("17.0.2");
        run(0, launcher);
        Files.writeString(archives().get(0), "cla");
        final String out = run(0, launcher);
        assertEquals("", err);
        assertFalse(out.contains("SharedArchiveFile"), out);
    }

    @Test
    void shouldStartWithoutAnArchiveWhereNoneCanBeMadeAndNotTryAgain() throws Exception {
        final String first = run(0, launcher);
        assertFalse(first.contains("SharedArchiveFile"), first);
        final String second = run(0, launcher);
        assertEquals("", err);
        assertFalse(second.contains("SharedArchiveFile"), second);
    }

    @Test
    void shouldStartWithoutAnArchiveWhereItsDirectoryCannotBeMade() throws Exception {
        javaMakesArchives("17.0.2");
        Files.createDirectories(home.resolve("node/target"));
        environment.put("MVN", script("mvn-in-the-way", "mkdir -p node/target/modules\n"
            + ": >node/target/modules/plumtree-node.jar\n: >node/target/archives").toString());
        final String out = run(0, launcher);
        assertFalse(out.contains("SharedArchiveFile"), out);
        assertFalse(err.contains("archives"), err);
    }

    @Test
    void shouldStartWithoutAnArchiveWhereNotEvenAnEmptyFileCanBeMade() throws Exception {
        // The room goes while it is made: here, all of its directory.
        script("jdk-17.0.1/bin/java", "for word; do case $word in -XX:ArchiveClassesAtExit=*)\n"
            + "rmdir \"$(dirname \"${word#*=}\")\";; esac; done; echo started");
        assertEquals("started\n", run(0, launcher));
    }

    @Test
    void shouldSayThatItCannotBeginABuild() throws Exception {
        final Path inTheWay = Files.createDirectories(home.resolve("node/target/modules.built.new"));
        run(1, launcher);
        assertTrue(err.contains("plumtree: can't make " + inTheWay), err);
        assertEquals(0, builds());
    }

    @Test
    void shouldLeaveCollectorAndHeapToTheUser() throws Exception {
        for (final String command : List.of("node", "tree")) {
            environment.put("PLUMTREE_JAVA_OPTS", "-Dx=y -XX:+UseG1GC");
            String words = run(0, launcher, command);
            assertFalse(words.contains("UseSerialGC"), words);
            assertTrue(words.contains("[-Xms24m]"), words);
            for (final String heap : List.of("-Xmx16m", "-Xms8m", "-Xmn4m", "-XX:MaxHeapSize=16m")) {
                environment.put("PLUMTREE_JAVA_OPTS", heap);
                words = run(0, launcher, command);
                assertTrue(words.contains("[-XX:+UseSerialGC]"), words);
                assertFalse(words.contains("[-Xms24m]") || words.contains("[-Xmn8m]"), words);
                assertEquals(command.equals("tree"), words.contains("[-XX:TieredStopAtLevel=1]"), words);
            }
            environment.put("PLUMTREE_JAVA_OPTS", "-XX:+UseStringDeduplication -Dx=-Xmx");
            words = run(0, launcher, command);
            assertTrue(words.contains("[-XX:+UseSerialGC]") && words.contains("[-Xms24m]"), words);
        }
    }

    @Test
    void shouldGiveTheCompilerThatTakesLongToWhatRunsForLongAlone() throws Exception {
        final String quick = "[-XX:TieredStopAtLevel=1]";
        for (final String command : List.of("tree", "members", "exchanges", "stat", "demo", "--help")) {
            assertTrue(run(0, launcher, command).contains(quick), command);
        }
        for (final String command : List.of("node", "simulate")) {
            assertFalse(run(0, launcher, command).contains(quick), command);
        }
    }
}
