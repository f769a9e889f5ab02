#include "verifier/math/order_guard.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/words.h"

namespace assay::math {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The command at `at`, with its backslash; empty where there is none.
std::string_view CommandAt(std::string_view text, size_t at) {
  if (text[at] != '\\') return {};
  size_t end = at + 1;
  while (end < text.size() && IsLetter(text[end])) ++end;
  return text.substr(at, end - at);
}

// What is in the braces at `at`, or the one sign there.
std::string_view ArgumentAt(std::string_view text, size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  if (at >= text.size()) return {};
  if (text[at] != '{') return text.substr(at, 1);
  const size_t close = text.find('}', at);
  return close == text.npos ? std::string_view()
                            : text.substr(at + 1, close - at - 1);
}

bool IsOneOf(std::string_view word,
             std::initializer_list<std::string_view> list) {
  for (std::string_view w : list) {
    if (w == word) return true;
  }
  return false;
}

// What stands in an order, one after the other; empty where nothing does.
struct Order {
  std::string words;
  bool counts = false;
  std::string transposed;  // The letters of what has a ^T.
};

// Letters and digits of `text` from `at` on, formatting left out.
std::string NamesFrom(std::string_view text) {
  std::string names;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      i += CommandAt(text, i).size();
      --i;
    } else if (IsLetter(text[i])) {
      names += text[i];
    }
  }
  return names;
}

// All of it but spaces and sizing commands.
std::string SignsFrom(std::string_view text) {
  std::string signs;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view command = CommandAt(text, i);
    if (IsOneOf(command, {"\\left", "\\right", "\\big", "\\Big"})) {
      i += command.size() - 1;
    } else if (text[i] != ' ' && text[i] != '$') {
      signs += text[i];
    }
  }
  return signs;
}

// [0,1] \times [0,2], {1} \times \mathbb{R}, A \times B.
bool JoinsSets(std::string_view text, size_t at, size_t after) {
  const size_t last = at == 0 ? text.npos : text.find_last_not_of(' ', at - 1);
  const size_t next = text.find_first_not_of(' ', after);
  if (last == text.npos || next == text.npos) return false;
  const std::string_view rest = text.substr(next);
  const bool opens = rest[0] == '[' || rest.starts_with("\\{") ||
                     rest.starts_with("\\mathbb") ||
                     (rest[0] == '(' && rest.find(',') != rest.npos);
  const bool closes =
      text[last] == ']' || text[last] == ')' || text[last] == '}';
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool lone = capital(text[last]) && capital(rest[0]) &&
                    (last == 0 || !IsLetter(text[last - 1])) &&
                    (rest.size() < 2 || !IsLetter(rest[1]));
  return (opens && closes) || lone;
}

// dx \wedge dy, e_1 \wedge e_2, and not p \wedge q.
bool IsOfForms(std::string_view text) {
  for (std::string_view sign :
       {"dx", "dy", "dz", "e_", "\\mathbf", "\\vec", "\\omega", "d\\theta"}) {
    if (text.find(sign) != text.npos) return true;
  }
  return false;
}

// \mathbf{A}\mathbf{B}: the name behind this one is written like it.
bool IsBesideAnother(std::string_view text, size_t at,
                     std::string_view command) {
  size_t end = at + command.size();
  if (end >= text.size() || text[end] != '{') return false;
  end = text.find('}', end);
  if (end == text.npos) return false;
  const size_t next = text.find_first_not_of(' ', end + 1);
  return next != text.npos && text.substr(next).starts_with(command);
}

