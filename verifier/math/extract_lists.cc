// Formulas of one sentence that are one answer: "$x = -1$ and $x = 3$"; the
// last equation of aligned rows.
#include <string_view>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

constexpr size_t kItemsMax = 12;
constexpr size_t kItemBytesMax = 200;
constexpr std::string_view kJoiners[] = {
    "and", "or", "y",  "o",  "e",  "und", "oder", "et",     "ou",  "и",
    "или", "和", "或", "与", "與", "及",  "と",   "그리고", "또는"};
// Before items without a label.
constexpr std::string_view kPlurals[] = {
    "are", "son", "sont", "sind", "são", "sono", "были", "分别是", "分别为"};

void DropSpaces(std::string_view* text) {
  while (text->ends_with(' ') || text->ends_with('\n')) text->remove_suffix(1);
}

template <size_t kCount>
bool DropWord(std::string_view* text, const std::string_view (&words)[kCount]) {
  for (std::string_view word : words) {
    if (!text->ends_with(word)) continue;
    const size_t at = text->size() - word.size();
    if (at > 0 && IsWordByte((*text)[at - 1])) continue;
    text->remove_suffix(word.size());
    return true;
  }
  return false;
}

// The left side of "x = 3"; empty where there is none.
std::string_view LabelOf(std::string_view formula) {
  size_t begin = 0;
  const size_t equal = formula.find('=');
  if (equal == formula.npos) return {};
  size_t end = equal;
  Trim(formula, &begin, &end);
  return formula.substr(begin, end - begin);
}

}  // namespace

Place WithEarlierItems(std::string_view text, size_t from, const Place& last,
                       std::string_view open, std::string_view close) {
  const std::string_view label =
      LabelOf(text.substr(last.begin, last.end - last.begin));
  std::string_view head = text.substr(from, last.begin - from);
  DropSpaces(&head);
  if (!head.ends_with(open)) return last;
  Place list = last;
  for (size_t items = 1; items < kItemsMax; ++items) {
    head.remove_suffix(open.size());
    DropSpaces(&head);
    const bool joined = DropWord(&head, kJoiners);
    DropSpaces(&head);
    const bool comma = head.ends_with(',');
    if (comma) head.remove_suffix(1);
    if (!joined && (items == 1 || !comma)) break;
    if (!head.ends_with(close)) break;
    const size_t end = head.size() - close.size();
    const size_t start = end > kItemBytesMax ? end - kItemBytesMax : 0;
    const size_t open_at = head.substr(start, end - start).rfind(open);
    if (open_at == head.npos) break;
    const size_t at = start + open_at;
    const size_t begin = at + open.size();
    const std::string_view item = head.substr(begin, end - begin);
    if (LabelOf(item) != label || LooksLikeProse(item)) break;
    head = head.substr(0, begin);
    list.begin = from + at;
  }
  if (list.begin == last.begin) return last;
  head = text.substr(from, list.begin - from);
  DropSpaces(&head);
  if (label.empty() && !DropWord(&head, kPlurals)) return last;
  const size_t end = text.find(close, last.end);
  list.end = end == text.npos ? last.end : end + close.size();
  return list;
}

size_t LastEquation(std::string_view text, size_t begin, size_t end) {
  for (size_t at = end; at > begin + 2; --at) {
    if (text.compare(at - 2, 2, "\\\\") != 0) continue;
    const size_t next = text.find_first_not_of("& \n\t", at);
    const bool goes_on =
        next != text.npos && next < end &&
        (text[next] == '=' || text.compare(next, 7, "\\approx") == 0);
    if (!goes_on && next < end) return at;
    --at;
  }
  return begin;
}

}  // namespace assay::math
