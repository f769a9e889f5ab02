#include "verifier/code/lift/bash_reading.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

namespace assay::code {
namespace {

// Substitutions within each other.
constexpr size_t kDepthMax = 64;

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool IsNameStart(char c) {
  return IsNameByte(c) && !std::isdigit(static_cast<unsigned char>(c));
}

std::string_view NameAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsNameByte(text[end])) ++end;
  return text.substr(at, end - at);
}

// Whether a line has an expansion that is more than a status or a count.
bool Expands(std::string_view line) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '`') return true;
    if (line[i] != '$') continue;
    const std::string_view next = line.substr(i + 1, 2);
    if (next != "((" && next.substr(0, 1) != "?" && next.substr(0, 1) != "#") {
      return true;
    }
  }
  return false;
}

using Names = std::set<std::string_view>;

// Variables that may hold what the program printed.
Names Holders(std::string_view tests) {
  Names holders;
  while (!tests.empty()) {
    const std::string_view line = tests.substr(0, tests.find('\n'));
    bool all = false;  // The line's other names are read into.
    for (size_t at = 0; at < line.size();) {
      const std::string_view name = NameAt(line, at);
      if (name.empty()) {
        ++at;
        continue;
      }
      at += name.size();
      const std::string_view after = line.substr(at);
      const bool is_loop = after.substr(0, 4) == " in ";
      const bool is_assigned =
          is_loop || after.substr(0, 1) == "=" || after.substr(0, 2) == "+=";
      const std::string_view value =
          is_loop ? after.substr(0, after.find("; do")) : after;
      if (all || (is_assigned && Expands(value))) holders.insert(name);
      all |= name == "read" || name == "mapfile" || name == "readarray";
    }
    tests.remove_prefix(std::min(line.size() + 1, tests.size()));
  }
  return holders;
}

struct Word {
  std::string text;  // Without what was quoted; its first bytes.
  bool expands = false;
  bool is_bare = false;  // Expands without quotes.
  bool is_empty = true;
};

enum class Mode { kPlain, kDouble, kSingle, kProgram, kDeclare };

// One text: the whole, or that of a substitution.
struct Level {
  char close = 0;
  int parentheses = 0;
  bool is_quoted = false;
  Mode mode = Mode::kPlain;
  bool computes = false;  // The next word is an operand of -eq.
  bool matches = false;   // The next word is a pattern.
  bool before = false;    // The last word expands.
  Word word;
};

class Reader {
 public:
  explicit Reader(std::string_view text)
      : text_(text), holders_(Holders(text)) {
    levels_.emplace_back();
  }

  std::string Read();

 private:
  Level& level() { return levels_.back(); }
  void Find(std::string_view what) {
    if (found_.empty()) found_ = what;
  }
  void Step();
  void Dollar();
  void Braces();
  void Open(size_t size, char close);
  void Parenthesis();
  void Close();
  void Mark();
  void EndWord();
  void EndPlain(const std::string& text);
  void EndDouble(const Word& word);
  void EndCommand();
  bool Holds(std::string_view name) const { return holders_.count(name) > 0; }
  bool ComputesOnOutput(std::string_view inside) const;
  void Arithmetic(size_t start);
  void SkipQuoted(bool is_escaped);

  std::string_view text_;
  const Names holders_;
  std::vector<Level> levels_;
  size_t at_ = 0;
  std::string found_;
};

std::string Reader::Read() {
  while (at_ < text_.size() && found_.empty()) Step();
  if (found_.empty()) EndWord();
  return found_;
}

void Reader::Step() {
  const char c = text_[at_];
  if (c == '\\') {
    level().word.is_empty = false;
    at_ += 2;
  } else if (c == '$') {
    Dollar();
  } else if (c == '`') {
    level().close == '`' ? Close() : Open(1, '`');
  } else if (c == '"') {
    level().is_quoted = !level().is_quoted;
    level().word.is_empty = false;
    ++at_;
  } else if (level().is_quoted) {
    ++at_;
  } else if (c == '\'') {
    SkipQuoted(false);
  } else if (c == '#' && level().word.is_empty) {
    at_ = std::min(text_.find('\n', at_), text_.size());
  } else if (c == '(' || c == ')') {
    Parenthesis();
  } else if (text_.substr(at_, 3) == "<<<") {
    EndWord();
    at_ += 3;
  } else if (text_.substr(at_, 2) == "<<") {
    Find("a here-document");  // Its quotes mean nothing.
  } else if (std::isspace(static_cast<unsigned char>(c)) || c == ';' ||
             c == '|' || c == '&' || c == '<' || c == '>') {
    EndWord();
    if (c != ' ' && c != '\t' && c != '<' && c != '>') EndCommand();
    ++at_;
  } else {
    Word& word = level().word;
    word.is_empty = false;
    if (word.text.size() < 16) word.text += c;
    ++at_;
  }
}

// From a quote to its end.
void Reader::SkipQuoted(bool is_escaped) {
  level().word.is_empty = false;
  for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) {
    if (is_escaped && text_[at_] == '\\') ++at_;
  }
  ++at_;
}

// The word has an expansion that may be the program's output.
void Reader::Mark() {
  Word& word = level().word;
  word.is_empty = false;
  word.expands = true;
  word.is_bare |= !level().is_quoted;
}

void Reader::Open(size_t size, char close) {
  Mark();
  if (levels_.size() >= kDepthMax) return Find("deep nesting");
  levels_.emplace_back();
  level().close = close;
  at_ += size;
}

void Reader::Close() {
  EndWord();
  levels_.pop_back();
  ++at_;
}

