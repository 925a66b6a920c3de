package io.plumtree.handlers.pubsub;

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

class PubSubProviderTest {
    private static final String SERVICE = BroadcastHandlerProvider.class.getName();

    @Test
    void shouldMakeANewHandlerEachTime() {
        final BroadcastHandlerProvider provider = new PubSubProvider();
        assertEquals("pubsub", provider.name());
        assertInstanceOf(PubSub.class, provider.create());
        assertNotSame(provider.create(), provider.create());
    }

    @Test
    void shouldBeDeclaredTheSameInBothPlaces() throws IOException {
        final ModuleDescriptor descriptor = PubSub.class.getModule().getDescriptor();
        assertEquals("io.plumtree.handlers.pubsub", descriptor.name());
        final List<String> provided = descriptor.provides().stream()
            .filter(provides -> provides.service().equals(SERVICE))
            .flatMap(provides -> provides.providers().stream())
            .toList();
        assertEquals(List.of(PubSubProvider.class.getName()), provided);
        try (InputStream in = PubSub.class.getModule().getResourceAsStream("META-INF/services/" + SERVICE)) {
            assertNotNull(in);
            assertEquals(provided, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    @Test
    void shouldExportOnePackageAndRequireTheSpiAlone() {
        final ModuleDescriptor descriptor = PubSub.class.getModule().getDescriptor();
        assertEquals(
            Set.of("io.plumtree.handlers.pubsub"),
            descriptor.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
        assertEquals(
            Set.of("java.base", "io.plumtree.handlers.spi"),
            descriptor.requires().stream().map(ModuleDescriptor.Requires::name).collect(Collectors.toSet()));
    }
}
