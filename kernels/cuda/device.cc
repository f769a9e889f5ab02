#include "kernels/cuda/device.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

#include "kernels/cuda/join.h"
#include "kernels/cuda/launch.h"
#include "kernels/lanes/host_lanes.h"

namespace assay::kernels::cuda {
namespace {

using lanes::LaneBatch;
using lanes::LanePair;
using lanes::LaneTape;
using lanes::LaneValues;
using lanes::PairTally;

constexpr size_t kAligned = 256;
constexpr uint32_t kTapesMax = 1u << 20;  // Of a portion.

// Hands out pieces of one block of memory, all given back at once.
class Arena {
 public:
  void Reset(char* begin, size_t size) {
    next_ = begin;
    end_ = begin + size;
  }
  // Null where it is used up.
  template <typename T>
  T* Take(size_t count) {
    const size_t bytes =
        (std::max<size_t>(count, 1) * sizeof(T) + kAligned - 1) / kAligned *
        kAligned;
    if (bytes > static_cast<size_t>(end_ - next_)) {
      short_ = true;
      return nullptr;
    }
    T* at = reinterpret_cast<T*>(next_);
    next_ += bytes;
    return at;
  }
  bool Short() { return std::exchange(short_, false); }

 private:
  char* next_ = nullptr;
  char* end_ = nullptr;
  bool short_ = false;
};

// What one portion works with: two of them overlap.
struct Slot {
  cudaStream_t stream = nullptr;
  cudaEvent_t begin = nullptr;
  cudaEvent_t end = nullptr;
  char* device = nullptr;
  char* pinned = nullptr;
  Arena device_arena;
  Arena pinned_arena;
};

// Tapes [first, end) of a batch, and where their answers come back to.
template <typename D>
struct Pending {
  size_t first = 0;
  size_t end = 0;
  Portion<D> portion = {};
  uint32_t* row = nullptr;  // The device's.
  std::vector<size_t> on_host;
  const typename D::Scalar* scalars = nullptr;  // Pinned.
  const uint8_t* undefined = nullptr;
  const uint32_t* rows = nullptr;
  bool busy = false;
};

template <typename D>
constexpr bool kResidue = !std::is_same_v<typename D::Scalar, double>;

template <typename D>
uint64_t KnownOps() {
  uint64_t known = 0;
  for (int k = 0; k < kOpsCount; ++k) {
    if (DeviceKnows<D>(static_cast<Op>(k))) known |= uint64_t{1} << k;
  }
  return known;
}

}  // namespace

class Device::State {
 public:
  ~State() {
    for (Slot& slot : slots_) {
      if (slot.stream != nullptr) cudaStreamDestroy(slot.stream);
      if (slot.begin != nullptr) cudaEventDestroy(slot.begin);
      if (slot.end != nullptr) cudaEventDestroy(slot.end);
      if (slot.device != nullptr) cudaFree(slot.device);
      if (slot.pinned != nullptr) cudaFreeHost(slot.pinned);
    }
  }

  bool Open(const DeviceOptions& options, std::string* why) {
    int count = 0;
    if (!Good(cudaGetDeviceCount(&count)) || count == 0) {
      *why = "no CUDA device: " +
             (error_ == cudaSuccess ? "none found" : Message());
      return false;
    }
    cudaDeviceProp properties;
    if (!Good(cudaGetDeviceProperties(&properties, 0))) {
      *why = Message();
      return false;
    }
    name_ = std::string(properties.name) + ", sm_" +
            std::to_string(properties.major) + std::to_string(properties.minor);
    bytes_ = options.memory_max / std::size(slots_) / kAligned * kAligned;
    for (Slot& slot : slots_) {
      if (!Good(cudaStreamCreate(&slot.stream)) ||
          !Good(cudaEventCreate(&slot.begin)) ||
          !Good(cudaEventCreate(&slot.end)) ||
          !Good(cudaMalloc(&slot.device, bytes_)) ||
          !Good(cudaMallocHost(&slot.pinned, bytes_ / 2))) {
        *why = Message();
        return false;
      }
    }
    return true;
  }

