// Constants of integration: sides that are equal up to one, or up to their
// names.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

// C, K, C_1, c_2: what integration leaves open. A lone c too, where it is no
// parameter among others.
bool IsConstantName(std::string_view name, size_t names) {
  if (name == "C" || name == "K" || name == "const" || name == "constant") {
    return true;
  }
  if (name == "c") return names <= 2;
  return name.size() >= 3 && (name[0] == 'C' || name[0] == 'c') &&
         name[1] == '_' && name[2] >= '0' && name[2] <= '9';
}

std::vector<std::string> ConstantNames(const Expr& e) {
  // Most trees have no such letter.
  const bool may =
      e.contents.Has(Kind::kSymbol) && Contains(e, [](const Expr& x) {
        return x.kind == Kind::kSymbol && !x.text.empty() &&
               (x.text[0] == 'C' || x.text[0] == 'c' || x.text[0] == 'K');
      });
  if (!may) return {};
  std::set<std::string> names;
  FreeSymbols(e, &names);
  std::vector<std::string> result;
  for (const std::string& name : names) {
    if (IsConstantName(name, names.size())) result.push_back(name);
  }
  return result;
}

// One letter that a function depends on, by custom.
bool IsVariableName(const std::string& name) {
  return (name.size() == 1 && name[0] >= 'a' && name[0] <= 'z' &&
          name[0] != 'c') ||
         name == "theta" || name == "phi" || name == "varphi";
}

// exp, sin, ... or a power with a variable in its exponent.
bool IsTranscendental(const Expr& e) {
  for (const Function f :
       {Function::kExp, Function::kSin, Function::kCos, Function::kTan,
        Function::kLn, Function::kSinh, Function::kCosh}) {
    if (e.contents.Has(f)) return true;
  }
  return Contains(e, [](const Expr& x) {
    if (x.kind != Kind::kPower) return false;
    std::set<std::string> names;
    FreeSymbols(x.child(1), &names);
    return std::any_of(names.begin(), names.end(), IsVariableName);
  });
}

// C of C, C_1 and c.
char BaseLetter(const std::string& name) {
  return name[0] == 'c' ? 'C' : name[0];
}

// Whether each constant enters alone, as in C_1 e^x + C_2 e^{-x}.
bool IsLinearInEach(const Expr& e, const std::vector<std::string>& constants,
                    Ladder* ladder) {
  const Expr* zero = Rewriter(ladder->arena()).Integer(0);
  if (zero == nullptr) return false;
  for (const std::string& name : constants) {
    const Expr* slope =
        Differentiate(e, name, ladder->arena(), ladder->budget());
    if (slope == nullptr) return false;
    for (const std::string& other : constants) {
      const Expr* bend =
          Differentiate(*slope, other, ladder->arena(), ladder->budget());
      if (bend == nullptr || !ladder->Compare(*bend, *zero).equal()) {
        return false;
      }
    }
  }
  return true;
}

// E + c C with a number c: the constant's name and E; null where the tree is
// not of this form.
const Expr* WithoutConstant(const Expr& e, Ladder* ladder, std::string* name) {
  const std::vector<std::string> constants = ConstantNames(e);
  if (constants.size() != 1) return nullptr;
  Rewriter w(ladder->arena());
  const Expr* slope =
      Differentiate(e, constants[0], ladder->arena(), ladder->budget());
  const Expr* zero = w.Integer(0);
  if (slope == nullptr || zero == nullptr) return nullptr;
  // The slope is the same everywhere, and not 0.
  std::set<std::string> names;
  FreeSymbols(*slope, &names);
  const Expr* elsewhere = slope;
  for (const std::string& n : names) {
    const Expr* other = w.Symbol(n + "~");
    if (other == nullptr || elsewhere == nullptr) return nullptr;
    elsewhere = w.Substitute(*elsewhere, n, *other);
  }
  if (elsewhere == nullptr ||
      (elsewhere != slope && !ladder->Compare(*slope, *elsewhere).equal()) ||
      !ladder->Compare(*slope, *zero).different()) {
    return nullptr;
  }
  names.clear();
  const Expr* rest = w.Substitute(e, constants[0], *zero);
  if (rest == nullptr) return nullptr;
  FreeSymbols(*rest, &names);
  if (names.empty()) return nullptr;  // Nothing was integrated.
  *name = constants[0];
  return rest;
}

}  // namespace

