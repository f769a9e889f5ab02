# Compiles Java by the driver in assay.jar, with its classes and the
# compiler's shared from an archive, which halves a compilation.
#
#   sh build.sh Main.java [Tests.java] [assay.role]   makes a.jar
#   sh build.sh --library                             makes assay.jar, assay.jsa
home="${JAVA_HOME:-/usr/lib/jvm/default-java}"
flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx1g -Xss16m"
if [ "$1" = --library ]; then
  "$home/bin/javac" -nowarn -proc:none -d classes Build.java Wire.java Kinds.java \
    Targets.java Candidate.java Examiner.java Joined.java >&2 || exit 1
  "$home/bin/java" -cp classes assay.Build --library classes >&2 || exit 1
  touch -d @1000000000 assay.jar
  # An archive is a matter of speed: an empty one serves as well.
  "$home/bin/java" $flags -XX:ArchiveClassesAtExit=assay.jsa -cp assay.jar \
    assay.Build Warm.java >&2
  [ -s assay.jsa ] || echo none > assay.jsa
  exit 0
fi
# The archive holds for a jar of the same time alone.
touch -d @1000000000 assay.jar
exec "$home/bin/java" $flags -Xshare:auto -XX:SharedArchiveFile=assay.jsa \
  -Xlog:disable -cp assay.jar assay.Build "$@"
