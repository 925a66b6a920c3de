package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.transport.TransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final ModuleDescriptor descriptor = AeronTransportProvider.class.getModule().getDescriptor();

    @Test
    void shouldProvideTheSameForModulePathAndClassPath() throws IOException {
        final String service = TransportProvider.class.getName();
        final List<String> provided = descriptor.provides().stream()
            .filter(provides -> provides.service().equals(service))
            .map(Provides::providers).findFirst().orElseThrow();
        try (InputStream file = AeronTransportProvider.class.getResourceAsStream("/META-INF/services/" + service)) {
            assertEquals(provided, new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
        assertEquals(List.of(AeronTransportProvider.class.getName()), provided);
    }

    @Test
    void shouldExportOnePackage() {
        assertEquals(Set.of("io.plumtree.transport.aeron"),
            descriptor.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
    }
}