Order OrderOf(std::string_view text) {
  Order order;
  bool vectors = false, product = false, transposed = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '^') {
      const std::string_view power = ArgumentAt(text, i + 1);
      if (power == "T" || power == "\\top" || power == "\\mathsf{T") {
        transposed = true;
      }
      // Degrees are no composition.
      if (power.find("circ") != power.npos) i = text.find("circ", i) + 3;
      if (i + 1 < text.size() && text.substr(i + 1, 5) == "\\circ") i += 5;
      continue;
    }
    const std::string_view command = CommandAt(text, i);
    if (command.empty()) continue;
    const size_t after = i + command.size();
    if (IsOneOf(command, {"\\vec", "\\mathbf", "\\hat", "\\overrightarrow",
                          "\\boldsymbol", "\\bm"})) {
      vectors = true;
      order.counts |= command != "\\vec" && IsBesideAnother(text, i, command);
      order.words += " v" + std::string(ArgumentAt(text, after));
    } else if (command == "\\nabla") {
      order.counts = true;
      order.words += " nabla";
      if (after < text.size() && text[after] == '^') order.words += "^";
    } else if (command == "\\times" || command == "\\cdot") {
      product |= command == "\\times";
      order.words += command;
      if (command == "\\times" && JoinsSets(text, i, after)) {
        order.counts = true;
        order.words += " sets " + SignsFrom(text);
      }
    } else if (command == "\\wedge" && IsOfForms(text)) {
      order.counts = true;
      order.words += " forms " + SignsFrom(text);
    } else if (command == "\\circ") {
      order.counts = true;
      order.words += " after " + NamesFrom(text);
    } else if (command == "\\angle" || command == "\\triangle") {
      const std::string_view name = ArgumentAt(text, after);
      if (!name.empty() && name[0] >= '0' && name[0] <= '9') {
        order.counts = true;
        order.words += " angle" + std::string(name);
      }
    } else if (IsOneOf(command, {"\\cong", "\\sim", "\\backsim"})) {
      order.counts = true;
      order.words += " like " + NamesFrom(text);
    }
    i = after - 1;
  }
  if (vectors && product) order.counts = true;
  if (transposed) order.transposed = NamesFrom(text);
  return order;
}

std::string ConnectiveOf(std::string_view text) {
  if (text.find("\\exists!") != text.npos ||
      text.find("\\exists !") != text.npos) {
    return "exactly one";
  }
  const std::string words = " " + NormalizedWords(text) + " ";
  if (words.find(" if and only if ") != words.npos ||
      words.find(" iff ") != words.npos) {
    return "iff";
  }
  if (words.find(" only if ") != words.npos) return "only if";
  if (words.find(" unless ") != words.npos) return "unless";
  return "";
}

// The letters of a product, one after the other: "P", "A", "P'" for PAP^{-1},
// a new product at every other sign.
std::vector<std::vector<std::string>> ProductsOf(std::string_view text) {
  std::vector<std::vector<std::string>> products(1);
  bool accented = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view command = CommandAt(text, i);
    if (IsLetter(c)) {
      products.back().push_back(std::string(accented ? "^" : "") + c);
      accented = false;
    } else if (!command.empty()) {
      const bool accent = IsOneOf(command, {"\\hat", "\\mathbf", "\\bm"});
      const bool greek = IsOneOf(
          command, {"\\sigma", "\\tau", "\\pi", "\\rho", "\\alpha", "\\beta"});
      if (greek) products.back().emplace_back(command);
      i += command.size() - 1;
      accented = accent;
      if (!accent && !greek) products.emplace_back();
    } else if (text.substr(i, 5) == "^{-1}") {
      if (!products.back().empty()) products.back().back() += '\'';
      i += 4;
    } else if (c == '^') {
      ++i;  // A power stays beside its letter.
    } else if (c != ' ' && c != '{' && c != '}' && c != '(' && c != ')' &&
               !(c >= '0' && c <= '9')) {
      products.emplace_back();
    }
  }
  return products;
}

// PAP^{-1} and AB - BA: products that numbers would not be written in.
bool MultipliesMatrices(const std::vector<std::vector<std::string>>& products) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const std::vector<std::string>& product : products) {
    for (size_t i = 0; i < product.size(); ++i) {
      for (size_t j = i + 2; j < product.size(); ++j) {
        if (product[i] + "'" == product[j] || product[j] + "'" == product[i]) {
          return true;
        }
      }
      if (i + 1 >= product.size()) continue;
      const bool names = product[i].size() > 1 || product[i][0] < 'a';
      if (names && product[i] != product[i + 1]) {
        pairs.emplace(product[i], product[i + 1]);
      }
    }
  }
  for (const auto& [x, y] : pairs) {
    if (pairs.count({y, x}) > 0) return true;
  }
  return false;
}

