#include "verifier/math/candidates.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "verifier/math/order_guard.h"
#include "verifier/math/parse.h"
#include "verifier/math/parts.h"
#include "verifier/math/permutations.h"
#include "verifier/math/prose.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/spelled_alike.h"
#include "verifier/math/spoken_labels.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

using Comma = ParseOptions::Comma;

const Expr* Read(std::string_view text, Comma comma, Arena* arena) {
  ParseOptions options;
  options.comma = comma;
  absl::StatusOr<const Expr*> e = Parse(text, options, arena);
  return e.ok() ? *e : nullptr;
}

// "\text{The maximum is } 5" as its words; empty where no \text begins it.
std::string Unwrapped(std::string_view text) {
  constexpr std::string_view kText = "\\text{";
  constexpr size_t kBytesMax = 200;
  if (text.substr(0, kText.size()) != kText || text.size() > kBytesMax) {
    return "";
  }
  const size_t close = text.find_first_of("{}\\$", kText.size());
  if (close == text.npos || text[close] != '}') return "";
  std::string words(text.substr(kText.size(), close - kText.size()));
  words += ' ';
  words += text.substr(close + 1);
  return words;
}

const Expr* AsWords(std::string_view text, Arena* arena) {
  Expr* e = arena->New(Kind::kText);
  if (e == nullptr) return nullptr;
  e->text = arena->Copy(text);
  e->end_bytes = static_cast<uint32_t>(text.size());
  return e;
}

// "(1, 2, 3) and its permutations", whose words are no mathematics; null for
// other texts.
const Expr* ReadPermuted(std::string_view text, Arena* arena) {
  Permuted how;
  const std::string_view head = PermutedHead(text, &how);
  if (how == Permuted::kNo) return nullptr;
  const Expr* e = Read(head, Comma::kThousands, arena);
  return e == nullptr ? nullptr : WithPermutations(*e, how, arena);
}

// As mathematics, or the value of a sentence; null where there is neither.
const Expr* ReadSide(std::string_view text, Arena* arena) {
  // Three letters, and no product.
  if (text == "DNE" || text == "dne") return AsWords(text, arena);
  // "all reals but x = 1" is no equation.
  constexpr std::string_view kAll = "all real";
  const bool all = text.substr(0, 16).find(kAll) != text.npos;
  std::string value = all ? ValueOfProse(text) : "";
  const Expr* e = Read(text, Comma::kThousands, arena);
  if (e == nullptr || e->contents.Has(Kind::kText)) {
    if (const Expr* list = ReadPermuted(text, arena)) return list;
    if (text.size() <= kProseBytesMax &&
        !BoundInWords(NormalizedWords(text)).empty()) {
      return AsWords(text, arena);
    }
  }
  if (e != nullptr && e->kind != Kind::kText && value.empty()) return e;
  if (!all) value = ValueOfProse(text);
  if (value.empty()) {
    if (const std::string spoken = WithSpokenLabels(text); !spoken.empty()) {
      const Expr* said = Read(arena->Copy(spoken), Comma::kThousands, arena);
      if (said != nullptr && said->kind != Kind::kText) return said;
    }
  }
  if (value.empty() && e == nullptr) {
    const std::string words = Unwrapped(text);
    if (!words.empty()) {
      value = ValueOfProse(words);
      if (value.empty()) value = words;
    }
  }
  if (value.empty()) return e;
  const Expr* inner = Read(arena->Copy(value), Comma::kThousands, arena);
  const bool says = inner != nullptr && inner->kind != Kind::kText &&
                    !inner->contents.Has(Kind::kText);
  return says ? inner : e;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A comma between digits, where readings can differ.
bool HasDigitComma(std::string_view text) {
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == ',' && IsDigit(text[i - 1]) && IsDigit(text[i + 1])) {
      return true;
    }
  }
  return false;
}

bool HasAmbiguousComma(const Expr& e) {
  return Contains(e, [](const Expr& x) {
    return x.number != nullptr && x.number->ambiguous_comma;
  });
}

// A lone decimal: "1,22" read as 1.22.
bool IsLoneDecimal(const Expr& e) {
  const Expr* x =
      e.kind == Kind::kNegate || e.kind == Kind::kQuantity ? &e.child(0) : &e;
  return x->kind == Kind::kNumber && x->number->has_point;
}

// 1.234, as 1,234 would be read: no other number of digits.
bool IsLikeGroups(const Expr& e) {
  const Expr& x =
      e.kind == Kind::kNegate || e.kind == Kind::kQuantity ? e.child(0) : e;
  return IsLoneDecimal(e) && x.number != nullptr &&
         x.number->fraction_digits == 3;
}

// "1,5" is a list of two as well as a decimal; "0,5" is not.
bool MayBeList(std::string_view text) {
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != ',' || !IsDigit(text[i - 1]) || !IsDigit(text[i + 1])) {
      continue;
    }
    const bool one_digit = i + 2 >= text.size() || !IsDigit(text[i + 2]);
    const bool zero = text[i - 1] == '0' && (i < 2 || !IsDigit(text[i - 2]));
    if (one_digit && !zero) return true;
  }
  return false;
}

