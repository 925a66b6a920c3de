package io.plumtree.engine.seeds;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of contacts, one {@code host:port} a line; {@code #} begins a comment, blank lines are skipped. It is read
 * again when its time or its length has changed. When it can't be read, or has a line that is wrong or one too many,
 * what was good before stays; where nothing was good before, the lines that are good count.
 */
final class SeedFile {
    /** Enough for the most contacts with comments; more is another file. */
    static final long MAX_LENGTH = 1 << 20;

    private final Path path;
    private final Consumer<Throwable> errors;
    private List<SeedAddress> addresses = List.of();
    private boolean hasBeenGood;
    private FileTime readTime;
    private long readLength = -1;
    /** What was reported last, so that it is reported once. */
    private String reported;

    SeedFile(final Path path, final Consumer<Throwable> errors) {
        this.path = path;
        this.errors = errors;
    }

    /** Looks at the file; what it says, or said when it was last good. */
    List<SeedAddress> addresses() {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.size() != readLength || !attributes.lastModifiedTime().equals(readTime)) {
                read(attributes);
            }
        } catch (final NoSuchFileException ex) {
            unreadable("is not there", ex);
        } catch (final CharacterCodingException ex) {
            unreadable("is no text in UTF-8", ex);
        } catch (final IOException ex) {
            unreadable("can't be read: " + ex.getMessage(), ex);
        }
        return addresses;
    }

    private void read(final BasicFileAttributes attributes) throws IOException {
        if (attributes.size() > MAX_LENGTH) {
            throw new IOException("longer than " + MAX_LENGTH + " bytes: " + attributes.size());
        }
        final List<SeedAddress> good = new ArrayList<>();
        final String problem = parse(Files.readAllLines(path, StandardCharsets.UTF_8), good);
        // Before the text, so that a file that is written meanwhile is read again.
        readTime = attributes.lastModifiedTime();
        readLength = attributes.size();
        if (problem == null) {
            addresses = good;
            hasBeenGood = true;
            reported = null;
        } else {
            if (!hasBeenGood) {
                addresses = good;
            }
            report(problem, null);
        }
    }

    /** Adds the good ones; says what is wrong with the first bad one, null if none is. */
    private String parse(final List<String> lines, final List<SeedAddress> good) {
        String problem = null;
        for (int i = 0; i < lines.size(); i++) {
            final int comment = lines.get(i).indexOf('#');
            final String line = (comment < 0 ? lines.get(i) : lines.get(i).substring(0, comment)).strip();
            String wrong = null;
            if (!line.isEmpty() && good.size() == Seeds.MAX_CONTACTS) {
                wrong = "more than " + Seeds.MAX_CONTACTS + " contacts";
            } else if (!line.isEmpty()) {
                try {
                    good.add(SeedAddress.parse(line));
                } catch (final IllegalArgumentException ex) {
                    wrong = ex.getMessage();
                }
            }
            if (wrong != null && problem == null) {
                problem = path + ":" + (i + 1) + ": " + wrong;
            }
        }
        return problem;
    }

    private void unreadable(final String why, final IOException cause) {
        // When it can be read again, it must be.
        readLength = -1;
        report(path + " " + why, cause);
    }

    private void report(final String problem, final Throwable cause) {
        if (!problem.equals(reported)) {
            reported = problem;
            errors.accept(new PlumtreeException(Category.ENVIRONMENT, "contacts' file " + problem, cause));
        }
    }
}
