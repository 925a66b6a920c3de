package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a process is set while it runs, by a library that stands before the system's. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class WallClockTest {
    private static final String LIBRARY = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        static volatile long *offset;
        static long offset_s(void) {
            if (!offset) {
                int file = open(getenv("WALL_CLOCK_OFFSET"), O_RDONLY);
                void *mapped = mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0);
                close(file);
                offset = mapped;
            }
            return *offset;
        }
        int clock_gettime(clockid_t id, struct timespec *time) {
            static int (*real)(clockid_t, struct timespec *);
            if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(id, time);
            if (id == CLOCK_REALTIME && result == 0) time->tv_sec += offset_s();
            return result;
        }
        int gettimeofday(struct timeval *restrict time, void *restrict zone) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            time->tv_sec = now.tv_sec;
            time->tv_usec = now.tv_nsec / 1000;
            return 0;
        }
        """;

    @Tag("deep")
    @Test
    void shouldLoseNoLinkWhenTheWallClockIsSet(@TempDir final Path directory) throws IOException, InterruptedException {
        assumeTrue(ChildJvm.works("cc", "--version"), "there is no C compiler to make a library with a clock");
        final Path source = Files.writeString(directory.resolve("clock.c"), LIBRARY);
        final Path library = directory.resolve("clock.so");
        final Path offset = Files.write(directory.resolve("offset"), new byte[4_096]);
        assumeTrue(ChildJvm.works("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl"),
            "the library with a clock can't be made");
        final ChildJvm.Result result = ChildJvm.run(
            ChildJvm.command(WallClockMain.class, offset.toString()),
            Map.of("LD_PRELOAD", library.toString(), "WALL_CLOCK_OFFSET", offset.toString()));
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("set by 34473"), "the clock was not set: " + result.output());
        assertEquals(3, result.output().lines().filter("rebuilds 0"::equals).count(), result.output());
        assertTrue(result.output().contains("drops 0"), result.output());
        assertTrue(!result.output().contains("\tat "), result.output());
    }
}
