package my.handlers;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import java.util.List;

/** What an {@code ObjectHandler} is built on keeps to the contract. */
class NotesContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new Notes();
    }

    @Override
    protected byte[] data(final int number) {
        return ("note " + number).getBytes();
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of(new byte[0], new byte[] {(byte) 0xFF});
    }

    @Override
    protected Object visibleState(final BroadcastHandler handler) {
        return ((Notes) handler).all();
    }
}
