#include "verifier/math/fibers.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace assay::math {

struct Fibers::Fiber {
  enum class State { kFree, kReady, kWaiting };

  Fibers* owner = nullptr;
  size_t index = 0;  // Among the fibers.
  size_t body = 0;   // Which one runs here.
  State state = State::kFree;
  char* stack = nullptr;  // With its guard page in front.
  ucontext_t context = {};
  void* fake_stack = nullptr;  // The sanitizer's.
};

namespace {

constexpr size_t kKeptBytes = size_t{128} << 10;

size_t PageBytes() {
  static const size_t bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

char* MapStack() {
  const size_t bytes = Fibers::kStackBytes + PageBytes();
  void* memory =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, PageBytes(), PROT_NONE) != 0) {
    std::fputs("no memory for a fiber's stack\n", stderr);
    std::abort();
  }
  return static_cast<char*>(memory);
}

// Of a stack that nobody uses: what lies deeper than kKeptBytes.
void GiveBack(char* stack) {
  char* bottom = stack + PageBytes();
  const size_t bytes = Fibers::kStackBytes - kKeptBytes;
  unsigned char resident = 0;
  if (mincore(bottom + bytes - PageBytes(), PageBytes(), &resident) == 0 &&
      (resident & 1) != 0) {
    madvise(bottom, bytes, MADV_DONTNEED);
  }
}

}  // namespace

Fibers::Fibers(size_t count) {
  for (size_t i = 0; i < count; ++i) {
    fibers_.push_back(std::make_unique<Fiber>());
    Fiber& fiber = *fibers_.back();
    fiber.owner = this;
    fiber.index = i;
    fiber.stack = MapStack();
  }
}

Fibers::~Fibers() {
  for (const auto& fiber : fibers_) {
    munmap(fiber->stack, kStackBytes + PageBytes());
  }
}

size_t Fibers::current() const { return running_->index; }

// makecontext passes integers alone: the fiber in two halves.
void Fibers::Enter(unsigned high, unsigned low) {
  auto* fiber = reinterpret_cast<Fiber*>((uintptr_t{high} << 32) | low);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(nullptr, &fiber->owner->caller_stack_,
                                  &fiber->owner->caller_bytes_);
#endif
  (*fiber->owner->body_)(fiber->body);
  fiber->state = Fiber::State::kFree;
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(nullptr, fiber->owner->caller_stack_,
                                 fiber->owner->caller_bytes_);
#endif
  setcontext(&fiber->owner->caller_);
}

// The context of a body at its beginning.
void Fibers::Prepare(Fiber* fiber) {
  getcontext(&fiber->context);
  fiber->context.uc_stack.ss_sp = fiber->stack + PageBytes();
  fiber->context.uc_stack.ss_size = kStackBytes;
  fiber->context.uc_link = nullptr;
  const auto address = reinterpret_cast<uintptr_t>(fiber);
  makecontext(&fiber->context, reinterpret_cast<void (*)()>(&Enter), 2,
              static_cast<unsigned>(address >> 32),
              static_cast<unsigned>(address));
}

void Fibers::Resume(Fiber* fiber) {
  running_ = fiber;
#if defined(__SANITIZE_ADDRESS__)
  void* own = nullptr;
  __sanitizer_start_switch_fiber(&own, fiber->stack + PageBytes(), kStackBytes);
#endif
  swapcontext(&caller_, &fiber->context);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(own, nullptr, nullptr);
#endif
  running_ = nullptr;
}

void Fibers::Wait() {
  Fiber* fiber = running_;
  fiber->state = Fiber::State::kWaiting;
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(&fiber->fake_stack, caller_stack_,
                                 caller_bytes_);
#endif
  swapcontext(&fiber->context, &caller_);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fiber->fake_stack, &caller_stack_,
                                  &caller_bytes_);
#endif
}

void Fibers::Run(size_t bodies, absl::FunctionRef<void(size_t)> body,
                 absl::FunctionRef<void()> serve) {
  body_ = &body;
  size_t next = 0;
  while (true) {
    bool waiting = false;
    for (const auto& fiber : fibers_) {
      if (fiber->state == Fiber::State::kReady) Resume(fiber.get());
      // A body that ends without waiting leaves its fiber to the next one.
      while (fiber->state == Fiber::State::kFree && next < bodies) {
        fiber->body = next++;
        Prepare(fiber.get());
        Resume(fiber.get());
      }
      waiting |= fiber->state == Fiber::State::kWaiting;
    }
    if (!waiting) break;
    serve();
    for (const auto& fiber : fibers_) {
      if (fiber->state == Fiber::State::kWaiting) {
        fiber->state = Fiber::State::kReady;
      }
    }
  }
  body_ = nullptr;
  // One deep body must not hold its memory for good.
  for (const auto& fiber : fibers_) GiveBack(fiber->stack);
}

}  // namespace assay::math
