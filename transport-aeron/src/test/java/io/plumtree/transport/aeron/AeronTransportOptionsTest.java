package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AeronTransportOptionsTest {
    @Test
    void shouldAllowTheDefaults() {
        new AeronTransportOptions().conclude();
    }

    @Test
    void shouldReadWhatItWrites() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .baseDirectory("/somewhere").streamId(5).mtuLength(8192).termLength(1 << 22).sendWindowLength(1 << 16)
            .receiveWindowLength(1 << 18).socketReceiveBufferLength(1 << 21).socketSendBufferLength(1 << 19)
            .reliable(false).checksum(false).preallocate(false).maxLinks(7).maxChannels(3)
            .sessions(new AeronSessionOptions()
                .maxSessions(9)
                .maxSessionsPerSource(2)
                .maxSessionRate(5)
                .unconfirmedTimeoutNs(1_000_000_000))
            .timeouts(new AeronTimeoutOptions()
                .imageLivenessTimeoutNs(1_000_000_001)
                .connectionTimeoutNs(1_000_000_002)
                .statusMessageIntervalNs(20_000_000)
                .timerIntervalNs(30_000_000)
                .lingerTimeoutNs(40_000_000)
                .clientLivenessTimeoutNs(1_000_000_003)
                .driverTimeoutNs(1_000_000_004))
            .retryIntervalNs(1_000_000_005).closeTimeoutNs(1_000_000_006);
        final Map<String, String> map = options.toMap();
        assertEquals(map, AeronTransportOptions.of(map).toMap());
        final Map<String, String> defaults = new AeronTransportOptions().toMap();
        map.forEach((key, value) ->
            assertTrue(key.equals("aeron.directory") || !value.equals(defaults.get(key)), key));
    }

    @Test
    void shouldReadSuffixes() {
        final AeronTransportOptions options = AeronTransportOptions.of(
            Map.of("aeron.termLength", "4m", "aeron.connectionTimeout", "2s", "aeron.reliable", " false "));
        assertEquals(4 << 20, options.termLength());
        assertEquals(TimeUnit.SECONDS.toNanos(2), options.timeouts().connectionTimeoutNs());
        assertEquals(false, options.reliable());
    }

    @Test
    void shouldNameAnUnknownOptionAndTheNearestKnownOne() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> AeronTransportOptions.of(Map.of("aeron.mtu", "1408")));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().startsWith("aeron.mtu=1408: "), ex.getMessage());
        assertTrue(ex.getMessage().contains("aeron.mtuLength"), ex.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "aeron.mtuLength, 1.4k", "aeron.mtuLength, ''", "aeron.termLength, 4g", "aeron.streamId, one",
        "aeron.reliable, yes", "aeron.connectionTimeout, soon", "aeron.connectionTimeout, 5 minutes",
        "aeron.maxLinks, 1k", "aeron.maxSessions, all", "aeron.maxChannels, many", "aeron.closeTimeout, ''"})
    void shouldNameAValueThatItCannotRead(final String key, final String value) {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> AeronTransportOptions.of(Map.of(key, value)));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().startsWith(key + "=" + value + ": must be "), ex.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "aeron.streamId, 0", "aeron.maxLinks, 0", "aeron.maxLinks, 65537",
        "aeron.maxChannels, 0", "aeron.maxChannels, 1025",
        "aeron.maxSessions, -1", "aeron.maxSessions, 131073", "aeron.maxSessionsPerSource, -1",
        "aeron.maxSessionsPerSource, 131073", "aeron.maxSessionRate, 0", "aeron.maxSessionRate, 100001",
        "aeron.unconfirmedTimeout, 49ms", "aeron.unconfirmedTimeout, 3601s",
        "aeron.mtuLength, 224", "aeron.mtuLength, 65536", "aeron.mtuLength, 1400",
        "aeron.termLength, 32k", "aeron.termLength, 1000000", "aeron.termLength, 2147483647",
        "aeron.imageLivenessTimeout, 99ms", "aeron.imageLivenessTimeout, 3601s",
        "aeron.connectionTimeout, 99ms", "aeron.connectionTimeout, 3601s",
        "aeron.statusMessageInterval, 999us", "aeron.statusMessageInterval, 61s",
        "aeron.timerInterval, 999us", "aeron.timerInterval, 11s",
        "aeron.lingerTimeout, 61s",
        "aeron.clientLivenessTimeout, 99ms", "aeron.clientLivenessTimeout, 3601s",
        "aeron.driverTimeout, 99ms", "aeron.driverTimeout, 3601s",
        "aeron.retryInterval, 999us", "aeron.retryInterval, 61s",
        "aeron.closeTimeout, 11s"})
    void shouldRefuseAValueOutOfItsRange(final String key, final String value) {
        final String message = refusal(Map.of(key, value));
        assertTrue(message.startsWith(key + "="), message);
    }

    @ParameterizedTest
    @CsvSource({
        "aeron.sendWindowLength, 1024, aeron.mtuLength, 1408",
        "aeron.sendWindowLength, 600k, aeron.termLength, 1m",
        "aeron.receiveWindowLength, 1024, aeron.mtuLength, 1408",
        "aeron.receiveWindowLength, 600k, aeron.termLength, 1m",
        "aeron.receiveWindowLength, 256k, aeron.socketReceiveBufferLength, 128k",
        "aeron.socketSendBufferLength, 1024, aeron.mtuLength, 1408",
        "aeron.directory, /a, aeron.baseDirectory, /b",
        "aeron.imageLivenessTimeout, 200ms, aeron.timerInterval, 200ms",
        "aeron.clientLivenessTimeout, 200ms, aeron.timerInterval, 200ms",
        "aeron.connectionTimeout, 200ms, aeron.statusMessageInterval, 50ms"})
    void shouldNameBothOptionsThatDoNotFit(
        final String key, final String value, final String otherKey, final String otherValue) {
        final String message = refusal(Map.of(key, value, otherKey, otherValue));
        assertTrue(message.contains(key + "=") && message.contains(otherKey + "="), message);
    }

    @Test
    void shouldTellTimesAsPeopleWriteThem() {
        assertEquals("aeron.statusMessageInterval=61s must be from 1ms to 60s",
            refusal(Map.of("aeron.statusMessageInterval", "61000ms")));
        assertEquals("aeron.connectionTimeout=200ms must be longer than 4 times aeron.statusMessageInterval=50ms",
            refusal(Map.of("aeron.connectionTimeout", "200ms", "aeron.statusMessageInterval", "50ms")));
    }

    private static String refusal(final Map<String, String> options) {
        final AeronTransportOptions read = AeronTransportOptions.of(options);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, read::conclude);
        assertEquals(Category.CONFIGURATION, ex.category());
        return ex.getMessage();
    }

    @Test
    void shouldReadABlankBeforeTheUnit() {
        final AeronTransportOptions options = AeronTransportOptions.of(
            Map.of("aeron.timerInterval", "7 ms", "aeron.termLength", "128 k"));
        assertEquals(7_000_000, options.timeouts().timerIntervalNs());
        assertEquals(128 * 1024, options.termLength());
    }
}
