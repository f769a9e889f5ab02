#!/bin/sh
# Everything that wants a GPU machine, in one command and ten minutes: builds
# the evaluators with compilers alone (preset kernels-only), compares bits of
# twin, host and device, and bits and tallies of ten million pairs, measures
# beside the limits of both, plots pairs/s by batch size, and runs what peers
# are installed. The short table comes last.
# Without a device, or without nvcc, it says so and does the host's part. A
# step for which no time is left is named and left out.
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

# step NAME COMMAND...: its words go to NAME.txt among the logs.
step() {
  name=$1
  shift
  say "$name"
  if [ "$(left)" -lt 15 ]; then
    echo 'skipped: no time left' >"$logs/$name.txt"
  else
    timeout "$(left)" "$@" >"$logs/$name.txt" 2>&1 || status=1
  fi
}

step check "$rates" check
tail -3 "$logs/check.txt"
step rates "$rates" rates
cat "$logs/rates.txt"
step pairs "$rates" pairs
cat "$logs/pairs.txt"
step batches "$rates" batches
cat "$logs/batches.txt"
step plot python3 bench/kernels/plot_batches.py "$logs/batches.txt" \
  --svg "$logs/batches.svg"
cat "$logs/plot.txt"
step naive "$rates" naive
cat "$logs/naive.txt"
# Ten million pairs take two to three minutes; the tools below want three more.
pairs=10000000
[ "$(left)" -lt 360 ] && pairs=1000000
step same "$rates" same $pairs
tail -5 "$logs/same.txt"
# Eager kernels of peers want more expressions than a core has time for.
tapes=500
[ -n "$gpu" ] && [ "$cuda" = ON ] && tapes=2000
step peers python3 bench/kernels/rates_beside_peers.py "$rates" \
  --tapes $tapes --points 64 1024
cat "$logs/peers.txt"

# What the profiler says binds each kernel. It wants a right to the counters
# that many machines do not give.
if [ -z "$gpu" ] || [ "$cuda" = OFF ]; then
  echo 'skipped: no device' >"$logs/ncu.txt"
elif ! command -v ncu >/dev/null; then
  echo 'skipped: ncu is not installed' >"$logs/ncu.txt"
elif [ "$(left)" -lt 60 ]; then
  echo 'skipped: no time left' >"$logs/ncu.txt"
else
  say 'ncu'
  pct=avg.pct_of_peak_sustained_elapsed
  timeout 50 ncu --csv --page raw -k regex:EvaluateKernel --launch-count 24 \
    --metrics "sm__inst_executed_pipe_fp64.$pct,sm__inst_issued.$pct,\
l1tex__data_pipe_lsu_wavefronts_mem_shared.$pct,dram__throughput.$pct,\
gpu__time_duration.sum" "$rates" profile >"$logs/ncu.txt" 2>&1
fi
python3 bench/kernels/ncu_table.py "$logs/ncu.txt" | tee "$logs/bound.txt"

# Tools that find races and stray reads, in what time is left.
for tool in memcheck racecheck initcheck; do
  if [ -z "$gpu" ] || [ "$cuda" = OFF ] || [ "$(left)" -lt 70 ] ||
      ! command -v compute-sanitizer >/dev/null; then
    echo 'skipped: no device, no tool or no time left' >"$logs/$tool.txt"
    continue
  fi
  say "compute-sanitizer $tool"
  timeout 60 compute-sanitizer --tool $tool "$rates" smoke \
    >"$logs/$tool.txt" 2>&1 || status=1
  tail -1 "$logs/$tool.txt"
done

say "short table (commit $(git rev-parse --short HEAD 2>/dev/null || echo ?))"
echo "device: ${gpu:-no device}"
grep -c 'same bits' "$logs/check.txt" | sed 's/$/ comparisons with the same bits/'
grep -c 'DIFFERENT' "$logs/check.txt" | sed 's/$/ comparisons that differ/'
grep -E ' 1024 points|^(host|device): .*(peak|model)' "$logs/rates.txt"
grep -E '^(host|device)' "$logs/pairs.txt"
grep -E '^device = host|failed' "$logs/same.txt"
grep ' pairs  host' "$logs/batches.txt" | tail -1
grep -E '^break-even' "$logs/plot.txt"
grep -E ' 1024 points|skipped|DIFFER|failed' "$logs/naive.txt"
grep -E ' 1024 |^(mix|peers)' "$logs/peers.txt"
cat "$logs/bound.txt"
for tool in memcheck racecheck initcheck; do
  echo "$tool: $(tail -1 "$logs/$tool.txt")"
done
echo "seconds: $(($(date +%s) - started))"
[ $status = 0 ] && echo ok || echo FAILED
exit $status
