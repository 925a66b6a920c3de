package io.plumtree.handlers.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The contract finds what is wrong with a handler, and says it. */
class BrokenHandlerTest {
    private static void assertFound(
        final Supplier<SetHandler> handler, final Consumer<BroadcastHandlerContract> test, final String words) {
        final BroadcastHandlerContract contract = new SetHandlerContractTest() {
            @Override
            protected BroadcastHandler createHandler() {
                return handler.get();
            }
        };
        final AssertionError error = assertThrows(AssertionError.class, () -> test.accept(contract));
        assertTrue(error.getMessage().contains(words), error.getMessage());
        assertTrue(error.getMessage().contains("(seed 20261122)"), error.getMessage());
    }

    @Test
    void shouldFindAMergeThatIsAlwaysNew() {
        final class Broken extends SetHandler {
            @Override
            public boolean merge(final Message message) {
                super.merge(message);
                return true;
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldTakeAMessageAsNewOnce, "merge said true (new) right");
        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldKnowItsOwnBroadcasts,
            "merge said true (new) of a message that this node has broadcast");
    }

    @Test
    void shouldFindAMergeThatTakesLateMessagesForOld() {
        final class Broken extends SetHandler {
            private final Map<Long, Long> lastByOrigin = new HashMap<>();

            @Override
            public boolean merge(final Message message) {
                final Id key = id(message.id());
                return lastByOrigin.merge(key.origin(), key.sequence(), Math::max) == key.sequence()
                    && super.merge(message);
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldTakeAMessageAsNewOnce, "merge said false (old) of a");
    }

    @Test
    void shouldFindAMergeThatStoresAgain() {
        final class Broken extends SetHandler {
            private int mergeCount;

            @Override
            public boolean merge(final Message message) {
                mergeCount++;
                return super.merge(message);
            }
        }

        final BroadcastHandlerContract contract = new SetHandlerContractTest() {
            @Override
            protected BroadcastHandler createHandler() {
                return new Broken();
            }

            @Override
            protected Object visibleState(final BroadcastHandler handler) {
                return ((Broken) handler).mergeCount;
            }
        };
        final AssertionError error =
            assertThrows(AssertionError.class, contract::shouldTakeAMessageAsNewOnce);
        assertTrue(error.getMessage().contains("has changed what the application sees, from 1 to 2"));
    }

    @Test
    void shouldFindAnIdThatIsKeptWithItsBuffer() {
        final class Broken extends SetHandler {
            private final Set<DirectBuffer> ids = new HashSet<>();

            @Override
            public boolean merge(final Message message) {
                super.merge(message);
                return ids.add(new UnsafeBuffer(message.id().buffer(), message.id().offset(), message.id().length()));
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldTakeAMessageAsNewOnce, "instead of a copy?");
    }

    @Test
    void shouldFindAFlyweightThatIsKept() {
        final class Broken extends SetHandler {
            private final Set<MessageId> ids = new HashSet<>();

            @Override
            public boolean merge(final Message message) {
                super.merge(message);
                return ids.add(message.id());
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldTakeAMessageAsNewOnce, "merge said false (old) of a");
    }

    @Test
    void shouldFindAPayloadThatIsKeptWithItsBuffer() {
        final class Broken extends SetHandler {
            private final Map<Id, DirectBuffer> payloads = new HashMap<>();

            @Override
            boolean store(final Id id, final DirectBuffer buffer, final int offset, final int length) {
                payloads.put(id, new UnsafeBuffer(buffer, offset, length));
                return super.store(id, buffer, offset, length);
            }

            @Override
            public GraftResult graft(final MessageId id, final GraftPayload payload) {
                final DirectBuffer found = payloads.get(id(id));
                if (found == null) {
                    return GraftResult.UNKNOWN;
                }
                payload.wrap(found, 0, found.capacity());
                return GraftResult.PAYLOAD;
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldFindWhatWasMerged, "kept a buffer beyond a call");
        assertFound(Broken::new, BroadcastHandlerContract::shouldFindItsOwnBroadcasts, "kept a buffer beyond a call");
    }

    @Test
    void shouldFindAStaleThatIsNever() {
        final class Broken extends SetHandler {
            @Override
            public boolean isStale(final MessageId id) {
                return false;
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldSayStaleExactlyWhenAMergeWouldSayOld,
            "isStale says false of a message that was merged");
        assertFound(Broken::new, BroadcastHandlerContract::shouldKnowItsOwnBroadcasts, "onBroadcast must store it");
    }

    @Test
    void shouldFindAStaleThatTakesNote() {
        final class Broken extends SetHandler {
            private final Set<Id> asked = new HashSet<>();

            @Override
            public boolean isStale(final MessageId id) {
                return !asked.add(id(id));
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldSayStaleExactlyWhenAMergeWouldSayOld,
            "isStale has changed its mind");
    }

    @Test
    void shouldFindAStaleThatIsAlways() {
        final class Broken extends SetHandler {
            @Override
            public boolean isStale(final MessageId id) {
                return true;
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldSayStaleExactlyWhenAMergeWouldSayOld,
            "isStale said true of a message that was never merged");
    }

    @Test
    void shouldFindBroadcastsWithTheSameId() {
        final class Broken extends SetHandler {
            @Override
            public void onBroadcast(final MutableMessage message) {
                lastSequence = 0;
                super.onBroadcast(message);
            }
        }

        assertFound(
            Broken::new, BroadcastHandlerContract::shouldKnowItsOwnBroadcasts, "two broadcasts have the same id");
    }

    @Test
    void shouldFindAGraftThatFindsNothing() {
        final class Broken extends SetHandler {
            private final GraftResult answer;

            Broken(final GraftResult answer) {
                this.answer = answer;
            }

            @Override
            public GraftResult graft(final MessageId id, final GraftPayload payload) {
                return answer;
            }
        }

        assertFound(
            () -> new Broken(GraftResult.UNKNOWN),
            BroadcastHandlerContract::shouldFindWhatWasMerged,
            "graft says UNKNOWN of");
        assertFound(
            () -> new Broken(GraftResult.STALE),
            BroadcastHandlerContract::shouldFindWhatWasMerged,
            "override isSubsuming");
        assertFound(
            () -> new Broken(GraftResult.PAYLOAD),
            BroadcastHandlerContract::shouldFindItsOwnBroadcasts,
            "graft answered PAYLOAD, but has not wrapped the payload");
        assertFound(() -> new Broken(null), BroadcastHandlerContract::shouldFindWhatWasMerged, "answered null");
    }

    @Test
    void shouldFindAGraftThatFindsAnything() {
        final class Broken extends SetHandler {
            @Override
            public GraftResult graft(final MessageId id, final GraftPayload payload) {
                final GraftResult result = super.graft(id, payload);
                if (result == GraftResult.UNKNOWN) {
                    payload.wrap(new UnsafeBuffer(new byte[1]), 0, 1);
                }
                return GraftResult.PAYLOAD;
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldFindNothingUnderAnUnknownId,
            "found a payload under an id that was never merged");
    }

    @Test
    void shouldFindAGraftThatThrows() {
        final class Broken extends SetHandler {
            @Override
            public GraftResult graft(final MessageId id, final GraftPayload payload) {
                final byte[] found = payloadById.get(id(id));
                payload.wrap(new UnsafeBuffer(found), 0, found.length);
                return GraftResult.PAYLOAD;
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldFindNothingUnderAnUnknownId,
            "where only a MalformedMessageException is allowed");
    }

    @Test
    void shouldFindAnOffsetThatIsAssumed() {
        final class Broken extends SetHandler {
            @Override
            Id id(final DirectBuffer buffer, final int offset, final int length) {
                return super.id(buffer, Scratch.DEFAULT_OFFSET, length);
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldHonourOffsets, "are the message's offsets used");
    }

    @Test
    void shouldFindAnIdWhoseLengthIsAssumed() {
        final class Broken extends SetHandler {
            @Override
            Id id(final DirectBuffer buffer, final int offset, final int length) {
                return super.id(buffer, offset, ID_LENGTH);
            }
        }

        assertFound(
            Broken::new, BroadcastHandlerContract::shouldRefuseMalformedMessages, "threw java.lang.IndexOutOfBounds");
    }

    @Test
    void shouldFindAMergeThatChecksTooLate() {
        final class Broken extends SetHandler {
            @Override
            public boolean merge(final Message message) {
                final Id key = id(message.id());
                final boolean isNew = !payloadById.containsKey(key) && store(key, message);
                checkPayload(message);
                return isNew;
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldRefuseMalformedMessages,
            "seen now: the real message would be missed");
    }

    @Test
    void shouldFindAHandlerThatIsPoisoned() {
        final class Broken extends SetHandler {
            private boolean isPoisoned;

            @Override
            public boolean merge(final Message message) {
                try {
                    return !isPoisoned && super.merge(message);
                } catch (final MalformedMessageException ex) {
                    isPoisoned = true;
                    throw ex;
                }
            }
        }

        assertFound(
            Broken::new, BroadcastHandlerContract::shouldRefuseMalformedMessages, "after malformed messages, isStale");
    }

    @Test
    void shouldFindDataThatIsNotRefused() {
        final class Broken extends SetHandler {
            @Override
            public void broadcastData(
                final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
                if (length == 0) {
                    claim.tryClaim(ID_LENGTH, 0);
                } else {
                    super.broadcastData(data, offset, length, claim);
                }
            }
        }

        assertFound(Broken::new, BroadcastHandlerContract::shouldRefuseDataWithoutClaiming, "has not refused (empty)");
    }

    @Test
    void shouldFindAClaimWhoseFailureIsIgnored() {
        final class Broken extends SetHandler {
            @Override
            public void broadcastData(
                final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
                claim.tryClaim(ID_LENGTH, length);
                claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
            }
        }

        assertFound(
            Broken::new,
            BroadcastHandlerContract::shouldBroadcastAgainAfterBackPressure,
            "broadcasting while tryClaim says BACK_PRESSURED threw");
    }

    @Test
    void shouldFindDataThatMakesNoMessage() {
        final class Broken extends SetHandler {
            @Override
            public void broadcastData(
                final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
            }
        }

        final AssertionError error = assertThrows(AssertionError.class, () -> new SetHandlerContractTest() {
            @Override
            protected BroadcastHandler createHandler() {
                return new Broken();
            }
        }.shouldFindWhatWasMerged());
        assertTrue(error.getMessage().startsWith("broadcasting data(0) has made no message"), error.getMessage());
    }
}