  const std::string& name() const { return name_; }
  DeviceCounts counts() {
    std::lock_guard<std::mutex> lock(mutex_);
    return counts_;
  }

  template <typename D>
  bool Evaluate(const LaneBatch<D>& batch, LaneValues<D>* values,
                std::string* why) {
    std::lock_guard<std::mutex> lock(mutex_);
    values->Resize(batch.tapes().size(), batch.points());
    counts_.kernel_ms = 0;
    Pending<D> pending[2];
    size_t first = 0;
    for (int k = 0; first < batch.tapes().size(); k = 1 - k) {
      if (!Finish(batch, k, &pending[k], values)) return Failed(why);
      const size_t end = EndOfPortion(batch, first);
      if (end == first || !Begin(batch, first, end, k, &pending[k]) ||
          !Download(batch, k, &pending[k])) {
        return Failed(why);
      }
      first = end;
    }
    for (int k = 0; k < 2; ++k) {
      if (!Finish(batch, k, &pending[k], values)) return Failed(why);
    }
    return true;
  }

  template <typename D>
  bool Test(const LaneBatch<D>& batch, const std::vector<LanePair>& pairs,
            std::vector<PairTally>* tallies, std::string* why) {
    std::lock_guard<std::mutex> lock(mutex_);
    counts_.kernel_ms = 0;
    const size_t count = batch.tapes().size();
    tallies->assign(pairs.size(), {});
    if (pairs.empty() || batch.points() == 0) return true;
    Pending<D> pending;
    if (EndOfPortion(batch, 0) != count) {
      error_ = cudaErrorMemoryAllocation;
      return Failed(why);
    }
    if (!Begin(batch, 0, count, 0, &pending) || !PutHostRows(batch, &pending) ||
        !RunTests(pairs, &pending, tallies)) {
      return Failed(why);
    }
    return true;
  }

 private:
  bool Good(cudaError_t error) {
    if (error != cudaSuccess) error_ = error;
    return error == cudaSuccess;
  }
  std::string Message() const { return cudaGetErrorString(error_); }

  bool Failed(std::string* why) {
    *why = Message();
    ++counts_.failures;
    // What is under way must not write any more when memory is used again.
    for (Slot& slot : slots_) cudaStreamSynchronize(slot.stream);
    cudaGetLastError();
    error_ = cudaSuccess;
    return false;
  }

  // Half of a slot's memory goes to what is uploaded and the work on it, half
  // to values; both fit the pinned memory.
  template <typename D>
  size_t EndOfPortion(const LaneBatch<D>& batch, size_t first) const {
    using Scalar = typename D::Scalar;
    size_t up = batch.coordinates().size() * sizeof(Scalar) + (8u << 20);
    size_t down = 0;
    const size_t row =
        batch.points() * (D::kParts * sizeof(Scalar) + (kResidue<D> ? 1 : 0));
    size_t end = first;
    while (end < batch.tapes().size() && end - first < kTapesMax) {
      const LaneTape& tape = batch.tapes()[end];
      // Hashes, indices, leaders, sorting, rows, orders and ways: 64 bytes.
      up += sizeof(LaneTape) + tape.words * 4 + tape.integers * 8 +
            tape.constants * D::kParts * sizeof(Scalar) + 64;
      down += row + 4;
      if (up > bytes_ / 2 || down > bytes_ / 2 - kAligned * 16) break;
      ++end;
    }
    return end;
  }

  template <typename T>
  bool Upload(Slot* slot, const T* from, size_t count, const T** to) {
    T* staged = slot->pinned_arena.Take<T>(count);
    T* placed = slot->device_arena.Take<T>(count);
    if (staged == nullptr || placed == nullptr) {
      return Good(cudaErrorMemoryAllocation);
    }
    if (count != 0) std::memcpy(staged, from, count * sizeof(T));
    *to = placed;
    return Good(cudaMemcpyAsync(placed, staged, count * sizeof(T),
                                cudaMemcpyHostToDevice, slot->stream));
  }

