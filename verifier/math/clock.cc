#include "verifier/math/clock.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace assay::math {
namespace {

constexpr int kHalfDay = 12 * 60;

struct Clock {
  int minutes = 0;  // Since midnight, or since midnight or noon.
  bool has_half = false;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Small letters and digits, formatting left out; empty where it is too long.
std::string Bare(std::string_view text) {
  constexpr size_t kBytesMax = 40;
  if (text.size() > kBytesMax) return "";
  std::string bare;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      for (std::string_view command :
           {"\\text", "\\mathrm", "\\displaystyle", "\\,", "\\;", "\\:"}) {
        if (text.substr(i, command.size()) != command) continue;
        i += command.size() - 1;
        break;
      }
      continue;
    }
    const char c = text[i] >= 'A' && text[i] <= 'Z'
                       ? static_cast<char>(text[i] - 'A' + 'a')
                       : text[i];
    if (std::string_view("{}$~. ").find(c) == std::string_view::npos) {
      bare += c;
    }
  }
  return bare;
}

std::optional<Clock> ReadClock(std::string_view text) {
  std::string bare = Bare(text);
  Clock clock;
  const bool morning = bare.ends_with("am"), afternoon = bare.ends_with("pm");
  if (morning || afternoon) {
    clock.has_half = true;
    bare.resize(bare.size() - 2);
  }
  const size_t hour =
      std::min(bare.find_first_not_of("0123456789"), bare.size());
  if (hour < 1 || hour > 2) return std::nullopt;
  int hours = 0;
  for (char c : bare.substr(0, hour)) hours = 10 * hours + (c - '0');
  const std::string rest = bare.substr(hour);
  int minutes = 0;
  if (!rest.empty()) {
    if (rest.size() != 3 || rest[0] != ':' || !IsDigit(rest[1]) ||
        !IsDigit(rest[2]) || rest[1] > '5') {
      return std::nullopt;
    }
    minutes = 10 * (rest[1] - '0') + (rest[2] - '0');
  } else if (!clock.has_half) {
    return std::nullopt;  // A number.
  }
  if (hours > 23 || (clock.has_half && (hours < 1 || hours > 12))) {
    return std::nullopt;
  }
  // From 13 on, and at 0, the half is said too.
  if (!clock.has_half && (hours > 12 || hours == 0)) clock.has_half = true;
  if (morning && hours == 12) hours = 0;
  if (afternoon && hours < 12) hours += 12;
  clock.minutes = 60 * hours + minutes;
  return clock;
}

std::string Spelled(int minutes) {
  std::string text = std::to_string(minutes / 60) + ":";
  if (minutes % 60 < 10) text += '0';
  return text + std::to_string(minutes % 60);
}

// The last letters are those of "am" or "pm".
bool SaysHalf(std::string_view text) {
  constexpr size_t kTailBytes = 12;
  if (text.size() > kTailBytes) text.remove_prefix(text.size() - kTailBytes);
  char letters[2] = {' ', ' '};
  size_t count = 0;
  for (size_t i = text.size(); i > 0 && count < 2; --i) {
    const char c = static_cast<char>(text[i - 1] | 0x20);
    if (c >= 'a' && c <= 'z') {
      letters[count++] = c;
    } else if (std::string_view("{}$~. ").find(text[i - 1]) ==
               std::string_view::npos) {
      return false;
    }
  }
  return letters[0] == 'm' && (letters[1] == 'a' || letters[1] == 'p');
}

constexpr std::string_view kMonths[] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// 5 of "5", "05" and "5th", 2020 of "2020"; 0 for other words.
int DayOrYear(std::string_view word) {
  size_t digits = 0;
  int value = 0;
  while (digits < word.size() && digits < 4 && IsDigit(word[digits])) {
    value = 10 * value + (word[digits++] - '0');
  }
  const std::string_view ending = word.substr(digits);
  const bool ordinal =
      ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
  return ending.empty() || (ordinal && digits <= 2) ? value : 0;
}

}  // namespace

std::string DateInWords(std::string_view words) {
  constexpr size_t kBytesMax = 40;
  if (words.size() > kBytesMax) return "";
  std::string_view month;
  int day = 0, year = 0;
  for (size_t begin = 0; begin < words.size();) {
    const size_t end = std::min(words.find(' ', begin), words.size());
    const std::string_view word = words.substr(begin, end - begin);
    begin = end + 1;
    const auto* named = std::find(std::begin(kMonths), std::end(kMonths), word);
    const int number = DayOrYear(word);
    if (named != std::end(kMonths) && month.empty()) {
      month = *named;
    } else if (number > 0 && number <= 31 && day == 0) {
      day = number;
    } else if (number > 31 && year == 0) {
      year = number;
    } else if (word != "of" && word != "on") {
      return "";
    }
  }
  if (month.empty() || day == 0) return "";
  std::string date(month);
  date += ' ' + std::to_string(day);
  return year == 0 ? date : date + ' ' + std::to_string(year);
}

std::optional<std::pair<std::string, std::string>> CompareClocks(
    std::string_view gold, std::string_view answer) {
  if (!SaysHalf(gold) && !SaysHalf(answer)) return std::nullopt;
  std::optional<Clock> g = ReadClock(gold);
  std::optional<Clock> a = ReadClock(answer);
  if (!g || !a) return std::nullopt;
  if (!g->has_half || !a->has_half) {
    g->minutes %= kHalfDay;
    a->minutes %= kHalfDay;
  }
  return std::make_pair(Spelled(g->minutes), Spelled(a->minutes));
}

}  // namespace assay::math
