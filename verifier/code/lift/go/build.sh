# Builds a program of Go from sources given as arguments: the compiler and the
# linker themselves, over the archives of the standard library, because
# `go build` spends three times as much on looking whether those are stale.
#
#   sh build.sh MAIN.go [MORE.go...]     makes a.out
#   sh build.sh --library                makes assaywire.a of our parts
export GOROOT="${GOROOT:-/usr/lib/go}"
for tool in "$GOROOT"/pkg/tool/linux_*; do :; done
if [ "$1" = --library ]; then
  for fmt in "$GOROOT"/pkg/linux_*/fmt.a; do :; done
  [ -f "$fmt" ] || { echo "no archives of the standard library" >&2; exit 1; }
  exec "$tool/compile" -p assaywire -complete -dwarf=false -o assaywire.a \
    wire.go calls.go
fi
"$tool/compile" -p main -complete -dwarf=false -I . -o main.o "$@" >&2 || exit 1
exec "$tool/link" -s -w -L . -o a.out main.o >&2
