package io.plumtree.handlers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.Codec;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.ObjectHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class ObjectHandlerTest {
    /** Versions of one text: an id is a version, and a newer version subsumes all older ones. */
    private static final class Versions extends ObjectHandler<Integer, String> {
        private final TreeMap<Integer, String> kept = new TreeMap<>();
        private int next = 1;
        private int claims;

        Versions() {
            super(new NumberCodec(), Codec.utf8());
        }

        /** Counts the claims that it asks for. */
        @Override
        public void onStart(final HandlerContext context) {
            super.onStart((HandlerContext) Proxy.newProxyInstance(
                HandlerContext.class.getClassLoader(), new Class<?>[] {HandlerContext.class}, (proxy, method, args) -> {
                    claims += method.getName().equals("newClaim") ? 1 : 0;
                    return method.invoke(context, args);
                }));
        }

        @Override
        protected Integer newId(final String text) {
            return text.isEmpty() ? null : next++;
        }

        @Override
        protected boolean merge(final Integer version, final String text) {
            if (isStale(version)) {
                return false;
            }
            kept.clear();
            kept.put(version, text);
            return true;
        }

        @Override
        protected boolean isStale(final Integer version) {
            return !kept.isEmpty() && version <= kept.lastKey();
        }

        @Override
        protected String graft(final Integer version) {
            return kept.get(version);
        }

        @Override
        protected boolean isSubsumed(final Integer version) {
            return isStale(version);
        }
    }

    /** Numbers in decimal; careless, so that bytes that are none give whatever exception Java has for them. */
    private static final class NumberCodec implements Codec<Integer> {
        @Override
        public int encode(final Integer value, final MutableDirectBuffer buffer, final int offset) {
            return buffer.putIntAscii(offset, value);
        }

        @Override
        public Integer decode(final DirectBuffer buffer, final int offset, final int length) {
            final String text = buffer.getStringWithoutLengthAscii(offset, length);
            return text.equals("none") ? null : Integer.valueOf(text);
        }
    }

    private final Versions versions = new Versions();
    private final TestNode node = new TestNode(NodeId.of("self"), 5, versions, Map.of());

    private static TestMessage message(final String id, final String payload) {
        return new TestMessage(id.getBytes(UTF_8), payload.getBytes(UTF_8));
    }

    private void refuses(final String problem, final TestMessage message) {
        final Exception refused = assertThrows(MalformedMessageException.class, () -> node.merge(message));
        assertTrue(refused.getMessage().contains(problem), refused.getMessage());
        assertEquals(Map.of(), versions.kept, "nothing has changed");
    }

    @Test
    void shouldBroadcastObjects() {
        assertTrue(versions.broadcast("first") > 0);
        assertTrue(versions.broadcast("second") > 0);
        assertEquals(2, node.broadcasts().size());
        assertArrayEquals("2".getBytes(UTF_8), node.broadcasts().get(1).id());
        assertArrayEquals("second".getBytes(UTF_8), node.broadcasts().get(1).payload());
        assertEquals(Map.of(2, "second"), versions.kept, "merged here before it goes to others");
    }

    @Test
    void shouldBroadcastFromAnyThread() throws InterruptedException {
        final Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                synchronized (versions) {
                    versions.broadcast("text");
                }
                versions.broadcast("");
            });
            threads[i].start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        node.advance(0);
        assertEquals(threads.length, node.broadcasts().size());
    }

    @Test
    void shouldSayWhyNothingWasTaken() {
        assertThrows(IllegalStateException.class, () -> new Versions().broadcast("too early"));
        assertEquals(BroadcastResult.REJECTED, versions.broadcast(""));
        node.claimResult(BroadcastResult.BACK_PRESSURED);
        assertEquals(BroadcastResult.BACK_PRESSURED, versions.broadcast("text"));
        node.claimResult(0);
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, versions.broadcast("x".repeat(TestNode.MAX_MESSAGE_LENGTH)));
        assertEquals(0, node.broadcasts().size());
        assertTrue(versions.broadcast("text") > 0);
    }

    @Test
    void shouldLeaveNoClaimOpenWhereACodecThrows() {
        assertThrows(IllegalArgumentException.class, () -> versions.broadcast("half a pair: \uD800"));
        assertTrue(versions.broadcast("text") > 0);
        assertEquals(1, node.broadcasts().size());
        assertEquals(1, versions.claims, "a claim is used again, be it after a failure");
    }

    @Test
    void shouldRefuseBytesThatTheCodecsCannotDecode() {
        refuses("id of 3 bytes can't be decoded: java.lang.NumberFormatException", message("one", "text"));
        refuses("id of 4 bytes is none of this handler's", message("none", "text"));
        refuses("payload of 1 bytes: not UTF-8", new TestMessage(new byte[] {'1'}, new byte[] {(byte) 0xC3}));
        assertThrows(MalformedMessageException.class, () -> node.isStale(new byte[] {'x'}));
        assertThrows(MalformedMessageException.class, () -> node.graft(new byte[] {'x'}));
        assertNull(node.broadcast(new byte[] {(byte) 0xFF}));
        assertNull(node.broadcast(new byte[0]), "no id, no message");
    }

    @Test
    void shouldAnswerAGraftByWhatIsFound() {
        node.merge(message("7", "seven"));
        assertEquals(GraftResult.PAYLOAD, node.graft("7".getBytes(UTF_8)));
        assertArrayEquals("seven".getBytes(UTF_8), node.grafted());
        assertEquals(GraftResult.STALE, node.graft("6".getBytes(UTF_8)));
        assertEquals(GraftResult.UNKNOWN, node.graft("8".getBytes(UTF_8)));
        assertTrue(node.isStale("6".getBytes(UTF_8)));
    }
}
