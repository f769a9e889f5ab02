#include <algorithm>

#include "verifier/math/lexer.h"

namespace assay::math {
namespace {

constexpr int64_t kExponentMax = 999999999;
// More groups than this are items of a list.
constexpr size_t kGroupsMax = 128;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Scans one literal; `skips_` says whether separators stand between digits.
class NumberScanner {
 public:
  NumberScanner(std::string_view text, size_t at, const NumberContext& context)
      : text_(text), begin_(at), at_(at), context_(context) {}

  bool Scan(Arena* arena, Number* number, size_t* end);

 private:
  char Peek(size_t offset = 0) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }
  bool StartsWith(size_t at, std::string_view s) const {
    return text_.compare(at, s.size(), s) == 0;
  }
  size_t DigitsAt(size_t at) const {
    size_t n = at;
    while (n < text_.size() && IsDigit(text_[n])) ++n;
    return n - at;
  }
  size_t SeparatorAt(size_t at, char* kind) const;
  bool HasTwoDots(size_t at) const;
  void ScanInteger();
  bool GroupsHold(size_t at, char kind) const;
  void ScanFraction();
  void ScanRepeating();
  void ScanDots();
  size_t DottedDigit(size_t at) const;
  void ScanEllipsis();
  void ScanExponent();

  std::string_view text_;
  size_t begin_;
  size_t at_;
  const NumberContext& context_;
  size_t integer_digits_ = 0;
  uint32_t fraction_digits_ = 0;
  uint32_t repeating_digits_ = 0;
  int64_t exponent_ = 0;
  bool has_point_ = false;
  bool grouped_ = false;
  bool ambiguous_ = false;
  bool skips_ = false;
  size_t digits_end_ = 0;
};

// 1.000.000: a second point makes the first no decimal one.
bool NumberScanner::HasTwoDots(size_t at) const {
  auto group = [this](size_t dot) {
    return dot < text_.size() && text_[dot] == '.' && DigitsAt(dot + 1) == 3;
  };
  if (!group(at)) return false;
  return group(at + 4) || (at >= 4 && group(at - 4) && at - 4 >= begin_ + 1);
}

// Length of a group separator at `at`, 0 for none. kind: ',' plain comma,
// '{' explicit comma, ' ' a space, '\'' an apostrophe, '_', '.'.
size_t NumberScanner::SeparatorAt(size_t at, char* kind) const {
  if (at >= text_.size()) return 0;
  switch (text_[at]) {
    case ',': {
      size_t end = at + 1;
      *kind = ',';
      while (StartsWith(end, "\\!") ||
             (end > at + 1 && end < text_.size() && text_[end] == ' ')) {
        end += text_[end] == ' ' ? 1 : 2;
        *kind = '{';
      }
      return end - at;
    }
    case '{':
      *kind = '{';
      if (StartsWith(at, "{,}\\!")) return 5;
      if (StartsWith(at, "{,}")) return 3;
      if (StartsWith(at, "{, }") || StartsWith(at, "{ ,}")) return 4;
      if (StartsWith(at, "{ }") || StartsWith(at, "{~}")) return 3;
      return 0;
    case '\\':
      *kind = ' ';
      if (StartsWith(at, "\\,") || StartsWith(at, "\\ ") ||
          StartsWith(at, "\\;") || StartsWith(at, "\\:") ||
          StartsWith(at, "\\!")) {
        return 2;
      }
      if (StartsWith(at, "\\thinspace ")) return 11;
      return 0;
    case ' ':
    case '~':
      if (StartsWith(at + 1, "{,") || StartsWith(at + 1, "{ ,")) {
        const size_t length = SeparatorAt(at + 1, kind);
        return length == 0 ? 0 : length + 1;
      }
      *kind = ' ';
      return 1;
    case '\'':
      *kind = '\'';
      return 1;
    case '_':
      *kind = '_';
      return 1;
    case '.':
      *kind = '.';
      return context_.comma == ParseOptions::Comma::kDecimal || HasTwoDots(at)
                 ? 1
                 : 0;
    default:
      return 0;
  }
}

// Whether all groups from the separator at `at` on hold three digits each.
bool NumberScanner::GroupsHold(size_t at, char kind) const {
  for (size_t groups = 0; groups < kGroupsMax; ++groups) {
    char next_kind = 0;
    const size_t length = SeparatorAt(at, &next_kind);
    if (length == 0 || next_kind != kind) return true;
    const size_t digits = DigitsAt(at + length);
    if (digits == 0) return true;
    if (digits != 3) return false;
    at += length + 3;
  }
  return false;
}

void NumberScanner::ScanInteger() {
  const size_t first = DigitsAt(at_);
  at_ += first;
  integer_digits_ = first;
  if (first == 0 || first > 3 || text_[begin_] == '0') return;
  char kind = 0;
  size_t groups = 0;
  while (true) {
    char next_kind = 0;
    const size_t length = SeparatorAt(at_, &next_kind);
    if (length == 0 || DigitsAt(at_ + length) != 3) break;
    if (next_kind == ',' &&
        (context_.comma != ParseOptions::Comma::kThousands ||
         !context_.plain_commas_group)) {
      break;
    }
    if (groups == 0) {
      if (!GroupsHold(at_, next_kind)) break;
      kind = next_kind;
    } else if (next_kind != kind && !(kind == ',' && next_kind == '{') &&
               !(kind == '{' && next_kind == ',')) {
      break;
    }
    at_ += length + 3;
    integer_digits_ += 3;
    ++groups;
  }
  grouped_ = groups > 0;
  skips_ = grouped_;
  ambiguous_ = groups == 1 && kind == ',';
}

void NumberScanner::ScanFraction() {
  size_t point = 0;
  if (Peek() == '.' &&
      (IsDigit(Peek(1)) || StartsWith(at_ + 1, "\\overline") ||
       StartsWith(at_ + 1, "\\bar") || DottedDigit(at_ + 1) != 0 ||
       (Peek(1) == '(' && IsDigit(Peek(2))))) {
    point = 1;
  } else if (Peek() == ',' && IsDigit(Peek(1)) &&
             (context_.comma == ParseOptions::Comma::kDecimal ||
              (context_.comma == ParseOptions::Comma::kThousands &&
               context_.plain_commas_group && !grouped_ &&
               text_[begin_] == '0' && integer_digits_ == 1 &&
               DigitsAt(at_ + 1) >= 1 && context_.only_comma))) {
    point = 1;
    ambiguous_ = true;
  } else if (StartsWith(at_, "{,}") && IsDigit(Peek(3)) && !grouped_) {
    point = 3;
  }
  if (point == 0) return;
  has_point_ = true;
  ambiguous_ = ambiguous_ && !grouped_;
  at_ += point;
  if (point > 1 || integer_digits_ > 0) skips_ = true;
  const size_t digits = DigitsAt(at_);
  fraction_digits_ = static_cast<uint32_t>(digits);
  at_ += digits;
  digits_end_ = at_;
  ScanRepeating();
}

void NumberScanner::ScanRepeating() {
  size_t open = 0;
  if (StartsWith(at_, "\\dot")) {
    ScanDots();
    return;
  }
  for (std::string_view mark : {"\\overline{", "\\bar{", "("}) {
    if (StartsWith(at_, mark)) open = mark.size();
  }
  if (open == 0) {
    ScanEllipsis();
    return;
  }
  const size_t digits = DigitsAt(at_ + open);
  const size_t close = at_ + open + digits;
  if (digits == 0 || close >= text_.size()) return;
  if (text_[close] != (text_[at_] == '(' ? ')' : '}')) return;
  repeating_digits_ = static_cast<uint32_t>(digits);
  fraction_digits_ += repeating_digits_;
  at_ = close + 1;
  digits_end_ = close;
  skips_ = true;
}

// The end of \dot{3}, \dot3 or \dot 3 at `at`; 0 for none.
size_t NumberScanner::DottedDigit(size_t at) const {
  constexpr std::string_view kDot = "\\dot";
  if (!StartsWith(at, kDot)) return 0;
  at += kDot.size();
  const bool brace = at < text_.size() && text_[at] == '{';
  if (brace || (at < text_.size() && text_[at] == ' ')) ++at;
  if (DigitsAt(at) < 1 || (brace && DigitsAt(at) != 1)) return 0;
  ++at;
  if (!brace) return at;
  return at < text_.size() && text_[at] == '}' ? at + 1 : 0;
}

// Dots stand over the first and the last digit that repeat: 0.1\dot{2}3\dot{4}.
void NumberScanner::ScanDots() {
  const size_t first = DottedDigit(at_);
  if (first == 0) return;
  const size_t between = DigitsAt(first);
  const size_t last = DottedDigit(first + between);
  repeating_digits_ = 1;
  at_ = first;
  if (last != 0) {
    repeating_digits_ = static_cast<uint32_t>(between) + 2;
    at_ = last;
  }
  fraction_digits_ += repeating_digits_;
  digits_end_ = at_;
  skips_ = true;
}

// "0.1666...": the shortest block that stands at least twice (three times
// where it is one digit) at the end repeats.
void NumberScanner::ScanEllipsis() {
  size_t dots = 0;
  for (std::string_view mark : {"...", "\\ldots", "\\dots", "\\cdots"}) {
    if (StartsWith(at_, mark)) dots = mark.size();
  }
  if (dots == 0 || fraction_digits_ < 3) return;
  const size_t fraction_begin = at_ - fraction_digits_;
  for (size_t block = 1; block <= 12 && block * 2 <= fraction_digits_;
       ++block) {
    const size_t times = block == 1 ? 3 : 2;
    if (block * times > fraction_digits_) continue;
    const std::string_view last = text_.substr(at_ - block, block);
    bool all = true;
    for (size_t k = 2; k <= times; ++k) {
      all = all && at_ - block * k >= fraction_begin &&
            text_.substr(at_ - block * k, block) == last;
    }
    if (!all) continue;
    repeating_digits_ = static_cast<uint32_t>(block);
    at_ += dots;
    return;
  }
}

void NumberScanner::ScanExponent() {
  if (Peek() != 'e' && Peek() != 'E') return;
  size_t at = at_ + 1;
  bool negative = false;
  if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) {
    negative = text_[at] == '-';
    ++at;
  }
  const size_t digits = DigitsAt(at);
  if (digits == 0 || digits > 9) return;
  const char after = at + digits < text_.size() ? text_[at + digits] : ' ';
  if ((after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z')) return;
  int64_t value = 0;
  for (size_t i = 0; i < digits; ++i)
    value = value * 10 + (text_[at + i] - '0');
  exponent_ = std::min(value, kExponentMax) * (negative ? -1 : 1);
  at_ = at + digits;
}

bool NumberScanner::Scan(Arena* arena, Number* number, size_t* end) {
  ScanInteger();
  digits_end_ = at_;
  ScanFraction();
  if (repeating_digits_ == 0) ScanExponent();
  *end = at_;
  std::string_view digits = text_.substr(begin_, digits_end_ - begin_);
  if (!IsDigit(digits.front())) skips_ = true;
  if (skips_) {
    char* copy = arena->AllocateBytes(digits.size());
    if (copy == nullptr) return false;
    size_t count = 0;
    for (char c : digits) {
      if (IsDigit(c)) copy[count++] = c;
    }
    digits = std::string_view(copy, count);
  }
  number->digits = digits;
  number->fraction_digits = fraction_digits_;
  number->repeating_digits = repeating_digits_;
  number->exponent = exponent_;
  number->has_point = has_point_;
  number->grouped = grouped_;
  number->ambiguous_comma = ambiguous_;
  return true;
}

}  // namespace

size_t ScanNumber(std::string_view text, size_t at,
                  const NumberContext& context, Arena* arena, Number* number) {
  size_t end = 0;
  NumberScanner scanner(text, at, context);
  return scanner.Scan(arena, number, &end) ? end : 0;
}

}  // namespace assay::math
