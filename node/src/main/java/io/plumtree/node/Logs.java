package io.plumtree.node;

import java.util.logging.Level;
import java.util.logging.Logger;

/** How the engine's log looks on standard error: a line each, like the command line's own words. */
public final class Logs {
    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "plumtree: %4$s: %5$s%6$s%n";
    private static final String CONFIG_PROPERTY = "java.util.logging.config.file";
    /** Held here, as the log manager would let it be collected, its level with it. */
    private static final Logger LOGGER = Logger.getLogger("io.plumtree");

    private Logs() {
    }

    /** One line for each record, unless the user has a format of their own. Before anything is logged. */
    static void toOneLine() {
        if (System.getProperty(FORMAT_PROPERTY) == null && System.getProperty(CONFIG_PROPERTY) == null) {
            System.setProperty(FORMAT_PROPERTY, FORMAT);
        }
    }

    /** Leaves out what is no warning. */
    public static void warningsOnly() {
        LOGGER.setLevel(Level.WARNING);
    }
}
