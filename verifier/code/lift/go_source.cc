#include "verifier/code/lift/go_source.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace assay::code {
namespace {

bool IsBuiltinType(std::string_view word) {
  constexpr std::string_view kTypes[] = {
      "any",     "bool",      "byte",  "complex64", "complex128", "error",
      "float32", "float64",   "int",   "int16",     "int32",      "int64",
      "int8",    "interface", "rune",  "string",    "uint",       "uint16",
      "uint32",  "uint64",    "uint8", "uintptr",   "map",        "nil"};
  return std::find(std::begin(kTypes), std::end(kTypes), word) !=
         std::end(kTypes);
}

absl::Status Unliftable(std::string_view what) {
  return absl::FailedPreconditionError(std::string(what));
}

class Reader {
 public:
  explicit Reader(GoSource* source) : s_(*source), t_(source->lexed) {}

  absl::Status Run() {
    size_t i = 0;
    if (t_.at(0) == "package" && t_.IsWord(1)) {
      s_.package_name = 1;
      i = 2;
      s_.body = End(1);
    }
    if (t_.at(i) == ";") ++i;
    while (t_.at(i) == "import") {
      i = Import(i + 1);
      if (i == 0) return absl::InvalidArgumentError("a malformed import");
      s_.body = End(i - 1);
      if (t_.at(i) == ";") ++i;
    }
    for (size_t j = i; j + 1 < t_.size(); ++j) {
      if (t_.IsWord(j) && t_.at(j + 1) == ".") s_.selects.insert(t_.at(j));
    }
    while (i < t_.size()) i = Declaration(i);
    return absl::OkStatus();
  }

 private:
  size_t End(size_t i) const {
    return t_.tokens[i].begin + t_.tokens[i].text.size();
  }

  // The index after it; 0: malformed.
  size_t Import(size_t i) {
    if (t_.at(i) != "(") return Specification(i);
    const size_t end = t_.Close(i);
    for (++i; i + 1 < end;) {
      if (t_.at(i) == ";") {
        ++i;
        continue;
      }
      i = Specification(i);
      if (i == 0 || i >= end) return 0;
    }
    return end;
  }

  size_t Specification(size_t i) {
    GoImport made;
    const size_t begin = i;
    if (t_.IsWord(i) || t_.at(i) == ".") made.alias = t_.at(i++);
    if (i >= t_.size() || t_.tokens[i].kind != Token::Kind::kString) return 0;
    const std::string_view quoted = t_.at(i);
    made.path = std::string(quoted.substr(1, quoted.size() - 2));
    made.begin = t_.tokens[begin].begin;
    made.end = End(i);
    s_.imports.push_back(std::move(made));
    return i + 1;
  }

  // At top level, at a token that no bracket holds.
  size_t Declaration(size_t i) {
    const std::string_view word = t_.at(i);
    if (word == "func") return Function(i + 1);
    if (word == "type" || word == "var" || word == "const") Names(i + 1);
    return t_.Close(i);
  }

  size_t Function(size_t i) {
    if (!t_.IsWord(i)) return i < t_.size() ? t_.Close(i) : i;  // A method.
    GoFunction made;
    made.name = t_.at(i);
    made.name_at = t_.tokens[i].begin;
    made.generic = t_.at(i + 1) == "[";
    made.open = made.generic ? t_.Close(i + 1) : i + 1;
    s_.names.insert(made.name);
    if (t_.at(made.open) == "(") s_.functions.push_back(made);
    return i + 1;
  }

  void Names(size_t i) {
    if (t_.IsWord(i)) {
      s_.names.insert(t_.at(i));
      for (; t_.at(i + 1) == "," && t_.IsWord(i + 2); i += 2) {
        s_.names.insert(t_.at(i + 2));
      }
      return;
    }
    if (t_.at(i) != "(") return;
    // More than the declared ones: every word that is not in a bracket.
    const size_t end = t_.Close(i);
    for (size_t j = i + 1; j + 1 < end; j = t_.Close(j)) {
      if (t_.IsWord(j)) group_.insert(t_.at(j));
    }
    for (const std::string_view word : group_) {
      if (!IsBuiltinType(word)) s_.names.insert(word);
    }
  }

  GoSource& s_;
  const BraceText& t_;
  std::set<std::string_view> group_;
};

// Reads parameters and results.
class Signature {
 public:
  explicit Signature(const GoSource& source) : s_(source), t_(source.lexed) {}

  struct Entry {
    std::string type;
    bool variadic = false;
  };

  absl::StatusOr<std::vector<Entry>> List(size_t open) {
    std::vector<std::pair<size_t, size_t>> parts;
    const size_t end = t_.Close(open) - 1;
    size_t begin = open + 1;
    for (size_t i = begin; i < end; i = t_.Close(i)) {
      if (t_.at(i) != ",") continue;
      parts.emplace_back(begin, i);
      begin = i + 1;
    }
    if (begin < end) parts.emplace_back(begin, end);
    bool named = false;
    for (const auto& [first, last] : parts) named |= HasName(first, last);
    std::vector<Entry> entries(parts.size());
    for (size_t i = parts.size(); i-- > 0;) {
      auto [first, last] = parts[i];
      if (named && last - first == 1) {  // Of the type that follows.
        if (i + 1 == parts.size()) return Unliftable("a parameter");
        entries[i] = entries[i + 1];
        continue;
      }
      if (named) ++first;
      if (t_.at(first) == "...") {
        entries[i].variadic = true;
        ++first;
      }
      size_t at = first;
      if (!Type(&at, 0, &entries[i].type) || at != last) {
        return Unliftable(
            absl::StrCat("type ", std::string(t_.Span(first, last))));
      }
    }
    return entries;
  }

