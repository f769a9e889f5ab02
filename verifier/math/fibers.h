// Many bodies on one thread, each of which may stop until all that stopped
// are served together: how pairs wait for one batch without a thread a pair.
//
//   Fibers fibers(256);
//   fibers.Run(1000,
//              [&](size_t i) { ...; fibers.Wait(); ... },   // On its stack.
//              [&] { /* serve all that wait */ });          // On the caller's.
//
// At most `count` bodies are under way at a time; where all of them wait, or
// none is left to start, `serve` is called once and they go on. So `serve` is
// called as often as the body that waits most, not as often as bodies wait.
//
// Bounds: `count` stacks of kStackBytes each, with a page below that faults.
// Only what is touched takes memory; what a body used beyond 128 KiB is given
// back when Run returns.
// Errors: bodies must not throw; the program ends where memory for stacks is
// refused, as it does where a thread's is.
// Threads: one. What a body keeps in thread-local storage across Wait is lost.
#ifndef VERIFIER_MATH_FIBERS_H_
#define VERIFIER_MATH_FIBERS_H_

#include <ucontext.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"

namespace assay::math {

class Fibers {
 public:
  // As much as a thread has: what bodies may need is bounded for threads.
  static constexpr size_t kStackBytes = size_t{8} << 20;

  explicit Fibers(size_t count);
  ~Fibers();
  Fibers(const Fibers&) = delete;
  Fibers& operator=(const Fibers&) = delete;

  size_t count() const { return fibers_.size(); }
  // body(i) for each i below `bodies`; returns when all have ended.
  void Run(size_t bodies, absl::FunctionRef<void(size_t)> body,
           absl::FunctionRef<void()> serve);
  // From a body alone.
  void Wait();
  // Whether a body runs now, and which of the `count` fibers it has.
  bool inside() const { return running_ != nullptr; }
  size_t current() const;

 private:
  struct Fiber;

  static void Enter(unsigned high, unsigned low);
  void Prepare(Fiber* fiber);
  void Resume(Fiber* fiber);

  std::vector<std::unique_ptr<Fiber>> fibers_;
  Fiber* running_ = nullptr;
  ucontext_t caller_ = {};
  absl::FunctionRef<void(size_t)>* body_ = nullptr;
  // For the sanitizer, which has to know the caller's stack.
  const void* caller_stack_ = nullptr;
  size_t caller_bytes_ = 0;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_FIBERS_H_