// "3 \times 4 matrix": its sizes are in order, those of a rectangle in any.
bool SizesDiffer(std::string_view a, std::string_view b) {
  const auto sizes = [](std::string_view text) {
    std::vector<std::string> numbers;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') continue;
      size_t end = text.find_first_not_of("0123456789", i);
      if (end == text.npos) end = text.size();
      numbers.emplace_back(text.substr(i, end - i));
      i = end - 1;
    }
    return numbers;
  };
  if (a.find("\\begin") != a.npos || b.find("\\begin") != b.npos) return false;
  for (std::string_view thing :
       {"matri", "rectang", "grid", "board", "array"}) {
    if (a.find(thing) == a.npos || b.find(thing) == b.npos) continue;
    std::vector<std::string> x = sizes(a), y = sizes(b);
    if (thing != "matri") {
      std::sort(x.begin(), x.end());
      std::sort(y.begin(), y.end());
    }
    return x.size() > 1 && y.size() > 1 && x != y;
  }
  return false;
}

// A^{-1}B and BA^{-1}, (AB)^{-1} and A^{-1}B^{-1}: inverses of capitals, in
// another order.
bool InvertsMatrices(std::string_view text) {
  for (size_t at = text.find("^{-1}"); at != text.npos;
       at = text.find("^{-1}", at + 1)) {
    if (at == 0) continue;
    const char before = text[at - 1];
    const bool group = before == ')' && at > 2 && text[at - 2] >= 'A' &&
                       text[at - 2] <= 'Z' && text[at - 3] >= 'A' &&
                       text[at - 3] <= 'Z';
    if (group || (before >= 'A' && before <= 'Z')) return true;
  }
  return false;
}

bool MatricesDiffer(std::string_view a, std::string_view b) {
  constexpr std::string_view kInverse = "^{-1}";
  const bool inverse = a.find(kInverse) != a.npos || b.find(kInverse) != b.npos;
  const auto adds_names = [](std::string_view text) {
    size_t names = 0;
    for (char c : text) names += c >= 'A' && c <= 'Z' ? 1 : 0;
    return text.find_first_of("+-") != text.npos &&
           (names > 2 || text.find("\\hat") != text.npos);
  };
  if (!inverse && !adds_names(a) && !adds_names(b)) return false;
  const auto x = ProductsOf(a), y = ProductsOf(b);
  if (x == y) return false;
  if (MultipliesMatrices(x) || MultipliesMatrices(y)) return true;
  return InvertsMatrices(a) && InvertsMatrices(b);
}

// "p if q" and "q if p".
bool Exchanged(std::string_view a, std::string_view b) {
  constexpr std::string_view kIf = " if ";
  const std::string x = NormalizedWords(a), y = NormalizedWords(b);
  const size_t i = x.find(kIf), j = y.find(kIf);
  if (i == x.npos || j == y.npos || x.find(kIf, i + 1) != x.npos ||
      y.find(kIf, j + 1) != y.npos) {
    return false;
  }
  const std::string_view p(x), q(y);
  return x != y && p.substr(0, i) == q.substr(j + kIf.size()) &&
         q.substr(0, j) == p.substr(i + kIf.size());
}

}  // namespace

bool OrdersDiffer(std::string_view a, std::string_view b) {
  if (a.size() > kOrderBytesMax || b.size() > kOrderBytesMax) return false;
  if (SizesDiffer(a, b)) return true;
  if (MatricesDiffer(a, b)) return true;
  if (a.find_first_of("\\^") == a.npos && b.find_first_of("\\^") == b.npos) {
    return false;
  }
  const Order x = OrderOf(a), y = OrderOf(b);
  if (!x.transposed.empty() && !y.transposed.empty() &&
      x.transposed != y.transposed) {
    return true;
  }
  return (x.counts || y.counts) && x.words != y.words;
}

bool ConnectivesDiffer(std::string_view a, std::string_view b) {
  constexpr size_t kBytesMax = 400;
  if (a.size() > kBytesMax || b.size() > kBytesMax) return false;
  auto may = [](std::string_view text) {
    return text.find("if") != text.npos || text.find("unless") != text.npos ||
           text.find("exists") != text.npos;
  };
  return (may(a) || may(b)) &&
         (ConnectiveOf(a) != ConnectiveOf(b) || Exchanged(a, b));
}

}  // namespace assay::math
