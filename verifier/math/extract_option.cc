// Which option of a question a response concludes, where no options were sent.
#include <string_view>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

// Letters looked at from the end.
constexpr int kLettersMax = 64;

// Before the letter: what an option is called.
constexpr std::string_view kNames[] = {"option",      "options",
                                       "Options",     "choice",
                                       "Option",      "Choice",
                                       "alternative", "opción",
                                       "Opción",      "opción correcta",
                                       "opção",       "opção correta",
                                       "opzione",     "opzione corretta",
                                       "Antwort",     "bonne réponse",
                                       "选项",        "選項",
                                       "選択肢"};
// Words that choose.
constexpr std::string_view kPicks[] = {"故选", "故選", "应选", "應選"};
// The same where nothing follows on the line.
constexpr std::string_view kWeakPicks[] = {"选", "選", "选择", "選擇", "选为"};
constexpr std::string_view kLinks[] = {"is", "es", "é",  "è",  "est", "ist",
                                       "是", "为", "為", "は", ":",   "："};
constexpr std::string_view kCorrect[] = {
    "correct", "right", "best", "correcta", "正确", "正確", "correta"};
// After the letter.
constexpr std::string_view kHolds[] = {
    "is correct",    "are correct",  "is the correct",
    "is right",      "is the right", "is the best",
    "is the answer", "es correcta",  "es la correcta",
    "est correcte",  "ist richtig",  "é a correta",
    "正确",          "是正确",       "正確"};

template <size_t kCount>
bool DropEnd(std::string_view* text, const std::string_view (&words)[kCount]) {
  for (std::string_view word : words) {
    if (!text->ends_with(word)) continue;
    const size_t before = text->size() - word.size();
    const bool inside =
        before > 0 && IsLetter((*text)[before - 1]) && IsLetter(word[0]);
    if (inside) continue;
    text->remove_suffix(word.size());
    return true;
  }
  return false;
}

// Brackets, emphasis and spaces at the end.
void DropOpening(std::string_view* text) {
  constexpr std::string_view kOpening[] = {
      " ",        "(",        "[",  "*",       "$",
      "{",        "（",       "【", "\\text",  "\\textbf",
      "\\mathrm", "\\mathbf", "\"", "\\boxed", "\xE2\x80\x9C"};
  bool more = true;
  while (more) {
    more = false;
    for (std::string_view s : kOpening) {
      if (!text->ends_with(s)) continue;
      text->remove_suffix(s.size());
      more = true;
    }
  }
}

void DropClosing(std::string_view* text) {
  constexpr std::string_view kClosing[] = {
      " ", ")", "]", "*", "$", "}", "）", "】", "\"", "\xE2\x80\x9D"};
  bool more = true;
  while (more) {
    more = false;
    for (std::string_view s : kClosing) {
      if (!text->starts_with(s)) continue;
      text->remove_prefix(s.size());
      more = true;
    }
  }
}

bool OnlyStops(std::string_view text) {
  for (std::string_view s : {"。", "．", "！"}) {
    if (text.starts_with(s)) text.remove_prefix(s.size());
  }
  return text.find_first_not_of(".!*) \n\r\t$") == text.npos;
}

// Whether the words around the letters conclude them.
bool Concludes(std::string_view before, std::string_view after) {
  DropOpening(&before);
  DropClosing(&after);
  bool linked = false;
  while (DropEnd(&before, kLinks)) {
    linked = true;
    DropOpening(&before);
  }
  if (DropEnd(&before, kPicks)) return true;
  if (DropEnd(&before, kWeakPicks)) {
    return OnlyStops(after.substr(0, after.find('\n')));
  }
  const bool correct_after = DropEnd(&before, kCorrect);
  if (correct_after) DropOpening(&before);
  if (!DropEnd(&before, kNames)) return false;
  if (OnlyStops(after)) return true;
  for (std::string_view holds : kHolds) {
    if (!linked && after.starts_with(holds)) return true;
  }
  DropOpening(&before);
  return linked && (correct_after || DropEnd(&before, kCorrect));
}

// Whether values are claimed after the line in which the letters stand.
bool ValuesFollow(std::string_view text, size_t at) {
  const size_t line = text.find('\n', at);
  if (line == text.npos) return false;
  for (size_t i = line; i < text.size(); ++i) {
    if (DigitAt(text, i) != 0 || text[i] == '$') return true;
  }
  return false;
}

// Where a list of letters begins, the last of which begins at `begin`.
size_t ListBegin(std::string_view text, size_t from, size_t begin) {
  constexpr std::string_view kBetween[] = {"、",    "，",  ", and ", ", ", ",",
                                           " and ", " y ", "和",     "与"};
  bool more = true;
  while (more) {
    more = false;
    for (std::string_view between : kBetween) {
      if (!text.substr(from, begin - from).ends_with(between)) continue;
      const size_t at = begin - between.size();
      if (at <= from || text[at - 1] < 'A' || text[at - 1] > 'J' ||
          (at - 1 > from && IsLetter(text[at - 2]))) {
        continue;
      }
      begin = at - 1;
      more = true;
      break;
    }
  }
  return begin;
}

}  // namespace

Place FindOption(std::string_view text, size_t from) {
  int letters = 0;
  for (size_t end = text.size(); end > from && letters < kLettersMax; --end) {
    if (text[end - 1] < 'A' || text[end - 1] > 'J') continue;
    if (end < text.size() &&
        (IsLetter(text[end]) || DigitAt(text, end) != 0 || text[end] == '^' ||
         text[end] == '_' || text[end] == '\'')) {
      continue;
    }
    ++letters;
    size_t begin = end;
    while (begin > from && text[begin - 1] >= 'A' && text[begin - 1] <= 'J') {
      --begin;
    }
    begin = ListBegin(text, from, begin);
    const char left = begin > from ? text[begin - 1] : ' ';
    if (!IsLetter(left) && left != '\\' &&
        Concludes(text.substr(from, begin - from), text.substr(end)) &&
        !ValuesFollow(text, end)) {
      return {true, begin, end, "choice"};
    }
    end = begin + 1;
  }
  return {};
}

}  // namespace assay::math
