package io.plumtree.engine.query;

import io.plumtree.api.PlumtreeException;

/** The node that was asked does not answer such questions, or not now. */
public final class QueryRefusedException extends PlumtreeException {
    private static final long serialVersionUID = 1L;

    QueryRefusedException(final String message) {
        super(Category.ENVIRONMENT, message);
    }
}
