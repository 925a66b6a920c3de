package io.plumtree.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module's face changes only when somebody means it to: then the text under {@code modules/} changes with it. */
class ModuleDescriptorsTest {
    private static final String SERVICES = "META-INF/services/";

    static List<ResolvedModule> modules() {
        return ProductModules.all();
    }

    @Test
    void shouldFindEveryModuleOfTheProduct() {
        assertEquals(
            List.of("io.plumtree.api", "io.plumtree.engine", "io.plumtree.handlers.heartbeat",
                "io.plumtree.handlers.pubsub", "io.plumtree.handlers.spi", "io.plumtree.harness", "io.plumtree.node",
                "io.plumtree.protocol", "io.plumtree.simulator", "io.plumtree.transport.aeron"),
            modules().stream().map(ResolvedModule::name).toList());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldHaveTheFaceThatIsWrittenDown(final ResolvedModule module) throws IOException {
        assertEquals(expected(module.name()), ProductModules.describe(module.reference().descriptor()));
    }

    private static String expected(final String name) throws IOException {
        try (InputStream in = ModuleDescriptorsTest.class.getResourceAsStream("modules/" + name + ".txt")) {
            assertNotNull(in, "no text for " + name);
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldExportOnlyPackagesThatStartWithItsName(final ResolvedModule module) {
        module.reference().descriptor().packages().stream()
            .filter(name -> !name.startsWith("META-INF"))
            .forEach(name -> assertTrue(name.equals(module.name()) || name.startsWith(module.name() + "."), name));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldProvideTheSameOnTheClassPathAsOnTheModulePath(final ResolvedModule module) throws IOException {
        final Map<String, Set<String>> onModulePath = new TreeMap<>();
        for (final ModuleDescriptor.Provides provides : module.reference().descriptor().provides()) {
            onModulePath.put(provides.service(), new TreeSet<>(provides.providers()));
        }
        final Map<String, Set<String>> onClassPath = new TreeMap<>();
        try (ModuleReader reader = module.reference().open()) {
            for (final String file : reader.list().filter(name -> name.startsWith(SERVICES)).toList()) {
                if (!file.endsWith("/")) {
                    onClassPath.put(file.substring(SERVICES.length()), providers(reader, file));
                }
            }
        }
        assertEquals(onModulePath, onClassPath);
    }

    private static Set<String> providers(final ModuleReader reader, final String file) throws IOException {
        try (InputStream in = reader.open(file).orElseThrow()) {
            return new String(in.readAllBytes(), UTF_8).lines()
                .map(line -> line.replaceAll("#.*", "").trim())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
