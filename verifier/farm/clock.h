// What time is it? Tests answer with a time of their own.
//
//   absl::Time now = SystemClock()->Now();
//
// Threads: Now may be called by any thread.
#ifndef VERIFIER_FARM_CLOCK_H_
#define VERIFIER_FARM_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace assay::farm {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The wall clock; lives for ever.
inline const Clock* SystemClock() {
  class System final : public Clock {
   public:
    absl::Time Now() const override { return absl::Now(); }
  };
  static const System* const system = new System;
  return system;
}

}  // namespace assay::farm

#endif  // VERIFIER_FARM_CLOCK_H_
