#include "clients/cli/words.h"

#include <array>
#include <utility>

namespace assay::cli {
namespace {

constexpr std::array<std::string_view, 12> kCodes = {
    "--", "AC", "WA", "NA", "CE", "RE", "TL", "ML", "OL", "SV", "UD", "NV"};

// Words that data sets use beside ours.
constexpr std::pair<std::string_view, v1::Verdict> kOtherNames[] = {
    {"TLE", v1::VERDICT_TIME_LIMIT},
    {"MLE", v1::VERDICT_MEMORY_LIMIT},
    {"OLE", v1::VERDICT_OUTPUT_LIMIT},
    {"SECURITY", v1::VERDICT_SECURITY_VIOLATION},
};

std::string WithoutPrefix(const std::string& name, std::string_view prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

// Calls `use` with each alternative until it answers true.
template <typename Use>
bool AnyAlternative(std::string_view text, Use use) {
  while (!text.empty()) {
    const size_t end = text.find_first_of("|,");
    std::string_view word = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty() && use(word)) return true;
  }
  return false;
}

std::optional<bool> MeetsOne(std::string_view word, v1::Verdict verdict) {
  if (word == "PASS") return verdict == v1::VERDICT_ACCEPTED;
  if (word == "FAIL") {
    return IsJudged(verdict) && verdict != v1::VERDICT_ACCEPTED;
  }
  const std::optional<v1::Verdict> named = ParseVerdict(word);
  if (!named) return std::nullopt;
  return *named == verdict;
}

}  // namespace

std::string VerdictName(v1::Verdict verdict) {
  return WithoutPrefix(v1::Verdict_Name(verdict), "VERDICT_");
}

std::string_view VerdictCode(v1::Verdict verdict) {
  const auto index = static_cast<size_t>(verdict);
  return index < kCodes.size() ? kCodes[index] : kCodes[0];
}

std::string CauseName(v1::Cause cause) {
  return WithoutPrefix(v1::Cause_Name(cause), "CAUSE_");
}

std::string IntegrityName(v1::Integrity integrity) {
  return WithoutPrefix(v1::Integrity_Name(integrity), "INTEGRITY_");
}

std::optional<v1::Verdict> ParseVerdict(std::string_view text) {
  for (size_t i = 1; i < kCodes.size(); ++i) {
    if (text == kCodes[i]) return static_cast<v1::Verdict>(i);
  }
  for (const auto& [name, verdict] : kOtherNames) {
    if (text == name) return verdict;
  }
  v1::Verdict verdict;
  const std::string name(text);
  if (v1::Verdict_Parse(name, &verdict) ||
      v1::Verdict_Parse("VERDICT_" + name, &verdict)) {
    if (verdict != v1::VERDICT_UNSPECIFIED) return verdict;
  }
  return std::nullopt;
}

bool IsJudged(v1::Verdict verdict) {
  return verdict != v1::VERDICT_UNSPECIFIED &&
         verdict != v1::VERDICT_UNDECIDED && verdict != v1::VERDICT_NO_VERDICT;
}

bool IsOurs(v1::Cause cause) {
  return cause == v1::CAUSE_HOST || cause == v1::CAUSE_BROKER ||
         cause == v1::CAUSE_POISON || cause == v1::CAUSE_CANCELLED;
}

std::optional<bool> Meets(std::string_view expected, v1::Verdict verdict) {
  bool readable = false;
  const bool met = AnyAlternative(expected, [&](std::string_view word) {
    const std::optional<bool> one = MeetsOne(word, verdict);
    readable = readable || one.has_value();
    return one.value_or(false);
  });
  if (!readable) return std::nullopt;
  return met;
}

std::optional<bool> ExpectsPass(std::string_view expected) {
  const std::optional<bool> pass = Meets(expected, v1::VERDICT_ACCEPTED);
  if (!pass) return std::nullopt;
  const bool other = AnyAlternative(expected, [](std::string_view word) {
    return !MeetsOne(word, v1::VERDICT_ACCEPTED).value_or(false);
  });
  return *pass && !other;
}

}  // namespace assay::cli
