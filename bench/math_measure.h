// What the programs that judge many pairs of answers measure and print.
//
//   const double start = ThreadCpuUs();
//   Report r = judge->Verify(sample, cancelled);
//   slowest.Add(ThreadCpuUs() - start, sample.id);
//   ++decided[DecidedBy(r)];   // "residue RESIDUE"
//
// Threads: a Slowest belongs to one thread.
#ifndef BENCH_MATH_MEASURE_H_
#define BENCH_MATH_MEASURE_H_

#include <sys/resource.h>
#include <time.h>

#include <string>
#include <string_view>
#include <variant>

#include "verifier/report.h"

namespace assay {

// CPU time of this thread, so that a busy machine makes no pair slow.
inline double ThreadCpuUs() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}

inline long PeakMemoryKib() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// The longest of the times that were added, and whose it was.
struct Slowest {
  double us = 0;
  std::string name;

  void Add(double one_us, std::string_view one_name) {
    if (one_us > us) *this = {one_us, std::string(one_name)};
  }
};

inline std::string_view ProofName(const Report& report) {
  constexpr std::string_view kNames[] = {
      "-", "IDENTICAL", "RESIDUE", "NUMERIC", "SAMPLED", "WITNESS", "FORM"};
  const MathEvidence* e = std::get_if<MathEvidence>(&report.evidence);
  return e == nullptr ? "-" : kNames[static_cast<int>(e->proof)];
}

inline std::string_view RungName(const Report& report) {
  const MathEvidence* e = std::get_if<MathEvidence>(&report.evidence);
  return e == nullptr || e->rung.empty() ? "-" : std::string_view(e->rung);
}

// The rung and the proof.
inline std::string DecidedBy(const Report& report) {
  std::string text(RungName(report));
  text += ' ';
  text += ProofName(report);
  return text;
}

}  // namespace assay

#endif  // BENCH_MATH_MEASURE_H_