void Reader::Dollar() {
  const std::string_view next = text_.substr(at_ + 1, 2);
  const char c = next.empty() ? ' ' : next[0];
  if (next == "((") return Arithmetic(at_ + 1);
  if (c == '(') return Open(2, ')');
  if (c == '{') return Braces();
  if (c == '[') return Find("$[");
  if (c == '\'' && !level().is_quoted) {
    ++at_;
    return SkipQuoted(true);
  }
  level().word.is_empty = false;
  if (IsNameStart(c)) {
    const std::string_view name = NameAt(text_, at_ + 1);
    if (Holds(name)) Mark();
    at_ += 1 + name.size();
    return;
  }
  if (std::isdigit(static_cast<unsigned char>(c)) || c == '@' || c == '*') {
    Mark();
  }
  at_ += 2;
}

void Reader::Braces() {
  int depth = 0;
  size_t end = at_ + 1;
  for (; end < text_.size(); ++end) {
    if (text_[end] == '{') ++depth;
    if (text_[end] == '}' && --depth == 0) break;
  }
  const std::string_view inside = text_.substr(at_ + 2, end - at_ - 2);
  if (inside.find_first_of("$`") != inside.npos) return Find("${");
  level().word.is_empty = false;
  if (inside.substr(0, 1) != "#" && inside != "?" &&
      (!IsNameStart(inside.empty() ? ' ' : inside[0]) ||
       Holds(NameAt(inside, 0)))) {
    Mark();
  }
  at_ = std::min(end + 1, text_.size());
}

void Reader::Parenthesis() {
  if (text_[at_] == '(') {
    const bool is_arithmetic =
        level().word.is_empty && text_.substr(at_ + 1, 1) == "(";
    if (is_arithmetic) return Arithmetic(at_);
    EndWord();
    ++level().parentheses;
    ++at_;
  } else if (level().parentheses > 0 || level().close != ')') {
    EndWord();
    EndCommand();
    if (level().parentheses > 0) --level().parentheses;
    ++at_;
  } else {
    Close();
  }
}

// Two parentheses at `start`, to their end.
void Reader::Arithmetic(size_t start) {
  int depth = 0;
  size_t end = start;
  for (; end < text_.size(); ++end) {
    if (text_[end] == '(') ++depth;
    if (text_[end] == ')' && --depth == 0) break;
  }
  if (ComputesOnOutput(text_.substr(start, end - start))) return Find("((");
  level().word.is_empty = false;
  at_ = std::min(end + 1, text_.size());
}

bool Reader::ComputesOnOutput(std::string_view inside) const {
  for (size_t i = 0; i < inside.size();) {
    if (inside[i] == '`' || inside.substr(i, 2) == "$(") {
      if (inside.substr(i, 3) != "$((") return true;
    }
    const std::string_view sigil = inside.substr(i, 2);
    if (sigil.size() == 2 && sigil[0] == '$' &&
        (std::isdigit(static_cast<unsigned char>(sigil[1])) ||
         sigil[1] == '@' || sigil[1] == '*')) {
      return true;
    }
    const std::string_view name = NameAt(inside, i);
    const bool is_length = i > 0 && inside[i - 1] == '#';
    if (!is_length && Holds(name)) return true;
    i += std::max(name.size(), size_t{1});
  }
  return false;
}

void Reader::EndWord() {
  if (level().word.is_empty) return;
  const Word word = std::move(level().word);
  level().word = Word();
  switch (level().mode) {
    case Mode::kPlain:
      return EndPlain(word.text);
    case Mode::kDouble:
      return EndDouble(word);
    case Mode::kSingle:
      if (word.text == "]") level().mode = Mode::kPlain;
      if (word.is_bare) Find("[");
      return;
    case Mode::kProgram:
      if (word.expands) Find("a program by its output");
      return;
    case Mode::kDeclare:
      if (word.text[0] == '-' && word.text.find('i') != std::string::npos) {
        Find("declare -i");
      }
      return;
  }
}

void Reader::EndPlain(const std::string& text) {
  static const auto* const kPrograms = new std::set<std::string>{
      "eval", "source", "bash", "sh",    "expr",    "bc",   "dc",  "xargs",
      "awk",  "sed",    "grep", "egrep", "python3", "perl", "trap"};
  if (text == "[[") {
    level().mode = Mode::kDouble;
    level().computes = level().matches = level().before = false;
  } else if (text == "[" || text == "test") {
    level().mode = Mode::kSingle;
  } else if (text == "let" || text == "bc" || text == "dc") {
    Find(text);
  } else if (text == "declare" || text == "local" || text == "typeset") {
    level().mode = Mode::kDeclare;
  } else if (kPrograms->count(text) > 0) {
    level().mode = Mode::kProgram;
  }
}

void Reader::EndDouble(const Word& word) {
  static const auto* const kComputing =
      new std::set<std::string>{"-eq", "-ne", "-lt", "-le", "-gt", "-ge"};
  if (level().computes && word.expands) return Find("-eq");
  if (level().matches && word.is_bare) return Find("a pattern");
  const bool computes = kComputing->count(word.text) > 0;
  if (computes && level().before) return Find(word.text);
  level().computes = computes;
  level().matches = word.text == "=" || word.text == "==" ||
                    word.text == "!=" || word.text == "=~";
  level().before = word.expands;
  if (word.text == "]]") level().mode = Mode::kPlain;
}

void Reader::EndCommand() {
  if (level().mode != Mode::kDouble) level().mode = Mode::kPlain;
}

}  // namespace

std::string ReadsOutputAsCode(std::string_view tests) {
  return Reader(tests).Read();
}

}  // namespace assay::code
