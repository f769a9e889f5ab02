#include <thrust/copy.h>
#include <thrust/execution_policy.h>
#include <thrust/scan.h>
#include <thrust/sequence.h>
#include <thrust/sort.h>

#include <new>

#include "kernels/cuda/join.h"

namespace assay::kernels::cuda {
namespace {

constexpr size_t kAligned = 256;

size_t RoundUp(size_t bytes) {
  return (bytes + kAligned - 1) / kAligned * kAligned;
}

// Thrust's own memory, from what the caller gave.
struct Scratch {
  using value_type = char;
  char* next;
  char* end;

  char* allocate(std::ptrdiff_t bytes) {
    char* at = next;
    next += RoundUp(static_cast<size_t>(bytes));
    if (next > end) throw std::bad_alloc();
    return at;
  }
  void deallocate(char* at, size_t) { next = at; }  // The last one first.
};

__device__ uint64_t Mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
  return hash ^ hash >> 29;
}

__global__ void HashKernel(const TapeBits bits, uint64_t* hashes) {
  const uint32_t t = blockIdx.x * blockDim.x + threadIdx.x;
  if (t >= bits.count) return;
  const lanes::LaneTape tape = bits.tapes[t];
  uint64_t hash = Mixed(tape.words, tape.constants);
  const uint32_t* words = bits.words + (tape.word - bits.first_word);
  for (uint32_t i = 0; i < tape.words; ++i) hash = Mixed(hash, words[i]);
  const uint64_t* constants =
      bits.constants + (tape.constant - bits.first_constant) * bits.parts;
  for (uint32_t i = 0; i < tape.constants * bits.parts; ++i) {
    hash = Mixed(hash, constants[i]);
  }
  const uint64_t* integers =
      bits.integers + (tape.integer - bits.first_integer);
  for (uint32_t i = 0; i < tape.integers; ++i) hash = Mixed(hash, integers[i]);
  hashes[t] = hash;
}

template <typename T>
__device__ bool SameRange(const T* a, const T* b, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

__device__ bool SameTape(const TapeBits& bits, uint32_t s, uint32_t t) {
  const lanes::LaneTape a = bits.tapes[s], b = bits.tapes[t];
  if (a.words != b.words || a.constants != b.constants ||
      a.integers != b.integers) {
    return false;
  }
  return SameRange(bits.words + (a.word - bits.first_word),
                   bits.words + (b.word - bits.first_word), a.words) &&
         SameRange(
             bits.constants + (a.constant - bits.first_constant) * bits.parts,
             bits.constants + (b.constant - bits.first_constant) * bits.parts,
             a.constants * bits.parts) &&
         SameRange(bits.integers + (a.integer - bits.first_integer),
                   bits.integers + (b.integer - bits.first_integer),
                   a.integers);
}

// leader[i]: i where a run of equal tapes begins, else 0; a maximum over what
// is before gives each its leader. Equal hashes are not believed.
__global__ void LeadKernel(const TapeBits bits, const uint64_t* hashes,
                           const uint32_t* sorted, uint32_t* leader) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= bits.count) return;
  const bool first = i == 0 || hashes[i] != hashes[i - 1] ||
                     !SameTape(bits, sorted[i], sorted[i - 1]);
  leader[i] = first ? i : 0;
}

__global__ void RowKernel(const uint32_t* sorted, const uint32_t* leader,
                          uint32_t count, uint32_t* row) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) row[sorted[i]] = sorted[leader[i]];
}

struct Stands {
  const uint32_t* row;
  const Way* ways;
  Way way;
  __device__ bool operator()(uint32_t t) const {
    return row[t] == t && ways[t] == way;
  }
};

struct Largest {
  __host__ __device__ uint32_t operator()(uint32_t a, uint32_t b) const {
    return a > b ? a : b;
  }
};

}  // namespace

size_t JoinBytes(uint32_t count) {
  const size_t n = count;
  // Hashes, indices and leaders, and what a radix sort needs beside them.
  return RoundUp(n * 8) + 2 * RoundUp(n * 4) + RoundUp(n * 16) + (1 << 22);
}

cudaError_t Join(const TapeBits& bits, void* memory, uint32_t* row,
                 uint32_t* const order[kWays], uint32_t counts[kWays],
                 cudaStream_t stream) {
  const size_t n = bits.count;
  char* at = static_cast<char*>(memory);
  uint64_t* hashes = reinterpret_cast<uint64_t*>(at);
  uint32_t* sorted = reinterpret_cast<uint32_t*>(at += RoundUp(n * 8));
  uint32_t* leader = reinterpret_cast<uint32_t*>(at += RoundUp(n * 4));
  Scratch scratch = {at + RoundUp(n * 4),
                     static_cast<char*>(memory) + JoinBytes(bits.count)};
  constexpr uint32_t kThreads = 128;
  const uint32_t blocks = (bits.count + kThreads - 1) / kThreads;
  try {
    const auto on = thrust::cuda::par(scratch).on(stream);
    HashKernel<<<blocks, kThreads, 0, stream>>>(bits, hashes);
    thrust::sequence(on, sorted, sorted + n);
    thrust::sort_by_key(on, hashes, hashes + n, sorted);
    LeadKernel<<<blocks, kThreads, 0, stream>>>(bits, hashes, sorted, leader);
    thrust::inclusive_scan(on, leader, leader + n, leader, Largest());
    RowKernel<<<blocks, kThreads, 0, stream>>>(sorted, leader, bits.count, row);
    // In the order of the sort: tapes of one shape need not be neighbours, but
    // those that are stay so.
    for (int w = 0; w < kWays; ++w) {
      const uint32_t* end =
          thrust::copy_if(on, sorted, sorted + n, order[w],
                          Stands{row, bits.ways, static_cast<Way>(w)});
      counts[w] = static_cast<uint32_t>(end - order[w]);
    }
  } catch (const std::exception&) {
    // Thrust says by exceptions what the device said by codes.
    const cudaError_t error = cudaGetLastError();
    return error == cudaSuccess ? cudaErrorMemoryAllocation : error;
  }
  return cudaGetLastError();
}

}  // namespace assay::kernels::cuda