std::optional<Finding> Structure::Constants(const Expr& gold,
                                            const Expr& answer) {
  Rewriter w(ladder_->arena());
  std::string g_name, a_name;
  const Expr* g = WithoutConstant(gold, ladder_, &g_name);
  const Expr* a = WithoutConstant(answer, ladder_, &a_name);
  if (g == nullptr && a == nullptr) return OtherConstants(gold, answer);
  if (g == nullptr || a == nullptr) {
    std::set<std::string> names;
    FreeSymbols(g == nullptr ? gold : answer, &names);
    if (names.count(g == nullptr ? a_name : g_name) > 0) return std::nullopt;
    const bool optional = ladder_->policy().optional_constant && g != nullptr;
    if (!optional) {
      Finding f = ladder_->Compare(gold, answer);
      if (!f.undecided()) return f;
      return Finding::Different("+ C on one side only");
    }
    a = &answer;
  }
  // Equal up to a constant: the difference does not change with the variable.
  const Expr* difference = w.Subtract(g, a);
  if (difference == nullptr) return std::nullopt;
  std::set<std::string> names, others;
  FreeSymbols(*g, &names);
  FreeSymbols(*a, &others);
  Finding last = ladder_->Compare(*g, *a);
  if (last.equal()) return last;
  for (const std::string& name : names) {
    if (others.count(name) == 0) continue;
    const Expr* other = w.Symbol(name + "~");
    const Expr* moved =
        other == nullptr ? nullptr : w.Substitute(*difference, name, *other);
    if (moved == nullptr) return std::nullopt;
    Finding f = ladder_->Compare(*difference, *moved);
    if (f.equal()) {
      return std::move(f).Note("equal up to the constant of integration");
    }
  }
  return last;
}

// \int f dx against F + C: the derivative of F is f.
std::optional<Finding> Structure::Antiderivative(const Expr& gold,
                                                 const Expr& answer) {
  auto indefinite = [](const Expr& e) {
    return e.kind == Kind::kIntegral && e.children_count == 4 &&
           e.children()[1] == nullptr && e.children()[2] == nullptr &&
           e.children()[0] != nullptr && e.children()[3] != nullptr;
  };
  if (indefinite(gold) == indefinite(answer)) return std::nullopt;
  const Expr& integral = indefinite(gold) ? gold : answer;
  const Expr& other = indefinite(gold) ? answer : gold;
  std::string name;
  const Expr* rest = WithoutConstant(other, ladder_, &name);
  if (rest == nullptr) return std::nullopt;
  const Expr* slope = Differentiate(*rest, integral.child(0).text,
                                    ladder_->arena(), ladder_->budget());
  if (slope == nullptr) return std::nullopt;
  return ladder_->Compare(integral.child(3), *slope)
      .Note("an integral and its antiderivative");
}

// C e^x and C_1 e^x: constants of integration may have other names and
// change places.
std::optional<Finding> Structure::OtherConstants(const Expr& gold,
                                                 const Expr& answer) {
  constexpr size_t kConstantsMax = 3;
  std::vector<std::string> x = ConstantNames(gold);
  std::vector<std::string> y = ConstantNames(answer);
  if (x.empty() && y.empty()) return std::nullopt;
  std::set<std::string> names, others;
  FreeSymbols(gold, &names);
  FreeSymbols(answer, &others);
  auto variable = [](const std::set<std::string>& of) {
    return std::any_of(of.begin(), of.end(), IsVariableName);
  };
  if (!variable(names) || !variable(others)) return std::nullopt;
  // A e^x + B e^{-x} beside C_1 and C_2.
  if (x.empty() != y.empty()) {
    const std::vector<std::string>& indexed = x.empty() ? y : x;
    const bool one = indexed.size() == 1 && indexed[0] == "C";
    if (!one && (indexed.size() < 2 || indexed[0].size() < 3)) {
      return std::nullopt;
    }
    std::vector<std::string>& none = x.empty() ? x : y;
    const std::set<std::string>& of = x.empty() ? names : others;
    const std::set<std::string>& with = x.empty() ? others : names;
    for (const char* letter : {"A", "B", "D"}) {
      if (of.count(letter) > 0 && with.count(letter) == 0) {
        none.push_back(letter);
      }
    }
  }
  if (x.size() != y.size() || x.size() > kConstantsMax ||
      names.size() == x.size() || (x == y && x.size() == 1)) {
    return std::nullopt;
  }
  if (Finding f = ladder_->Compare(gold, answer); f.equal()) return f;
  if (x.size() == 1 ? BaseLetter(x[0]) != BaseLetter(y[0]) &&
                          !(IsTranscendental(gold) && IsTranscendental(answer))
                    : !IsLinearInEach(gold, x, ladder_) ||
                          !IsLinearInEach(answer, y, ladder_)) {
    return std::nullopt;
  }
  Rewriter w(ladder_->arena());
  std::sort(y.begin(), y.end());
  do {
    const Expr* renamed = &answer;
    for (size_t pass = 0; pass < 2 && renamed != nullptr; ++pass) {
      for (size_t i = 0; i < y.size() && renamed != nullptr; ++i) {
        const Expr* to = w.Symbol(pass == 0 ? x[i] + "~" : x[i]);
        if (to == nullptr) return std::nullopt;
        renamed = w.Substitute(*renamed, pass == 0 ? y[i] : x[i] + "~", *to);
      }
    }
    if (renamed == nullptr) return std::nullopt;
    if (Finding f = ladder_->Compare(gold, *renamed); f.equal()) {
      return std::move(f).Note("constants of integration renamed");
    }
  } while (std::next_permutation(y.begin(), y.end()));
  return std::nullopt;
}

}  // namespace assay::math