  template <typename D>
  void Sort(const LaneBatch<D>& batch, size_t first, size_t end,
            std::vector<Way>* ways, uint32_t temporaries[kWays]) const {
    const uint32_t points = static_cast<uint32_t>(batch.points());
    const uint32_t variables = static_cast<uint32_t>(batch.variables());
    const uint64_t known = KnownOps<D>();
    const uint32_t most[] = {TemporariesMax<D>(points, variables, false),
                             TemporariesMax<D>(points, variables, true)};
    ways->clear();
    for (size_t t = first; t < end; ++t) {
      const LaneTape& tape = batch.tapes()[t];
      Way way = (tape.ops & ~lanes::kArithmeticOps) == 0 ? Way::kArithmetic
                                                         : Way::kGeneral;
      if ((tape.ops & ~known) != 0 ||
          tape.temporaries >= most[static_cast<int>(way)]) {
        way = Way::kHost;
      } else {
        uint32_t& needed = temporaries[static_cast<int>(way)];
        needed = std::max(needed, tape.temporaries);
      }
      ways->push_back(way);
    }
  }

  // Uploads, joins and evaluates; all but the joining is left running.
  template <typename D>
  bool Begin(const LaneBatch<D>& batch, size_t first, size_t end, int k,
             Pending<D>* pending) {
    Slot& slot = slots_[k];
    slot.device_arena.Reset(slot.device, bytes_);
    slot.pinned_arena.Reset(slot.pinned, bytes_ / 2);
    const uint32_t count = static_cast<uint32_t>(end - first);
    *pending = {};
    pending->first = first;
    pending->end = end;
    pending->busy = true;
    const LaneTape& head = batch.tapes()[first];
    const LaneTape& tail = batch.tapes()[end - 1];
    Portion<D>& p = pending->portion;
    p.first_word = head.word;
    p.first_constant = head.constant;
    p.first_integer = head.integer;
    p.points = static_cast<uint32_t>(batch.points());
    p.stride = static_cast<uint32_t>(batch.stride());
    p.variables = static_cast<uint32_t>(batch.variables());
    p.field = batch.field();
    std::vector<Way> ways;
    uint32_t temporaries[kWays] = {};
    Sort(batch, first, end, &ways, temporaries);
    const Way* device_ways = nullptr;
    const size_t constants = tail.constant + tail.constants - head.constant;
    if (!Upload(&slot, &head, count, &p.tapes) ||
        !Upload(&slot, batch.words().data() + head.word,
                tail.word + tail.words - head.word, &p.words) ||
        !Upload(&slot,
                batch.constants().data() + size_t{head.constant} * D::kParts,
                constants * D::kParts, &p.constants) ||
        !Upload(&slot, batch.integers().data() + head.integer,
                tail.integer + tail.integers - head.integer, &p.integers) ||
        !Upload(&slot, batch.coordinates().data(), batch.coordinates().size(),
                &p.coordinates) ||
        !Upload(&slot, ways.data(), count, &device_ways)) {
      return false;
    }
    Arena& arena = slot.device_arena;
    p.scalars =
        arena.Take<typename D::Scalar>(size_t{count} * p.points * D::kParts);
    if (kResidue<D>) {
      p.undefined = arena.Take<uint8_t>(size_t{count} * p.points);
    }
    return Run(&slot, device_ways, ways, temporaries, count, pending);
  }

