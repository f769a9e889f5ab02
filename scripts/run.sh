#!/usr/bin/env bash
# Starts the farm on a private Unix socket, verifies examples/ over gRPC and
# prints the yield table. Called by `make run` with the build folder.
set -euo pipefail

build=${1:?usage: scripts/run.sh BUILD_FOLDER}
assay=$build/bin/assay
reports=$build/run/reports.jsonl
mkdir -p "$build/run"

printf '\n==> what this machine can judge and enforce (assay doctor)\n'
"$assay" doctor

printf '\n==> verify: examples/ through a farm on a Unix socket\n'
code=0
"$assay" verify examples/*.jsonl -o "$reports" --no-resume || code=$?
# 3: some samples failed by our fault; the table shows how many.
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] || exit "$code"

printf '\n==> yield, by source (assay report)\n'
"$assay" report "$reports" --by source

cat <<END

Reports, one JSON line a sample: $reports
Next:
  $assay report $reports --by problem
  $assay explain '\\frac{1}{2}' '0.5'
  $assay serve            # a farm for others, on 127.0.0.1:50051
  make test               # every test
END
exit "$code"
