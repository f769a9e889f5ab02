#include "verifier/code/lift/script_text.h"

#include <cctype>
#include <cstdio>
#include <utility>

namespace assay::code {
namespace {

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

// Where the last literal of a line begins and ends; equal: there is none.
std::pair<size_t, size_t> LastLiteral(std::string_view line) {
  for (size_t end = line.size(); end > 0; --end) {
    const char c = line[end - 1];
    if (c == '"' || c == '\'') {
      const size_t begin = line.rfind(c, end >= 2 ? end - 2 : 0);
      if (begin == line.npos || begin + 1 >= end) return {0, 0};
      return {begin + 1, end - 1};
    }
    if (!IsDigit(c)) continue;
    size_t begin = end - 1;
    while (begin > 0 && IsDigit(line[begin - 1])) --begin;
    return {begin, end};
  }
  return {0, 0};
}

bool Compares(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  if (first == line.npos || line[first] == '#' ||
      line.substr(first, 2) == "//") {
    return false;
  }
  for (std::string_view word : {"==", "qual(", "assert(", " = ", " -eq "}) {
    if (line.find(word) != line.npos) return true;
  }
  return false;
}

// A line without what it does when its comparison fails, which expects
// nothing.
std::string_view Condition(std::string_view line) {
  for (std::string_view word : {"exit", "return ", "throw ", "echo "}) {
    const std::string_view before = line.substr(0, line.find(word));
    if (Compares(before)) line = before;
  }
  return line;
}

struct Place {
  size_t begin;
  size_t end;
};

std::vector<Place> Places(std::string_view tests) {
  std::vector<Place> places;
  for (size_t at = 0; at < tests.size();) {
    size_t end = tests.find('\n', at);
    if (end == tests.npos) end = tests.size();
    const std::string_view line = tests.substr(at, end - at);
    if (Compares(line)) {
      const auto [from, to] = LastLiteral(Condition(line));
      if (to > 0) places.push_back({at + from, at + to});
    }
    at = end + 1;
  }
  return places;
}

}  // namespace

std::string JavaScriptLiteral(std::string_view text) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      made += '\\';
      made += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char hex[8];
      std::snprintf(hex, sizeof(hex), "\\x%02x", c);
      made += hex;
    } else {
      made += c;
    }
  }
  return made + '"';
}

std::string BashLiteral(std::string_view text) {
  std::string made = "'";
  for (char c : text) {
    if (c == '\'') {
      made += "'\\''";
    } else if (c != '\0') {
      made += c;
    }
  }
  return made + '\'';
}

std::vector<std::string> AlteredScripts(std::string_view tests,
                                        uint64_t random) {
  const std::vector<Place> places = Places(tests);
  if (places.empty()) return {};
  const Place& place = places[random % places.size()];
  std::string altered(tests);
  altered.insert(place.end, "7");
  return {std::move(altered)};
}

}  // namespace assay::code