  template <typename D>
  bool Run(Slot* slot, const Way* device_ways, const std::vector<Way>& ways,
           const uint32_t temporaries[kWays], uint32_t count,
           Pending<D>* pending) {
    Portion<D>& p = pending->portion;
    Arena& arena = slot->device_arena;
    pending->row = arena.Take<uint32_t>(count);
    uint32_t* order[kWays];
    for (uint32_t*& list : order) list = arena.Take<uint32_t>(count);
    char* memory = arena.Take<char>(JoinBytes(count));
    if (arena.Short()) return Good(cudaErrorMemoryAllocation);
    const TapeBits bits = {p.tapes,
                           p.words,
                           reinterpret_cast<const uint64_t*>(p.constants),
                           reinterpret_cast<const uint64_t*>(p.integers),
                           device_ways,
                           p.first_word,
                           p.first_constant,
                           p.first_integer,
                           D::kParts,
                           count};
    uint32_t counts[kWays] = {};
    if (!Good(Join(bits, memory, pending->row, order, counts, slot->stream))) {
      return false;
    }
    for (size_t t = 0; t < ways.size(); ++t) {
      if (ways[t] == Way::kHost) pending->on_host.push_back(pending->first + t);
    }
    counts_.tapes += count;
    counts_.evaluated += counts[0] + counts[1] + counts[2];
    counts_.on_host += counts[2];
    return Good(cudaEventRecord(slot->begin, slot->stream)) &&
           Good(Launch(p, order[0], counts[0], temporaries[0], false,
                       slot->stream)) &&
           Good(Launch(p, order[1], counts[1], temporaries[1], true,
                       slot->stream)) &&
           Good(cudaEventRecord(slot->end, slot->stream));
  }

  template <typename T>
  bool Back(Slot* slot, const T* from, size_t count, const T** to) {
    T* staged = slot->pinned_arena.Take<T>(count);
    if (staged == nullptr) return Good(cudaErrorMemoryAllocation);
    *to = staged;
    return Good(cudaMemcpyAsync(staged, from, count * sizeof(T),
                                cudaMemcpyDeviceToHost, slot->stream));
  }

  template <typename D>
  bool Download(const LaneBatch<D>& batch, int k, Pending<D>* pending) {
    Slot& slot = slots_[k];
    const size_t count = pending->end - pending->first;
    // What was staged is on its way: the join has waited for it.
    slot.pinned_arena.Reset(slot.pinned, bytes_ / 2);
    if (!Back(&slot, pending->portion.scalars,
              count * batch.points() * D::kParts, &pending->scalars) ||
        !Back(&slot, pending->row, count, &pending->rows)) {
      return false;
    }
    return !kResidue<D> || Back(&slot, pending->portion.undefined,
                                count * batch.points(), &pending->undefined);
  }

  void KeepTime(const Slot& slot) {
    float ms = 0;
    if (cudaEventElapsedTime(&ms, slot.begin, slot.end) == cudaSuccess) {
      counts_.kernel_ms += static_cast<double>(ms);
    }
  }

  template <typename D>
  bool Finish(const LaneBatch<D>& batch, int k, Pending<D>* pending,
              LaneValues<D>* values) {
    if (!pending->busy) return true;
    // The host's share, while the device works.
    lanes::EvaluateSomeOnHost(batch, pending->on_host, values);
    if (!Good(cudaStreamSynchronize(slots_[k].stream))) return false;
    KeepTime(slots_[k]);
    const size_t points = batch.points(), width = points * D::kParts;
    std::vector<bool> done(pending->end - pending->first, false);
    for (size_t t : pending->on_host) done[t - pending->first] = true;
    for (size_t t = 0; t < done.size(); ++t) {
      if (done[t]) continue;
      const size_t row = pending->rows[t];
      std::copy_n(pending->scalars + row * width, width,
                  values->scalars.data() + (pending->first + t) * width);
      if (kResidue<D>) {
        std::copy_n(pending->undefined + row * points, points,
                    values->undefined.data() + (pending->first + t) * points);
      }
    }
    pending->busy = false;
    return true;
  }