  // No bracket: one type, or none.
  absl::StatusOr<std::vector<Entry>> Results(size_t i) {
    if (t_.at(i) == "(") return List(i);
    if (t_.at(i) == "{" || i >= t_.size()) return std::vector<Entry>();
    Entry entry;
    const size_t begin = i;
    if (!Type(&i, 0, &entry.type) || t_.at(i) != "{") {
      return Unliftable(absl::StrCat("result ", std::string(t_.at(begin))));
    }
    return std::vector<Entry>{entry};
  }

 private:
  bool HasName(size_t first, size_t last) const {
    if (last - first < 2 || !t_.IsWord(first)) return false;
    const std::string_view word = t_.at(first);
    return word != "map" && word != "interface" && word != "func" &&
           word != "chan" && word != "struct" && t_.at(first + 1) != ".";
  }

  bool Type(size_t* i, int depth, std::string* out) const {
    constexpr int kDepth = 20;
    const std::string_view word = t_.at(*i);
    if (depth > kDepth) return false;
    if (word == "(") {
      const size_t end = t_.Close(*i);
      ++*i;
      return Type(i, depth + 1, out) && ++*i == end;
    }
    if (word == "*") {
      *out += "*";
      return Type(&++*i, depth + 1, out);
    }
    if (word == "[") return Elements(i, depth, out);
    if (word == "map") {
      if (t_.at(++*i) != "[") return false;
      const size_t end = t_.Close(*i);
      *out += "map[";
      if (!Type(&++*i, depth + 1, out) || ++*i != end) return false;
      *out += "]";
      return Type(i, depth + 1, out);
    }
    if (word == "interface") {
      if (t_.at(*i + 1) != "{" || t_.at(*i + 2) != "}") return false;
      *i += 3;
      *out += "interface{}";
      return true;
    }
    if (!IsBuiltinType(word) || word == "nil" || s_.names.count(word)) {
      return false;
    }
    *out += std::string(word);
    ++*i;
    return true;
  }

  bool Elements(size_t* i, int depth, std::string* out) const {
    const size_t end = t_.Close(*i);
    std::string count;
    if (end == *i + 3) {
      count = std::string(t_.at(*i + 1));
      if (count.size() > 6 ||
          count.find_first_not_of("0123456789") != std::string::npos) {
        return false;
      }
    } else if (end != *i + 2) {
      return false;
    }
    absl::StrAppend(out, "[", count, "]");
    *i = end;
    return Type(i, depth + 1, out);
  }

  const GoSource& s_;
  const BraceText& t_;
};

}  // namespace

std::string_view GoImport::name() const {
  if (!alias.empty()) return alias;
  const std::string_view view = path;
  return view.substr(view.rfind('/') + 1);
}

const GoFunction* GoSource::Find(std::string_view function) const {
  for (const GoFunction& f : functions) {
    if (f.name == function) return &f;
  }
  return nullptr;
}

absl::StatusOr<GoSource> ReadGo(std::string_view text) {
  absl::StatusOr<BraceText> lexed = LexBraces(text, BraceText::kGo);
  if (!lexed.ok()) return lexed.status();
  GoSource source;
  source.lexed = *std::move(lexed);
  const absl::Status status = Reader(&source).Run();
  if (!status.ok()) return status;
  return source;
}

absl::StatusOr<std::string> GoStub(const GoSource& source,
                                   const GoFunction& function, size_t index) {
  if (function.generic) return Unliftable("a generic function");
  Signature signature(source);
  const auto ins = signature.List(function.open);
  if (!ins.ok()) return ins.status();
  const auto outs = signature.Results(source.lexed.Close(function.open));
  if (!outs.ok()) return outs.status();
  std::string head, passed, results, returned;
  for (size_t i = 0; i < ins->size(); ++i) {
    const bool variadic = (*ins)[i].variadic;
    if (variadic && i + 1 < ins->size()) return Unliftable("...");
    absl::StrAppend(&head, i ? ", " : "", "p", i, " ", variadic ? "..." : "",
                    (*ins)[i].type);
    absl::StrAppend(&passed, i ? ", " : "", "&p", i);
  }
  for (size_t i = 0; i < outs->size(); ++i) {
    absl::StrAppend(&results, i ? ", " : "", "r", i, " ", (*outs)[i].type);
    absl::StrAppend(&returned, i ? ", " : "", "&r", i);
  }
  return absl::StrCat("func ", std::string(function.name), "(", head, ") (",
                      results, ") {\n\tassaywire.Call(", index,
                      ", []interface{}{", passed, "}, []interface{}{", returned,
                      "})\n\treturn\n}\n");
}

}  // namespace assay::code
