package io.plumtree.engine.agent;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;

/**
 * Checks that Agrona may use the JDK's internals, without which none of its buffers works. Touches nothing of Agrona
 * that would fail where it may not.
 */
public final class AgronaAccess {
    private static final String INTERNALS = "jdk.internal.misc";

    private AgronaAccess() {
    }

    /**
     * Checks it.
     *
     * @throws PlumtreeException if it may not; the message has the JVM flag that is missing.
     */
    public static void check() {
        final Module agrona;
        try {
            agrona = Class.forName("org.agrona.UnsafeApi", false, AgronaAccess.class.getClassLoader()).getModule();
        } catch (final ClassNotFoundException ex) {
            throw new PlumtreeException(Category.ENVIRONMENT, "this is no Agrona 2: it lacks org.agrona.UnsafeApi", ex);
        }
        if (!Object.class.getModule().isExported(INTERNALS, agrona)) {
            throw new PlumtreeException(Category.ENVIRONMENT, "Agrona may not use " + INTERNALS +
                " in this JVM: start it with " + flag(agrona));
        }
    }

    private static String flag(final Module agrona) {
        return "--add-opens java.base/" + INTERNALS + "=" + (agrona.isNamed() ? agrona.getName() : "ALL-UNNAMED");
    }
}
