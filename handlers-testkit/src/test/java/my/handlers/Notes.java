package my.handlers;

import io.plumtree.handlers.spi.Codec;
import io.plumtree.handlers.spi.ObjectHandler;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Notes that every node has. */
public final class Notes extends ObjectHandler<UUID, String> {
    private final Map<UUID, String> notes = new ConcurrentHashMap<>();

    /** A handler without notes. */
    public Notes() {
        super(Codec.uuid(), Codec.utf8());
    }

    /**
     * Any thread may ask.
     *
     * @return all notes, in no order.
     */
    public Map<UUID, String> all() {
        return Map.copyOf(notes);
    }

    @Override
    protected UUID newId(final String note) {
        return note.isBlank() ? null : UUID.randomUUID();
    }

    @Override
    protected boolean merge(final UUID id, final String note) {
        return notes.putIfAbsent(id, note) == null;
    }

    @Override
    protected boolean isStale(final UUID id) {
        return notes.containsKey(id);
    }

    @Override
    protected String graft(final UUID id) {
        return notes.get(id);
    }
}
