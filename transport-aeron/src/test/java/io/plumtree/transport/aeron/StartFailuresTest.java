package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StartFailuresTest {
    private static String text(final String message) {
        return StartFailures.text(new IllegalStateException(message));
    }

    @Test
    void shouldLeaveOutWhatIsAeronsOwn() {
        assertEquals("Address already in use", text("ERROR - io.aeron.exceptions.AeronException : ERROR - channel error"
            + " - Address already in use (at java.base/sun.nio.ch.Net.bind0(Native Method)):"
            + " aeron:udp?endpoint=127.0.0.1:7301|rcv-wnd=128k, errorCodeValue=11"));
        assertEquals("Cannot assign requested address", text("ERROR - channel error - Cannot assign requested address"
            + " (at sun.nio.ch.Net.bind0): aeron:udp?endpoint=192.0.2.1:0"));
        assertEquals("MediaDriver has been shutdown", text("FATAL - MediaDriver has been shutdown"));
    }

    @Test
    void shouldLeaveOtherWordsAsTheyAre() {
        assertEquals("no driver (at all) in /dev/shm: java", text("no driver (at all) in /dev/shm: java"));
        assertEquals("aeron:ipc", text("aeron:ipc"));
        assertEquals("null", text(null));
    }
}
