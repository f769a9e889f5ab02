#include "verifier/code/lift/c_source.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/status/status.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

constexpr std::string_view kHeaders[] = {"algorithm",     "any",
                                         "array",         "assert.h",
                                         "atomic",        "bit",
                                         "bits/stdc++.h", "bitset",
                                         "cassert",       "cctype",
                                         "cerrno",        "cfloat",
                                         "charconv",      "chrono",
                                         "cinttypes",     "climits",
                                         "cmath",         "complex",
                                         "complex.h",     "condition_variable",
                                         "csetjmp",       "csignal",
                                         "cstdarg",       "cstddef",
                                         "cstdint",       "cstdio",
                                         "cstdlib",       "cstring",
                                         "ctime",         "ctype.h",
                                         "cwchar",        "cwctype",
                                         "deque",         "errno.h",
                                         "exception",     "fenv.h",
                                         "float.h",       "forward_list",
                                         "fstream",       "functional",
                                         "future",        "initializer_list",
                                         "inttypes.h",    "iomanip",
                                         "ios",           "iosfwd",
                                         "iostream",      "istream",
                                         "iterator",      "limits",
                                         "limits.h",      "list",
                                         "locale",        "map",
                                         "math.h",        "memory",
                                         "mutex",         "new",
                                         "numeric",       "optional",
                                         "ostream",       "queue",
                                         "random",        "ratio",
                                         "regex",         "set",
                                         "setjmp.h",      "shared_mutex",
                                         "signal.h",      "sstream",
                                         "stack",         "stdarg.h",
                                         "stdbool.h",     "stddef.h",
                                         "stdexcept",     "stdint.h",
                                         "stdio.h",       "stdlib.h",
                                         "streambuf",     "string",
                                         "string.h",      "string_view",
                                         "strings.h",     "system_error",
                                         "tgmath.h",      "thread",
                                         "time.h",        "tuple",
                                         "type_traits",   "typeindex",
                                         "typeinfo",      "unistd.h",
                                         "unordered_map", "unordered_set",
                                         "utility",       "valarray",
                                         "variant",       "vector",
                                         "wchar.h",       "wctype.h"};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// Splits off the first word of `text`, or its first other character.
std::string_view TakeWord(std::string_view* text) {
  while (!text->empty() && (text->front() == ' ' || text->front() == '\t')) {
    text->remove_prefix(1);
  }
  size_t size = 0;
  while (size < text->size() && IsLetter((*text)[size])) ++size;
  if (size == 0 && !text->empty()) size = 1;
  const std::string_view word = text->substr(0, size);
  text->remove_prefix(size);
  return word;
}

void ReadDirective(std::string_view line, CSource* source) {
  source->directives.push_back(line);
  line.remove_prefix(1);
  const std::string_view verb = TakeWord(&line);
  if (verb == "define") {
    source->macros.insert(TakeWord(&line));
  } else if (verb == "include") {
    if (TakeWord(&line) != "<") return;
    const std::string_view name = line.substr(0, line.find('>'));
    if (IsStandardHeader(name)) source->includes.insert(name);
  }
}

bool IsMark(const Token& token, std::string_view text) {
  return token.kind == Kind::kMark && token.text == text;
}

// Reads top-level declarations out of the tokens.
class Reader {
 public:
  explicit Reader(CSource* source) : tokens_(source->tokens), source_(source) {}

  bool Run() {
    size_t i = 0, begin = 0;
    while (i < tokens_.size()) {
      if (IsMark(tokens_[i], ";")) {
        SeeUsing(begin, i);
        begin = ++i;
        continue;
      }
      const bool brace = IsMark(tokens_[i], "{");
      if (!brace && !IsMark(tokens_[i], "(") && !IsMark(tokens_[i], "[")) {
        if (IsMark(tokens_[i], "}") || IsMark(tokens_[i], ")")) return false;
        ++i;
        continue;
      }
      const size_t close = CloseOf(tokens_, i);
      if (!IsMark(tokens_[close - 1], "}") && brace) return false;
      if (brace && EndsDeclaration(begin, i)) begin = close;
      i = close;
    }
    return true;
  }

