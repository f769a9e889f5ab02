#include "verifier/math/explain.h"

#include <cmath>
#include <utility>

#include "verifier/math/parse.h"

namespace assay::math {
namespace {

std::string_view ProofName(Proof proof) {
  switch (proof) {
    case Proof::kIdentical:
      return "IDENTICAL";
    case Proof::kResidue:
      return "RESIDUE";
    case Proof::kNumeric:
      return "NUMERIC";
    case Proof::kSampled:
      return "SAMPLED";
    case Proof::kWitness:
      return "WITNESS";
    case Proof::kForm:
      return "FORM";
    default:
      return "no proof";
  }
}

}  // namespace

std::string Clipped(std::string_view text) {
  constexpr size_t kBytesMax = 4096;
  if (text.size() <= kBytesMax) return std::string(text);
  size_t end = kBytesMax;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

void Explanation::Line(std::string line) {
  if (!wanted_) return;
  FlushTrace();
  if (lines_.size() < kLinesMax) lines_.push_back(std::move(line));
}

void Explanation::FlushTrace() {
  for (std::string& line : trace_) {
    if (lines_.size() < kLinesMax) lines_.push_back("  " + Clipped(line));
  }
  trace_.clear();
}

// Indented below its title, a line a line.
void Explanation::Block(std::string_view title, std::string_view text) {
  if (!wanted_) return;
  Line(std::string(title));
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    Line("  " + Clipped(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Explanation::Question(std::string_view text) {
  if (wanted_ && !text.empty()) Block("question", text);
}

void Explanation::Answer(const Extraction& answer) {
  if (!wanted_) return;
  if (!answer.found) {
    Line("answer  none found");
    return;
  }
  Block("answer  by " + answer.mark + ", bytes " +
            std::to_string(answer.begin_bytes) + " to " +
            std::to_string(answer.end_bytes),
        answer.text);
}

void Explanation::Gold(const Extraction& gold) {
  if (!wanted_) return;
  if (!gold.found) {
    Line("gold    none found");
    return;
  }
  Block("gold    by " + gold.mark, gold.text);
}

void Explanation::Reading(const math::Reading& reading) {
  if (!wanted_) return;
  const std::string how =
      reading.note.empty() ? std::string() : " (" + reading.note + ")";
  Block("gold reads" + how, Outline(*reading.gold));
  Block("answer reads" + how, Outline(*reading.answer));
  Line("ladder");
}

void Explanation::Found(const Finding& f) {
  if (!wanted_) return;
  std::string line = f.equal()       ? "equal"
                     : f.different() ? "different"
                                     : "undecided";
  line += ", " + std::string(ProofName(f.proof));
  if (!f.rung.empty()) line += " at rung " + std::string(f.rung);
  if (f.proof == Proof::kResidue) {
    line += ", wrong with probability below 2^" +
            std::to_string(static_cast<int>(std::ceil(f.error_bound_log2)));
  }
  if (!f.reason.empty()) line += ": " + f.reason;
  Line(std::move(line));
  if (f.witness) {
    if (!f.witness->point.empty()) Line("  at     " + f.witness->point);
    Line("  gold   " + Clipped(f.witness->gold_value));
    Line("  answer " + Clipped(f.witness->answer_value));
  }
  for (const std::string& note : f.notes) Line("  policy " + note);
}

std::vector<std::string> Explanation::Take() {
  FlushTrace();
  return std::move(lines_);
}

}  // namespace assay::math
