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

constexpr size_t kTitleWidth = 10;

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

// "residue: match" with the rung in a column of its own.
void Explanation::FlushTrace() {
  constexpr size_t kRungWidth = 11;
  for (const std::string& line : trace_) {
    if (lines_.size() >= kLinesMax) break;
    const size_t colon = line.find(": ");
    std::string shown = "  ";
    if (colon < kRungWidth) {
      shown += line.substr(0, colon);
      shown.append(kRungWidth - colon, ' ');
      shown += Clipped(std::string_view(line).substr(colon + 2));
    } else {
      shown += Clipped(line);
    }
    lines_.push_back(std::move(shown));
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

void Explanation::Extracted(std::string_view side, const Extraction& x) {
  if (!wanted_) return;
  std::string title(side);
  title.append(kTitleWidth - side.size(), ' ');
  if (!x.found) {
    Line(title + "none found");
    return;
  }
  const std::string how = "   (" + x.mark + ", bytes " +
                          std::to_string(x.begin_bytes) + " to " +
                          std::to_string(x.end_bytes) + ")";
  if (x.text.size() <= 80 && x.text.find('\n') == std::string::npos) {
    Line(title + x.text + how);
    return;
  }
  Block(title + how.substr(3), x.text);
}

void Explanation::Answer(const Extraction& answer) {
  Extracted("answer", answer);
}

void Explanation::Gold(const Extraction& gold) {
  Line("");
  Extracted("gold", gold);
}

void Explanation::Reading(const math::Reading& reading) {
  if (!wanted_) return;
  const std::string how =
      reading.note.empty() ? std::string() : "   (" + reading.note + ")";
  Line("");
  Block("gold reads" + how, Drawing(*reading.gold));
  Block("answer reads" + how, Drawing(*reading.answer));
  Line("");
  Line("rungs");
}

void Explanation::Found(const Finding& f) {
  if (!wanted_) return;
  std::string line = f.equal()       ? "= equal"
                     : f.different() ? "# different"
                                     : "? undecided";
  line += ", " + std::string(ProofName(f.proof));
  if (!f.rung.empty()) line += " at rung " + std::string(f.rung);
  if (f.proof == Proof::kResidue) {
    line += ", wrong with probability below 2^" +
            std::to_string(static_cast<int>(std::ceil(f.error_bound_log2)));
  }
  if (!f.reason.empty()) line += ": " + f.reason;
  FlushTrace();
  Line("");
  Line(std::move(line));
  if (f.witness) {
    if (!f.witness->point.empty()) Line("  at       " + f.witness->point);
    Line("  gold     " + Clipped(f.witness->gold_value));
    Line("  answer   " + Clipped(f.witness->answer_value));
  }
  for (const std::string& note : f.notes) Line("  policy   " + note);
}

std::vector<std::string> Explanation::Take() {
  FlushTrace();
  return std::move(lines_);
}

}  // namespace assay::math
