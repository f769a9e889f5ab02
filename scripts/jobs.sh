#!/usr/bin/env bash
# Prints how many compilers may run at once: one a core, and not more than
# one for every 1.5 GiB of free memory (a gRPC unit takes about 0.8 GiB).
set -euo pipefail
cores=$(nproc)
free_mib=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
by_memory=$((free_mib / 1536))
jobs=$((cores < by_memory ? cores : by_memory))
echo $((jobs > 0 ? jobs : 1))
