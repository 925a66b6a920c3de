# Sourced by the scripts here: finds a Java and builds the jar where that is needed. Sets home, target, jar and java.
#
#   JAVA_HOME  the JDK to use; without it, the java of the PATH (17 or later)
#   MVN        the Maven to build with; without it, the mvn of the PATH

fail() {
    printf 'benchmarks: %s\n' "$1" >&2
    exit 1
}

home=$(cd "$(dirname "$0")/.." && pwd -P)
target=$home/benchmarks/target
jar=$target/benchmarks.jar

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME has no bin/java: $JAVA_HOME"
else
    java=$(command -v java) || fail "no java found: install a JDK 17 or later, or set JAVA_HOME"
fi

# True unless a jar is there and nothing that goes into it has changed since.
stale() {
    [ -e "$jar" ] || return 0
    [ -n "$(find "$home/pom.xml" "$home"/plumtree-api "$home"/handlers-spi "$home"/plumtree-protocol "$home"/plumtree-engine \
        "$home"/simulator "$home"/transport-aeron "$home"/handlers "$home"/node "$home"/benchmarks \
        \( -name target -o -name test \) -prune -o \( -path '*/src/main/*' -o -name pom.xml \) \
        -newer "$jar" -print 2>/dev/null | head -n 1)" ]
}

if stale; then
    mvn=${MVN:-mvn}
    command -v "$mvn" >/dev/null 2>&1 || fail "Maven is needed for the build: install it, or set MVN"
    printf 'benchmarks: building\n' >&2
    rm -f "$jar"
    (cd "$home" && "$mvn" -q -B -Dmaven.test.skip=true -Dcheckstyle.skip=true -pl benchmarks -am package \
        </dev/null >&2) || fail "the build failed; Maven says above why"
fi