  // Rows of the tapes that the host evaluates, for the tests on the device.
  template <typename D>
  bool PutHostRows(const LaneBatch<D>& batch, Pending<D>* pending) {
    if (pending->on_host.empty()) return true;
    LaneValues<D> values;
    values.Resize(batch.tapes().size(), batch.points());
    lanes::EvaluateSomeOnHost(batch, pending->on_host, &values);
    const size_t points = batch.points(), width = points * D::kParts;
    cudaStream_t stream = slots_[0].stream;
    for (size_t t : pending->on_host) {
      if (!Good(cudaMemcpyAsync(pending->portion.scalars + t * width,
                                values.scalars.data() + t * width,
                                width * sizeof(typename D::Scalar),
                                cudaMemcpyHostToDevice, stream))) {
        return false;
      }
      if (kResidue<D> &&
          !Good(cudaMemcpyAsync(pending->portion.undefined + t * points,
                                values.undefined.data() + t * points, points,
                                cudaMemcpyHostToDevice, stream))) {
        return false;
      }
    }
    return Good(cudaStreamSynchronize(stream));
  }

  template <typename D>
  bool RunTests(const std::vector<LanePair>& pairs, Pending<D>* pending,
                std::vector<PairTally>* tallies) {
    Slot& slot = slots_[0];
    const LanePair* asked = nullptr;
    const PairTally* answered = nullptr;
    slot.pinned_arena.Reset(slot.pinned, bytes_ / 2);
    PairTally* results = slot.device_arena.Take<PairTally>(pairs.size());
    if (results == nullptr) return Good(cudaErrorMemoryAllocation);
    if (!Upload(&slot, pairs.data(), pairs.size(), &asked) ||
        !Good(LaunchTests(pending->portion, pending->row, asked,
                          static_cast<uint32_t>(pairs.size()), results,
                          slot.stream)) ||
        !Good(cudaEventRecord(slot.end, slot.stream)) ||
        !Back(&slot, static_cast<const PairTally*>(results), pairs.size(),
              &answered) ||
        !Good(cudaStreamSynchronize(slot.stream))) {
      return false;
    }
    KeepTime(slot);
    tallies->assign(answered, answered + pairs.size());
    return true;
  }

  std::mutex mutex_;
  std::string name_;
  size_t bytes_ = 0;
  Slot slots_[2];
  DeviceCounts counts_;
  cudaError_t error_ = cudaSuccess;
};

Device::Device(std::unique_ptr<State> state) : state_(std::move(state)) {}
Device::~Device() = default;

std::unique_ptr<Device> Device::Open(const DeviceOptions& options,
                                     std::string* why) {
  auto state = std::make_unique<State>();
  if (!state->Open(options, why)) return nullptr;
  return std::unique_ptr<Device>(new Device(std::move(state)));
}

const std::string& Device::name() const { return state_->name(); }
DeviceCounts Device::counts() const { return state_->counts(); }

template <typename D>
bool Device::Evaluate(const LaneBatch<D>& batch, LaneValues<D>* values,
                      std::string* why) {
  return state_->Evaluate(batch, values, why);
}
template <typename D>
bool Device::Test(const LaneBatch<D>& batch, const std::vector<LanePair>& pairs,
                  std::vector<PairTally>* tallies, std::string* why) {
  return state_->Test(batch, pairs, tallies, why);
}

#define ASSAY_DEVICE(D)                                               \
  template bool Device::Evaluate(const LaneBatch<D>&, LaneValues<D>*, \
                                 std::string*);                       \
  template bool Device::Test(const LaneBatch<D>&,                     \
                             const std::vector<LanePair>&,            \
                             std::vector<PairTally>*, std::string*);
ASSAY_DEVICE(lanes::PlainDomain)
ASSAY_DEVICE(lanes::RealDomain)
ASSAY_DEVICE(lanes::ComplexDomain)
ASSAY_DEVICE(lanes::PrimeDomain<Mersenne61>)
ASSAY_DEVICE(lanes::PrimeDomain<Montgomery>)
ASSAY_DEVICE(lanes::QuadraticDomain<Mersenne61>)
ASSAY_DEVICE(lanes::QuadraticDomain<Montgomery>)
#undef ASSAY_DEVICE

}  // namespace assay::kernels::cuda
