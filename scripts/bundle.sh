#!/bin/sh
# Bundles the built service with the shared libraries it needs, for a machine
# that has a C library as new as this one's and no packages to install.
#
#   scripts/bundle.sh BUILD OUT.tar.gz
#   tar xzf OUT.tar.gz && assay-bundle/assay doctor
#
# BUILD is a build folder with bin/assayd, and what stands beside it. Libraries of the C
# library itself, and a GPU driver's, are the machine's own.
set -eu
build=${1:?usage: scripts/bundle.sh BUILD OUT.tar.gz}
out=${2:?usage: scripts/bundle.sh BUILD OUT.tar.gz}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bundle=$folder/assay-bundle
mkdir -p "$bundle/bin" "$bundle/lib"
[ -x "$build/bin/assayd" ] || { echo "no $build/bin/assayd" >&2; exit 1; }
for program in assayd assay assay-launcher; do
  [ -x "$build/bin/$program" ] || continue
  cp "$build/bin/$program" "$bundle/bin/"
  ldd "$build/bin/$program" | awk '$2 == "=>" && $3 ~ /^\// {print $3}'
  cat >"$bundle/$program" <<'EOF'
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
LD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec "$here/bin/$(basename "$0")" "$@"
EOF
  chmod +x "$bundle/$program"
done | sort -u | grep -vE \
  '/(libc|libm|libdl|librt|libpthread|libresolv|ld-linux[^/]*|libcuda)\.so' |
  while read -r library; do cp -L "$library" "$bundle/lib/"; done
cp -r examples "$bundle/" 2>/dev/null || true
tar -C "$folder" -czf "$out" assay-bundle
echo "$out: $(ls "$bundle/lib" | wc -l) libraries, $(du -h "$out" | cut -f1)"
