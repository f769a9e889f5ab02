#include "verifier/report.h"

namespace assay {

Report Report::For(const Sample& sample) {
  Report report;
  report.id = sample.id;
  report.ordinal = sample.ordinal;
  report.problem = sample.problem;
  report.source = sample.source;
  report.labels = sample.labels;
  return report;
}

void Report::Decide(Verdict decided, std::string why) {
  verdict = decided;
  cause = Cause::kUnspecified;
  reason = std::move(why);
  score.reset();
  if (HasScore(decided)) score = decided == Verdict::kAccepted ? 1.0 : 0.0;
}

void Report::Refuse(Cause why, std::string text) {
  verdict = Verdict::kNoVerdict;
  cause = why;
  reason = std::move(text);
  score.reset();
}

}  // namespace assay
