package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.plumtree.handlers.spi.BroadcastHandlerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeartbeatProviderTest {
    private static final String SERVICE = BroadcastHandlerProvider.class.getName();

    @Test
    void shouldMakeANewHandlerEachTime() {
        final BroadcastHandlerProvider provider = new HeartbeatProvider();
        assertEquals("heartbeat", provider.name());
        assertInstanceOf(Heartbeats.class, provider.create());
        assertNotSame(provider.create(), provider.create());
    }

    @Test
    void shouldBeDeclaredTheSameInBothPlaces() throws IOException {
        final ModuleDescriptor descriptor = Heartbeats.class.getModule().getDescriptor();
        assertEquals("io.plumtree.handlers.heartbeat", descriptor.name());
        final List<String> provided = descriptor.provides().stream()
            .filter(provides -> provides.service().equals(SERVICE))
            .flatMap(provides -> provides.providers().stream())
            .toList();
        assertEquals(List.of(HeartbeatProvider.class.getName()), provided);
        try (InputStream in = Heartbeats.class.getModule().getResourceAsStream("META-INF/services/" + SERVICE)) {
            assertNotNull(in);
            assertEquals(provided, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    @Test
    void shouldExportOnePackageAndRequireTheSpiAlone() {
        final ModuleDescriptor descriptor = Heartbeats.class.getModule().getDescriptor();
        assertEquals(
            Set.of("io.plumtree.handlers.heartbeat"),
            descriptor.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
        assertEquals(
            Set.of("java.base", "io.plumtree.handlers.spi"),
            descriptor.requires().stream().map(ModuleDescriptor.Requires::name).collect(Collectors.toSet()));
    }
}
