package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.AdoptDecoder;
import io.plumtree.engine.codec.sbe.GraftDecoder;
import io.plumtree.engine.codec.sbe.GraftFailedDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;

/** The messages that travel in batches; on the wire they differ in the template id alone. */
public enum BatchKind {
    /** Announcements. */
    I_HAVE(IHaveDecoder.TEMPLATE_ID),
    /** Acknowledgements of announcements. */
    IGNORED_I_HAVE(IgnoredIHaveDecoder.TEMPLATE_ID),
    /** Requests for announced messages. */
    GRAFT(GraftDecoder.TEMPLATE_ID),
    /** Requests for links to become eager. */
    ADOPT(AdoptDecoder.TEMPLATE_ID),
    /** Answers to grafts that can't be served. */
    GRAFT_FAILED(GraftFailedDecoder.TEMPLATE_ID);

    private final int templateId;

    BatchKind(final int templateId) {
        this.templateId = templateId;
    }

    int templateId() {
        return templateId;
    }
}
