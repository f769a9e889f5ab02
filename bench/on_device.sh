#!/bin/sh
# Everything that wants a GPU machine, in one command and ten minutes: builds
# the evaluators with compilers alone (preset kernels-only), compares bits of
# twin, host and device, measures, and runs what peers are installed. The short
# table comes last. Without a device, or without nvcc, it says so and does the
# host's part.
#
#   bench/on_device.sh [FOLDER]     # FOLDER for logs; default build-kernels-only
#
# Exit status 1 where bits or values differ, or the build fails.
set -u
cd "$(dirname "$0")/.." || exit 1
build=build-kernels-only
logs=${1:-$build}
status=0
mkdir -p "$logs" "$build"
started=$(date +%s)
left() { echo $((560 - $(date +%s) + started)); }
say() { printf '\n==> %s\n' "$*"; }

nvcc=$(command -v nvcc || ls /usr/local/cuda/bin/nvcc 2>/dev/null)
cuda=OFF
[ -n "$nvcc" ] && cuda=ON
gpu=$(nvidia-smi --query-gpu=name,compute_cap,driver_version \
  --format=csv,noheader 2>/dev/null | head -1)
say "machine: $(nproc) processors; nvcc: ${nvcc:-none}; device: ${gpu:-no device}"
archs=
# On the machine itself only its own code is compiled: minutes less.
capability=$(echo "$gpu" | cut -d, -f2 | tr -d ' .')
[ -n "$capability" ] && archs="-DCMAKE_CUDA_ARCHITECTURES=$capability-real"

say "build: preset kernels-only, CUDA $cuda"
if ! cmake --preset kernels-only -DASSAY_CUDA="$cuda" $archs \
    >"$logs/configure.log" 2>&1 ||
    ! timeout "$(left)" cmake --build "$build" -j "$(nproc)" \
    >"$logs/build.log" 2>&1; then
  tail -20 "$logs/configure.log" "$logs/build.log"
  echo 'FAILED: build'
  exit 1
fi
rates=$build/bench/kernel_rates

say 'check: twin, host and device'
timeout "$(left)" "$rates" check >"$logs/check.txt" || status=1
tail -3 "$logs/check.txt"
if [ -n "$gpu" ] && [ "$cuda" = ON ] && command -v compute-sanitizer \
    >/dev/null && [ "$(left)" -gt 300 ]; then
  for tool in memcheck racecheck initcheck; do
    say "compute-sanitizer $tool"
    timeout 60 compute-sanitizer --tool $tool "$rates" smoke \
      >"$logs/$tool.txt" 2>&1 || status=1
    tail -1 "$logs/$tool.txt"
  done
fi

say 'rates'
timeout "$(left)" "$rates" rates >"$logs/rates.txt" || status=1
cat "$logs/rates.txt"

say 'peers'
timeout "$(left)" python3 bench/kernels/rates_beside_peers.py "$rates" \
  --tapes 500 --points 64 1024 >"$logs/peers.txt" 2>&1 || status=1
cat "$logs/peers.txt"

say "short table (commit $(git rev-parse --short HEAD 2>/dev/null || echo ?))"
echo "device: ${gpu:-no device}"
grep -c 'same bits' "$logs/check.txt" | sed 's/$/ comparisons with the same bits/'
grep -c 'DIFFERENT' "$logs/check.txt" | sed 's/$/ comparisons that differ/'
grep -E ' 1024 points' "$logs/rates.txt"
grep -E ' pairs ' "$logs/rates.txt" | tail -1
grep -E ' 1024 ' "$logs/peers.txt"
echo "seconds: $(($(date +%s) - started))"
[ $status = 0 ] && echo ok || echo FAILED
exit $status
