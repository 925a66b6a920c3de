package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void shouldLookAtTheFailureAndAtItsCauses() {
        final IOException tooMany = new IOException("/x: Too many open files");
        assertTrue(OpenFiles.areTooMany(tooMany));
        assertTrue(OpenFiles.areTooMany(new IllegalStateException(new ExceptionInInitializerError(tooMany))));
        assertFalse(OpenFiles.areTooMany(new IOException("No space left on device", new IOException((String) null))));
    }
}