 private:
  void SeeUsing(size_t begin, size_t end) {
    source_->using_std |= end == begin + 3 && Word(begin) == "using" &&
                          Word(begin + 1) == "namespace" &&
                          Word(begin + 2) == "std";
  }
  std::string_view Word(size_t i) const {
    return i < tokens_.size() ? tokens_[i].text : std::string_view();
  }

  // Whether the braces at `open` are the last of what began at `begin`; a
  // function is recorded.
  bool EndsDeclaration(size_t begin, size_t open) {
    const std::string_view first = Word(begin);
    if (first == "namespace" || first == "extern" ||
        (first == "inline" && Word(begin + 1) == "namespace")) {
      if (tokens_[open - 1].kind != Kind::kMark) return true;
    }
    if (first == "class" || first == "struct") SeeClass(begin, open);
    CFunction found;
    found.begin = begin;
    found.body = open;
    if (first == "template") {
      found.is_template = true;
      found.begin = AfterAngles(begin + 1);
    }
    const std::optional<size_t> bracket = FirstBracket(found.begin, open);
    if (!bracket || *bracket == found.begin) return false;
    found.at = *bracket - 1;
    found.close = CloseOf(tokens_, *bracket);
    found.name = Word(found.at);
    if (tokens_[found.at].kind == Kind::kWord &&
        (found.at == found.begin || Word(found.at - 1) != "::")) {
      source_->functions.push_back(found);
    }
    return true;
  }

  void SeeClass(size_t begin, size_t open) {
    const size_t named = Word(begin + 2) == "final" ? 3 : 2;
    if (open != begin + named || tokens_[begin + 1].kind != Kind::kWord) return;
    CClass found;
    found.name = Word(begin + 1);
    found.begin = begin;
    found.body = open;
    found.end = CloseOf(tokens_, open);
    found.is_struct = Word(begin) == "struct";
    source_->classes.push_back(found);
  }

  size_t AfterAngles(size_t i) const {
    int depth = 0;
    for (; i < tokens_.size(); ++i) {
      if (IsMark(tokens_[i], "<")) ++depth;
      if (IsMark(tokens_[i], ">") && --depth == 0) return i + 1;
    }
    return i;
  }

  // Of the parameters: outside of angle brackets, before any `=`.
  std::optional<size_t> FirstBracket(size_t begin, size_t end) const {
    int angles = 0;
    for (size_t i = begin; i < end; ++i) {
      if (tokens_[i].kind != Kind::kMark) continue;
      if (tokens_[i].text == "<") ++angles;
      if (tokens_[i].text == ">") --angles;
      if (angles > 0) continue;
      if (tokens_[i].text == "=") return std::nullopt;
      if (tokens_[i].text == "(") return i;
    }
    return std::nullopt;
  }

  const Tokens& tokens_;
  CSource* source_;
};

}  // namespace

bool IsStandardHeader(std::string_view name) {
  return std::find(std::begin(kHeaders), std::end(kHeaders), name) !=
         std::end(kHeaders);
}

size_t CloseOf(const Tokens& tokens, size_t open) {
  int depth = 0;
  for (size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::kMark) continue;
    const std::string_view t = tokens[i].text;
    if (t == "(" || t == "{" || t == "[") ++depth;
    if (t == ")" || t == "}" || t == "]") --depth;
    if (depth == 0) return i + 1;
  }
  return tokens.size();
}

const CFunction* CSource::Find(std::string_view name) const {
  for (const CFunction& function : functions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

bool CSource::Mentions(std::string_view word) const {
  if (words.count(word) > 0) return true;
  for (std::string_view line : directives) {
    while (!line.empty()) {
      if (TakeWord(&line) == word) return true;
    }
  }
  return false;
}

absl::StatusOr<CSource> ReadC(std::string_view text) {
  absl::StatusOr<Tokens> all = LexC(text, /*directives=*/true);
  if (!all.ok()) return all.status();
  CSource source;
  for (const Token& token : *all) {
    if (token.kind == Kind::kDirective) {
      ReadDirective(token.text, &source);
      continue;
    }
    if (token.kind == Kind::kWord) source.words.insert(token.text);
    source.tokens.push_back(token);
  }
  if (!Reader(&source).Run()) {
    return absl::InvalidArgumentError("unbalanced brackets");
  }
  return source;
}

}  // namespace assay::code
