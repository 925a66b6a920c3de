package io.plumtree.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    @TempDir
    private Path temporary;

    private final List<Throwable> faults = new ArrayList<>();
    private final Discovery discovery = new Discovery(faults::add);
    private PluginJars jars;

    @BeforeEach
    void setUp() throws IOException {
        jars = new PluginJars(temporary);
    }

    private SortedMap<String, Discovered<BroadcastHandlerProvider>> discover(final String... inCode) {
        return discovery.handlers(false, List.of(jars.directory()), Set.of(inCode));
    }

    @Test
    void shouldFindNamedModulesAutomaticModulesAndPlainJars() throws IOException {
        jars.named("named.jar", "test.named", "named");
        jars.plain("automatic-1.2.jar", "test.automatic", "automatic");
        // No module name can be made of this.
        jars.plain("42.jar", "test.plain", "plain");
        final var found = discover();
        assertEquals(Set.of("named", "automatic", "plain"), found.keySet());
        assertTrue(faults.isEmpty(), () -> "faults: " + faults);
        assertEquals("test.named", found.get("named").provider().getClass().getModule().getName());
        assertTrue(found.get("automatic").provider().getClass().getModule().getDescriptor().isAutomatic());
        assertEquals("1.2", found.get("automatic").version());
        assertTrue(found.get("automatic").origin().startsWith("1.2 from file:"), found.get("automatic").origin());
        assertEquals("", found.get("plain").version());
        assertEquals("from " + found.get("plain").location(), found.get("plain").origin());
        assertTrue(found.get("named").location().endsWith("named.jar"));
        found.values().forEach(each -> assertNotNull(each.provider().create()));
    }

    @Test
    void shouldLetAJarWithoutAModuleNameSeeTheModulesBesideIt() throws IOException {
        final Path library = jars.library("library.jar", "test.library");
        // 'native' is a keyword, so that no module name can be made of this.
        jars.plainUsing("my-native.jar", "test.using", "using", "test.library", library);
        final var found = discover();
        assertEquals(Set.of("using"), found.keySet(), () -> "faults: " + faults);
        assertFalse(found.get("using").provider().getClass().getModule().isNamed());
    }

    @Test
    void shouldNameTheClassThatIsMissingAndWhereItIsMissed() throws IOException {
        final Path library = jars.library("library.jar", "test.library");
        jars.plainUsing("my-native.jar", "test.using", "using", "test.library", library);
        Files.delete(jars.directory().resolve("library.jar"));
        jars.plain("good.jar", "test.good", "good");
        assertEquals(Set.of("good"), discover().keySet());
        assertEquals(1, faults.size(), () -> "faults: " + faults);
        final String message = faults.get(0).getMessage();
        assertTrue(message.contains("my-native.jar") && message.contains("test/library/Helper"), message);
    }

    @Test
    void shouldSayWhichModuleOfTheJdkToAdd() throws IOException {
        jars.named("vector.jar", "test.vector", "vector", "requires jdk.incubator.vector;");
        assertEquals(Set.of(), discover().keySet());
        assertEquals(1, faults.size(), () -> "faults: " + faults);
        assertTrue(faults.get(0).getMessage().endsWith("; start the JVM with --add-modules jdk.incubator.vector"),
            faults.get(0).getMessage());
    }

    @Test
    void shouldReportAJarThatDoesNotLoadAndGoOn() throws IOException {
        Files.writeString(jars.directory().resolve("a-broken.jar"), "this is no archive");
        jars.named("b-unresolved.jar", "test.unresolved", "unresolved", "requires not.there;");
        jars.plain("c-wrong-service.jar", "test.wrong", "wrong", "test.wrong.Absent");
        jars.named("d-good.jar", "test.good", "good");
        jars.named("e-twin.jar", "test.good", "twin");
        Files.writeString(jars.directory().resolve("readme.txt"), "no JAR, no fault");
        assertEquals(Set.of("good"), discover().keySet());
        assertEquals(4, faults.size(), () -> "faults: " + faults);
        for (final String part : List.of("a-broken.jar", "b-unresolved.jar", "test.wrong.Absent", "e-twin.jar")) {
            assertTrue(faults.stream().anyMatch(fault -> fault.getMessage().contains(part)), part);
        }
        assertTrue(faults.stream().anyMatch(fault -> fault.getMessage().contains("not.there")));
    }

    @Test
    void shouldRefuseTwoHandlersOfOneNameAndSayWhereTheyAre() throws IOException {
        final Path one = jars.named("one.jar", "test.one", "same");
        final Path two = jars.plain("two.jar", "test.two", "same");
        final PlumtreeException ex = assertThrows(PlumtreeException.class, this::discover);
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().contains("'same'"), ex.getMessage());
        assertTrue(ex.getMessage().contains(one.getFileName().toString()), ex.getMessage());
        assertTrue(ex.getMessage().contains(two.getFileName().toString()), ex.getMessage());
    }

    @Test
    void shouldLeaveOutWhatIsSetInCode() throws IOException {
        jars.named("one.jar", "test.one", "same");
        jars.named("two.jar", "test.two", "same");
        jars.named("three.jar", "test.three", "other");
        assertEquals(Set.of("other"), discover("same").keySet());
    }

    @Test
    void shouldFindProvidersOnTheClassPathOfTheThread() throws IOException {
        final Path jar = jars.plain("plain.jar", "test.plain", "plain");
        final ClassLoader earlier = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, earlier)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertEquals(Set.of("plain"), discovery.handlers(true, List.of(), Set.of()).keySet());
            assertEquals(Set.of(), discovery.handlers(false, List.of(), Set.of()).keySet());
        } finally {
            Thread.currentThread().setContextClassLoader(earlier);
        }
    }

    @Test
    void shouldFailWhereADirectoryCannotBeRead() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> discovery.handlers(false, List.of(temporary.resolve("absent")), Set.of()));
        assertTrue(ex.getMessage().contains("absent"));
        assertInstanceOf(IOException.class, ex.getCause());
    }
}
