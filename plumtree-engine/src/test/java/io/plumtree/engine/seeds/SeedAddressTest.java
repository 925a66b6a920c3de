package io.plumtree.engine.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedAddressTest {
    @Test
    void shouldTellAddressesFromNames() {
        assertEquals(new SeedAddress("10.0.0.1", "7100", true), SeedAddress.parse("10.0.0.1:7100"));
        assertEquals(new SeedAddress("::1", "7100", true), SeedAddress.parse("[::1]:7100"));
        assertEquals(new SeedAddress("fe80::1%eth0", "1", true), SeedAddress.parse("[fe80::1%eth0]:1"));
        assertEquals(new SeedAddress("::ffff:1.2.3.4", "1", true), SeedAddress.parse("[::ffff:1.2.3.4]:1"));
        assertEquals(new SeedAddress("localhost", "65535", false), SeedAddress.parse("localhost:65535"));
        assertEquals(new SeedAddress("a-1.nodes_x.svc.", "1", false), SeedAddress.parse("a-1.nodes_x.svc.:1"));
        assertEquals(new SeedAddress("10.example", "1", false), SeedAddress.parse("10.example:1"));
    }

    @Test
    void shouldBracketAddressesThatNeedIt() {
        assertEquals("10.0.0.1:7100", SeedAddress.parse("name:7100").endpoint("10.0.0.1"));
        assertEquals("[::1]:7100", SeedAddress.parse("name:7100").endpoint("::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "::1:7100", "[]:1", "[name]:1", "[1.2.3.4]:1", "1.2.3:1", "1.2.3.4.5:1", "1.2.3.256:1", "1.2.3.:1",
        "01.2.3.4:1", "a b:1", "-a:1", "a-:1", ".a:1", "a/b:1", "a@b:1", "n\u00e4me:1"})
    void shouldRefuseWhatCannotBeAHost(final String text) {
        assertEquals("contact must be a name or an address, and a port, of at most 254 characters; an IPv6 address in "
            + "brackets: '" + text + "'",
            assertThrows(IllegalArgumentException.class, () -> SeedAddress.parse(text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "name:", ":1", "name:65536", "name:-1", "name:x"})
    void shouldRefuseWhatHasNoPort(final String text) {
        assertEquals("endpoint must be host:port, with a port of 0 to 65535: '" + text + "'",
            assertThrows(IllegalArgumentException.class, () -> SeedAddress.parse(text)).getMessage());
    }

    @Test
    void shouldRefusePortZeroAndWhatIsTooLong() {
        assertEquals("contact has port 0; its port must be known: 'name:0'",
            assertThrows(IllegalArgumentException.class, () -> SeedAddress.parse("name:0")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> SeedAddress.parse("a".repeat(253) + ":1"));
    }
}