// "1,000": nobody writes a list of 1 and 000.
bool HasPaddedItem(std::string_view text) {
  for (size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] == ',' && IsDigit(text[i - 1]) && text[i + 1] == '0' &&
        IsDigit(text[i + 2])) {
      return true;
    }
  }
  return false;
}

// Words with at least one letter; not the wreck of a formula.
bool IsProse(std::string_view text) {
  constexpr std::string_view kText = "\\text{";
  if (text.starts_with(kText) && text.ends_with('}')) {
    text.remove_prefix(kText.size());
  }
  size_t letters = 0, signs = 0;
  for (char c : text) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
    letters += letter ? 1 : 0;
    signs += c == '\\' || c == '{' || c == '}' || c == '^' || c == '_' ||
                     c == '=' || c == '!'
                 ? 1
                 : 0;
  }
  return letters >= 2 && letters > 4 * signs;
}

}  // namespace

std::vector<Reading> Readings(std::string_view gold, std::string_view answer,
                              Arena* arena, Fault* fault) {
  *fault = Fault::kNone;
  std::vector<Reading> readings;
  if (const auto spelled = SpelledAlike(gold, answer)) {
    const Expr* g = AsWords(spelled->first, arena);
    const Expr* a = AsWords(spelled->second, arena);
    if (g != nullptr && a != nullptr) readings.push_back({g, a, ""});
    return readings;
  }
  const std::string numbers[] = {StatementNumbers(gold),
                                 StatementNumbers(answer)};
  if (!numbers[0].empty()) gold = arena->Copy(numbers[0]);
  if (!numbers[1].empty()) answer = arena->Copy(numbers[1]);
  const bool others =
      gold.size() <= kProseBytesMax && answer.size() <= kProseBytesMax &&
      (SpeakOfOthers(gold, answer) || ConnectivesDiffer(gold, answer));
  const Expr* g = others ? AsWords(gold, arena) : ReadSide(gold, arena);
  const Expr* a = others ? AsWords(answer, arena) : ReadSide(answer, arena);
  // "B. 12" beside 12, and never beside "C. 12".
  if (g == nullptr || a == nullptr) {
    const std::string_view named[] = {OptionText(gold), OptionText(answer)};
    if (g == nullptr && !named[0].empty() && named[1].empty()) {
      g = ReadSide(named[0], arena);
    } else if (a == nullptr && !named[1].empty() && named[0].empty()) {
      a = ReadSide(named[1], arena);
    }
  }
  if (g == nullptr) {
    if (!IsProse(gold)) *fault = Fault::kGold;
    g = AsWords(gold, arena);
  }
  if (a == nullptr) {
    // Two texts that do not parse are compared as words; an answer in ruins
    // against a formula is no answer.
    if (!IsProse(answer) && *fault == Fault::kNone) *fault = Fault::kAnswer;
    a = AsWords(answer, arena);
  }
  if (g == nullptr || a == nullptr) return readings;
  readings.push_back({g, a, ""});
  if (*fault != Fault::kNone) return readings;
  // So long a text is a list, read once.
  constexpr size_t kBytesMax = 8192;
  if (gold.size() + answer.size() > kBytesMax) return readings;
  const bool gold_open = HasDigitComma(gold);
  const bool answer_open = HasDigitComma(answer);
  if (!gold_open && !answer_open) return readings;
  const Expr* gd = gold_open ? Read(gold, Comma::kDecimal, arena) : g;
  const Expr* ad = answer_open ? Read(answer, Comma::kDecimal, arena) : a;
  // In brackets it is a pair.
  const bool brackets = gold.find_first_of("([") != gold.npos ||
                        answer.find_first_of("([") != answer.npos;
  // The gold fixes the reading: 1,234 is a number of thousands.
  const bool thousands = gold_open && (HasAmbiguousComma(*g) ||
                                       (answer_open && HasAmbiguousComma(*a)));
  // "1,000" is 1.000 beside a decimal alone, never beside 1.
  const bool grouped = (answer_open && !gold_open && HasAmbiguousComma(*a) &&
                        !IsLikeGroups(*g)) ||
                       (gold_open && !answer_open && HasAmbiguousComma(*g) &&
                        !IsLikeGroups(*a)) ||
                       HasPaddedItem(gold) != HasPaddedItem(answer);
  const bool decimal = !brackets && !grouped && !thousands && gd != nullptr &&
                       ad != nullptr && (!gold_open || IsLoneDecimal(*gd)) &&
                       (!answer_open || IsLoneDecimal(*ad));
  if (decimal) {
    // A gold that is a decimal fixes how the answer's comma is read.
    readings.push_back({gd, ad, "comma read as decimal", MayBeList(gold)});
  }
  // "1,234" as two items: where the other side is a list.
  const bool list = g->kind == Kind::kList || a->kind == Kind::kList ||
                    g->kind == Kind::kSet || a->kind == Kind::kSet;
  const bool padded = HasPaddedItem(gold) || HasPaddedItem(answer);
  if (list && !padded && (HasAmbiguousComma(*g) || HasAmbiguousComma(*a))) {
    const Expr* gs = Read(gold, Comma::kSeparator, arena);
    const Expr* as = Read(answer, Comma::kSeparator, arena);
    if (gs != nullptr && as != nullptr) {
      readings.push_back({gs, as, "comma read as separator"});
    }
  }
  return readings;
}

}  // namespace assay::math
