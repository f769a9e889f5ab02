#include "verifier/math/spelled_alike.h"

#include <cstdint>

#include "verifier/math/clock.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What the kinds below are made of, so that most texts are looked at once.
constexpr uint8_t kDigit = 1, kDash = 2, kLetter = 4;

// 0 where a sign stands that none of the kinds has.
uint8_t SignsOf(std::string_view text) {
  constexpr size_t kBytesMax = 60;
  if (text.size() > kBytesMax) return 0;
  uint8_t signs = 0;
  for (char c : text) {
    if (IsDigit(c)) {
      signs |= kDigit;
    } else if (c == '-' || c == '/' || (c & 0x80) != 0) {
      signs |= kDash;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      signs |= kLetter;
    } else if (c == '^' || c == '_' || c == '=' || c == '+' || c == '*' ||
               c == '|' || c == '<' || c == '>' || c == '(' || c == '[') {
      return 0;
    }
  }
  return signs;
}

// "June 5th, 2020" in one spelling; empty for other texts.
std::string SpokenDate(std::string_view text) {
  constexpr size_t kBytesMin = 5, kBytesMax = 40;
  if (text.size() < kBytesMin || text.size() > kBytesMax ||
      text.find_first_of("=^_+*|<>") != text.npos ||
      text.find_first_of("aeou") == text.npos) {
    return "";
  }
  return DateInWords(NormalizedWords(text));
}

// 2020-01-02 and 3/4/2021, which are neither differences nor quotients.
bool IsDate(std::string_view text) {
  constexpr std::string_view kText = "\\text{";
  if (text.starts_with(kText) && text.ends_with('}')) {
    text = text.substr(kText.size(), text.size() - kText.size() - 1);
  }
  for (char mark : {'-', '/'}) {
    const size_t first = text.find(mark);
    const size_t second =
        first == text.npos ? text.npos : text.find(mark, first + 1);
    if (second == text.npos) continue;
    const std::string_view parts[] = {
        text.substr(0, first), text.substr(first + 1, second - first - 1),
        text.substr(second + 1)};
    bool digits = true;
    for (std::string_view part : parts) {
      digits &= !part.empty() && part.size() <= 4 &&
                part.find_first_not_of("0123456789") == part.npos;
    }
    const bool year_first =
        parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2;
    const bool year_last =
        parts[2].size() == 4 && parts[0].size() <= 2 && parts[1].size() <= 2;
    if (digits && (year_first || year_last)) return true;
  }
  return false;
}

// "5-7 km" and "5 to 7" as "5 - 7 km", "5 - 7"; no words for texts that are no
// range. Without things, 5-7 is a difference beside other values and 5 to 7 a
// ratio.
struct Range {
  std::string words;
  bool things = false;
  bool dash = true;
};

Range AsRange(std::string_view text) {
  constexpr size_t kBytesMax = 60;
  constexpr std::string_view kDash = "\xE2\x80\x93";
  if (text.size() > kBytesMax ||
      (text.find('-') == text.npos && text.find(kDash) == text.npos &&
       text.find("to") == text.npos) ||
      text.find_first_of(",;()[]|_.+*/^=<>") != text.npos) {
    return {};
  }
  for (size_t at = text.find('\\'); at != text.npos;
       at = text.find('\\', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with("\\text{") && !rest.starts_with("\\mathrm{") &&
        !rest.starts_with("\\,") && !rest.starts_with("\\ ")) {
      return {};
    }
  }
  std::string plain(text);
  for (size_t at = plain.find(kDash); at != plain.npos;
       at = plain.find(kDash)) {
    plain.replace(at, kDash.size(), "-");
  }
  Range range;
  range.words = NormalizedWords(plain);
  std::string& words = range.words;
  const size_t first = words.find_first_not_of("0123456789");
  constexpr std::string_view kBetween = " - ", kTo = " to ";
  if (first == words.npos || first == 0) return {};
  if (words.compare(first, kTo.size(), kTo) == 0) {
    words.replace(first, kTo.size(), kBetween);
    range.dash = false;
  } else if (words.compare(first, kBetween.size(), kBetween) != 0) {
    return {};
  }
  const size_t second = first + kBetween.size();
  const size_t end = words.find_first_not_of("0123456789", second);
  if (end != words.npos) {
    range.things = range.dash && end > second && words[end] == ' ' &&
                   end + 2 < words.size() &&
                   words.find_first_of("-0123456789", end) == words.npos;
    return range.things ? range : Range();
  }
  // A range goes up.
  const std::string_view x = std::string_view(words).substr(0, first);
  const std::string_view y = std::string_view(words).substr(second);
  const bool up = x.size() < y.size() || (x.size() == y.size() && x < y);
  return up ? range : Range();
}

// "17 R 3" as "17 remainder 3"; empty for other texts.
std::string WithRemainder(std::string_view text) {
  constexpr size_t kBytesMax = 60;
  if (text.size() > kBytesMax || text.empty() || !IsDigit(text[0]) ||
      text.find_first_of("rR") == text.npos) {
    return "";
  }
  const std::string words = NormalizedWords(text);
  const size_t first = words.find(' ');
  const size_t second =
      first == words.npos ? words.npos : words.find(' ', first + 1);
  if (second == words.npos || words.find(' ', second + 1) != words.npos) {
    return "";
  }
  const std::string sign = words.substr(first + 1, second - first - 1);
  const std::string_view all = words;
  auto is_number = [](std::string_view part) {
    return part.find_first_not_of("0123456789") == part.npos;
  };
  if ((sign != "r" && sign != "rem" && sign != "remainder") ||
      !is_number(all.substr(0, first)) || !is_number(all.substr(second + 1))) {
    return "";
  }
  return words.substr(0, first) + " remainder " + words.substr(second + 1);
}

}  // namespace

std::optional<std::pair<std::string, std::string>> SpelledAlike(
    std::string_view gold, std::string_view answer) {
  if (auto times = CompareClocks(gold, answer)) return times;
  const uint8_t both[] = {SignsOf(gold), SignsOf(answer)};
  const uint8_t signs = both[0] & both[1];
  if ((signs & kDigit) == 0) return std::nullopt;
  if ((signs & kDash) != 0 && IsDate(gold) && IsDate(answer)) {
    return std::make_pair(std::string(gold), std::string(answer));
  }
  if ((signs & kLetter) != 0) {
    for (const auto read : {SpokenDate, WithRemainder}) {
      std::string g = read(gold);
      std::string a = g.empty() ? "" : read(answer);
      if (!a.empty()) return std::make_pair(std::move(g), std::move(a));
    }
  }
  for (uint8_t own : both) {
    if ((own & (kDash | kLetter)) == 0) return std::nullopt;
  }
  Range g = AsRange(gold);
  Range a = g.words.empty() ? Range() : AsRange(answer);
  if (!a.words.empty() && g.things == a.things && (g.dash || a.dash)) {
    return std::make_pair(std::move(g.words), std::move(a.words));
  }
  return std::nullopt;
}

}  // namespace assay::math
