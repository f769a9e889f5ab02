// Signatures of Java methods, read strictly and written anew.
#include <algorithm>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/java_source.h"

namespace assay::code {
namespace {

constexpr std::string_view kPrimitives[] = {"boolean", "byte", "char", "double",
                                            "float",   "int",  "long", "short"};
constexpr std::string_view kClasses[] = {
    "ArrayDeque",     "ArrayList",     "BigDecimal",
    "BigInteger",     "Boolean",       "Byte",
    "CharSequence",   "Character",     "Collection",
    "Comparable",     "Deque",         "Double",
    "Entry",          "Float",         "HashMap",
    "HashSet",        "Integer",       "Iterable",
    "LinkedHashMap",  "LinkedHashSet", "LinkedList",
    "List",           "Long",          "Map",
    "NavigableMap",   "NavigableSet",  "Number",
    "Object",         "Optional",      "OptionalInt",
    "OptionalDouble", "OptionalLong",  "PriorityQueue",
    "Queue",          "Set",           "Short",
    "SortedMap",      "SortedSet",     "Stack",
    "String",         "StringBuilder", "TreeMap",
    "TreeSet",        "Vector"};
template <size_t kSize>
bool Has(const std::string_view (&list)[kSize], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

class SignatureReader {
 public:
  explicit SignatureReader(const JavaSource& source)
      : s_(source), t_(source.lexed) {}

  absl::StatusOr<JavaSignature> Run(const JavaMethod& method) {
    JavaSignature made;
    if (method.generic > 0 && !Generic(method.generic, &made.generic)) {
      return Refuse("type parameters");
    }
    if (!method.name.empty()) {
      size_t i = method.type;
      std::string raw;
      if (t_.at(i) == "void") {
        made.result = "void";
        ++i;
      } else if (!Type(&i, 0, &made.result, &raw)) {
        return Refuse("the result of " + std::string(method.name));
      }
      if (i + 1 != method.open) return Refuse("a method's head");
    }
    const size_t end = t_.Close(method.open) - 1;
    for (size_t i = method.open + 1; i < end;) {
      if (!Parameter(&i, &made)) {
        return Refuse("a parameter of " + std::string(method.name));
      }
      if (i < end && (t_.at(i) != "," || made.variadic)) {
        return Refuse("the parameters of " + std::string(method.name));
      }
      if (i < end) ++i;
    }
    Throws(end + 1, &made.throws);
    return made;
  }

 private:
  static absl::Status Refuse(const std::string& what) {
    return absl::FailedPreconditionError(
        absl::StrCat("not of builtin types: ", what));
  }

  bool Parameter(size_t* i, JavaSignature* made) {
    if (t_.at(*i) == "final") ++*i;
    std::string text, raw;
    if (!Type(i, 0, &text, &raw)) return false;
    if (t_.at(*i) == "...") {
      made->variadic = true;
      text += "...";
      raw += "[]";
      ++*i;
    }
    if (!t_.IsWord(*i)) return false;
    ++*i;
    while (t_.at(*i) == "[" && t_.at(*i + 1) == "]") {  // int a[]
      text += "[]";
      raw += "[]";
      *i += 2;
    }
    made->types.push_back(text);
    made->raw.push_back(raw);
    return true;
  }

  // `out` is the type written anew, `raw` its class's simple name.
  bool Type(size_t* i, int depth, std::string* out, std::string* raw) {
    constexpr int kDepth = 20;
    if (depth > kDepth) return false;
    // java.util.List and Map.Entry; of others, no dotted name.
    std::string package;
    while (t_.IsWord(*i) && t_.at(*i + 1) == "." && t_.IsWord(*i + 2)) {
      absl::StrAppend(&package, std::string(t_.at(*i)), ".");
      *i += 2;
    }
    if (!package.empty() && package != "java.util." &&
        package != "java.lang." && package != "java.math." &&
        package != "Map." && package != "java.util.Map.") {
      return false;
    }
    const std::string_view word = t_.at(*i);
    if (Has(kPrimitives, word) && package.empty()) {
      *raw = std::string(word);
    } else if (variables_.count(word) && package.empty()) {
      *raw = variables_bound_;
    } else if (Has(kClasses, word) && !s_.types.count(word)) {
      *raw = std::string(word);
    } else {
      return false;
    }
    absl::StrAppend(out, package, std::string(word));
    ++*i;
    if (t_.at(*i) == "<" && !Arguments(i, depth, out)) return false;
    while (t_.at(*i) == "[" && t_.at(*i + 1) == "]") {
      *out += "[]";
      *raw += "[]";
      *i += 2;
    }
    return true;
  }

  bool Arguments(size_t* i, int depth, std::string* out) {
    *out += "<";
    ++*i;
    for (;;) {
      std::string raw;
      if (t_.at(*i) == ">") {
        ++*i;
        *out += ">";
        return true;
      }
      if (t_.at(*i) == ",") {
        ++*i;
        *out += ", ";
        continue;
      }
      if (t_.at(*i) == "?") {
        ++*i;
        *out += "?";
        const std::string_view bound = t_.at(*i);
        if (bound != "extends" && bound != "super") continue;
        absl::StrAppend(out, " ", std::string(bound), " ");
        ++*i;
      }
      if (!Type(i, depth + 1, out, &raw)) return false;
    }
  }

  // <T, U extends Comparable<U>>; the raw type of each is its first bound's,
  // so all of one method share it, or the signature is refused.
  bool Generic(size_t open, std::string* out) {
    size_t i = open + 1;
    for (size_t j = i; t_.at(j) != "" && t_.at(j) != "("; ++j) {
      const std::string_view before = t_.at(j - 1);
      if (t_.IsWord(j) && (j == i || before == ",")) {
        if (s_.types.count(t_.at(j)) || Has(kClasses, t_.at(j))) return false;
        variables_.insert(t_.at(j));
      }
    }
    *out = "<";
    bool bounded = false;
    while (t_.IsWord(i) && variables_.count(t_.at(i))) {
      absl::StrAppend(out, std::string(t_.at(i)));
      ++i;
      if (t_.at(i) == "extends") {
        *out += " extends ";
        std::string raw;
        if (!Type(&++i, 0, out, &raw)) return false;
        if (variables_.size() > 1) return false;
        bounded = true;
        variables_bound_ = raw;
      }
      if (t_.at(i) == ",") {
        *out += ", ";
        ++i;
      }
    }
    if (!bounded) variables_bound_ = "Object";
    *out += "> ";
    return t_.at(i) == ">";
  }

  void Throws(size_t i, std::string* out) const {
    if (t_.at(i) != "throws") return;
    *out = "throws ";
    for (++i; i < t_.size() && t_.at(i) != "{"; ++i) {
      const std::string_view word = t_.at(i);
      // What the program does not declare, both sides import alike.
      const bool known =
          t_.IsWord(i) ? !s_.types.count(word) : word == "." || word == ",";
      if (!known) {
        *out = "throws Exception ";
        return;
      }
      absl::StrAppend(out, std::string(word), word == "," ? " " : "");
    }
    *out += " ";
  }

  const JavaSource& s_;
  const BraceText& t_;
  std::set<std::string_view> variables_;
  std::string variables_bound_ = "Object";
};

}  // namespace

absl::StatusOr<JavaSignature> ReadSignature(const JavaSource& source,
                                            const JavaMethod& method) {
  return SignatureReader(source).Run(method);
}

}  // namespace assay::code
