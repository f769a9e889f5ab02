#include "tests/verifier/math/generated_pairs.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::math {
namespace {

std::string Join(const std::vector<std::string>& items, const char* between) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += between;
    text += item;
  }
  return text;
}

std::string Braced(std::string_view name, const std::string& e) {
  return std::string(name) + "{" + e + "}";
}

}  // namespace

bool GeneratedPairs::Formula(bool equal, int depth, int* a, int* b) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    f_.Clear();
    *a = f_.Random(depth);
    if (equal) {
      *b = f_.Rewritten(*a, 1 + static_cast<int>(f_.Pick(5)));
      return true;
    }
    *b = f_.Perturbed(*a);
    if (!f_.ProvedDifferent(*a, *b)) continue;
    *b = f_.Rewritten(*b, static_cast<int>(f_.Pick(4)));
    // ln(z^2) as 2 ln(z) is defined in fewer places: where |z| is z.
    if (!f_.ProvedDifferent(*a, *b)) continue;
    return true;
  }
  return false;
}

GeneratedPair GeneratedPairs::Scalar(bool equal) {
  int a, b;
  if (!Formula(equal, 1 + static_cast<int>(f_.Pick(4)), &a, &b)) {
    return {"1", equal ? "1.0" : "2", "scalar"};
  }
  return {f_.Write(a), f_.Write(b), "scalar"};
}

// E and E + something tiny.
GeneratedPair GeneratedPairs::Near(bool equal) {
  int a, b;
  Formula(true, static_cast<int>(f_.Pick(3)), &a, &b);
  // Small ones as often as large ones.
  const int k = static_cast<int>(std::exp2(f_.Pick(1150) / 100.0)) + 1;
  const std::string n = std::to_string(k);
  std::string tiny;
  switch (f_.Pick(4)) {
    case 0:
      tiny = "10^{-" + n + "}";
      break;
    case 1:
      tiny = R"(\frac{1}{10^{)" + n + "}}";
      break;
    case 2:
      tiny = "e^{-" + n + "}";
      break;
    default:
      tiny = R"(\frac{1}{)" + n + "!}";
      break;
  }
  std::string answer = f_.Write(b);
  if (!equal) answer += f_.Chance(50) ? "+" + tiny : "-" + tiny;
  if (equal) answer += "+" + tiny + "-" + tiny;
  return {f_.Write(a), std::move(answer), "near"};
}

GeneratedPair GeneratedPairs::Collection(bool equal) {
  const size_t count = 2 + f_.Pick(4);
  const size_t changed = f_.Pick(count);
  std::vector<std::string> x, y;
  for (size_t i = 0; i < count; ++i) {
    int a, b;
    if (!Formula(equal || i != changed, 1, &a, &b)) {
      a = f_.Number(1);
      b = f_.Number(equal ? 1 : 2);
    }
    x.push_back(f_.Write(a));
    y.push_back(f_.Write(b));
  }
  // {a, a, b} and {b, b, a} are one set, so perturbed sets have two items.
  switch (f_.Pick(equal || count == 2 ? 3 : 2)) {
    case 0:
      return {"(" + Join(x, ", ") + ")", "(" + Join(y, ", ") + ")", "tuple"};
    case 1:
      std::reverse(y.begin(), y.end());
      return {Join(x, ", "), Join(y, f_.Chance(50) ? ", " : "; "), "list"};
    default:
      std::reverse(y.begin(), y.end());
      return {R"(\{)" + Join(x, ", ") + R"(\})",
              R"(\left\{)" + Join(y, ", ") + R"(\right\})", "set"};
  }
}

GeneratedPair GeneratedPairs::Interval(bool equal) {
  f_.Clear();
  f_.set_variables(0);
  const int64_t d = 1 + static_cast<int64_t>(f_.Pick(6));
  int64_t low = static_cast<int64_t>(f_.Pick(40)) - 20;
  int64_t high = low + 1 + static_cast<int64_t>(f_.Pick(20));
  bool closed[2] = {f_.Chance(50), f_.Chance(50)};
  auto end = [&](int64_t n) {
    return f_.Write(
        f_.Rewritten(f_.Number(n, d), static_cast<int>(f_.Pick(3))));
  };
  auto interval = [&]() {
    return (closed[0] ? "[" : "(") + end(low) + ", " + end(high) +
           (closed[1] ? "]" : ")");
  };
  auto inequality = [&]() {
    return end(low) + (closed[0] ? R"( \le )" : " < ") + "x" +
           (closed[1] ? R"( \leq )" : " < ") + end(high);
  };
  const std::string gold = f_.Chance(70) ? interval() : inequality();
  if (!equal) {
    switch (f_.Pick(4)) {
      case 0:
        closed[f_.Pick(2)] ^= true;
        break;
      case 1:
        high += d;
        break;
      case 2:
        low -= 1;
        break;
      default:
        high = high * 7 + 200;
        break;
    }
  }
  return {gold, f_.Chance(60) ? interval() : inequality(), "interval"};
}

// p x + q y = r and its multiples; x > c and its turned forms.
GeneratedPair GeneratedPairs::Line(bool equal) {
  int64_t p = 1 + static_cast<int64_t>(f_.Pick(9));
  int64_t q = 1 + static_cast<int64_t>(f_.Pick(9));
  int64_t r = static_cast<int64_t>(f_.Pick(30)) - 15;
  auto n = [](int64_t v) { return std::to_string(v); };
  const std::string gold = n(p) + "x + " + n(q) + "y = " + n(r);
  const int64_t k = 1 + static_cast<int64_t>(f_.Pick(5));
  if (!equal) {
    switch (f_.Pick(3)) {
      case 0:
        r += 1;
        break;
      case 1:
        // Not a multiple of the same line through the origin.
        p += 1;
        break;
      default:
        q = -q;
        break;
    }
  }
  p *= k, q *= k, r *= k;
  switch (f_.Pick(3)) {
    case 0:
      return {gold, n(q) + "y + " + n(p) + "x - (" + n(r) + ") = 0", "line"};
    case 1:
      return {gold, n(r) + " = " + n(p) + "x + (" + n(q) + ")y", "line"};
    default:
      return {gold, n(p) + "x = " + n(r) + " - (" + n(q) + ")y", "line"};
  }
}

GeneratedPair GeneratedPairs::Labelled(bool equal) {
  f_.set_variables(1);
  int a, b;
  if (!Formula(equal, 2, &a, &b)) {
    a = f_.Number(1), b = f_.Number(equal ? 1 : 2);
  }
  constexpr const char* kLabels[] = {"y = ", "f(x) = ", "S=", "m = "};
  const std::string label = kLabels[f_.Pick(4)];
  const std::string gold = f_.Write(a), answer = f_.Write(b);
  switch (f_.Pick(3)) {
    case 0:
      return {label + gold, answer, "labelled"};
    case 1:
      return {gold, label + answer, "labelled"};
    default:
      return {label + gold, label + answer, "labelled"};
  }
}

// Equal for every natural n.
GeneratedPair GeneratedPairs::Parameter(bool equal) {
  const std::string c = std::to_string(2 + f_.Pick(7));
  const std::string shift = std::to_string(f_.Pick(9));
  std::string a, b;
  switch (f_.Pick(7)) {
    case 0:
      a = "(n+1)!", b = R"((n+1) \cdot n!)";
      break;
    case 1:
      a = R"(\binom{n+2}{2})", b = R"(\frac{(n+2)(n+1)}{2})";
      break;
    case 2:
      a = c + "^{n+1} n!", b = c + R"( \cdot )" + c + "^n n!";
      break;
    case 3:
      a = R"(\sum_{k=1}^{n} k)", b = R"(\frac{n^2+n}{2})";
      break;
    case 4:
      a = R"(\binom{n+1}{)" + c + "}",
      b = R"(\binom{n}{)" + c + R"(} + \binom{n}{)" + c + "-1}";
      break;
    case 5:
      a = R"(\frac{(2n)!}{(n!)^2})", b = R"(\binom{2n}{n})";
      break;
    default:
      a = R"(\prod_{k=1}^{n} k)", b = "n!";
      break;
  }
  a += "+" + shift;
  b += "+" + shift;
  if (!equal) b += f_.Chance(50) ? "+1" : R"(+\frac{1}{)" + c + "}";
  return {a, b, "parameter"};
}

GeneratedPair GeneratedPairs::Literal(bool equal) {
  const uint64_t n = f_.Pick(100'000'000) + 1;
  const std::string text = std::to_string(n);
  const std::string next = std::to_string(n + (equal ? 0 : 1));
  const std::string k = std::to_string(2 + f_.Pick(600));
  const std::string add = equal ? "" : f_.Chance(50) ? "+1" : "-1";
  switch (f_.Pick(9)) {
    case 0:
      return {text, next + ".0", "literal"};
    case 1: {
      std::string grouped = next;
      for (int i = static_cast<int>(next.size()) - 3; i > 0; i -= 3) {
        grouped.insert(i, ",");
      }
      return {text, grouped, "literal"};
    }
    case 2:
      return {text, next + R"( \times 10^{0})", "literal"};
    case 3:
      return {"2^{" + k + "}", "2^{" + k + R"(-1} \cdot 2)" + add, "literal"};
    case 4:
      return {k + "!", R"(\frac{()" + k + "+1)!}{" + k + "+1}" + add,
              "literal"};
    case 5:
      return {R"(\frac{)" + text + "}{3}", R"(\frac{2 \cdot )" + next + "}{6}",
              "literal"};
    case 6:
      return {R"(\frac{)" + text + "}{999999999}",
              "0." + std::string(equal ? "" : "0") + R"(\overline{)" +
                  std::string(9 - text.size(), '0') + text + "}",
              "literal"};
    case 7:
      return {R"(\frac{)" + text + "}{100}", next + R"(\%)", "literal"};
    default:
      return {"-" + text, (equal ? "-(" : "(") + text + ")", "literal"};
  }
}

GeneratedPair GeneratedPairs::Matrix(bool equal) {
  std::vector<std::string> x, y;
  const size_t changed = f_.Pick(4);
  for (size_t i = 0; i < 4; ++i) {
    int a, b;
    if (!Formula(equal || i != changed, 1, &a, &b)) {
      a = f_.Number(1), b = f_.Number(equal ? 1 : 2);
    }
    x.push_back(f_.Write(a));
    y.push_back(f_.Write(b));
  }
  auto matrix = [](const char* kind, const std::vector<std::string>& cells) {
    return Braced("\\begin", kind) + cells[0] + " & " + cells[1] + R"( \\ )" +
           cells[2] + " & " + cells[3] + Braced("\\end", kind);
  };
  return {matrix("pmatrix", x), matrix("bmatrix", y), "matrix"};
}

GeneratedPair GeneratedPairs::Unknown(bool equal) {
  int a, b;
  if (!Formula(true, 1, &a, &b)) return Scalar(equal);
  const std::string x = f_.Write(a), y = f_.Write(b);
  int c, d;
  if (!Formula(equal, 1, &c, &d)) return Scalar(equal);
  return {"g(" + x + ")+(" + f_.Write(c) + ")", f_.Write(d) + "+g(" + y + ")",
          "unknown"};
}

GeneratedPair GeneratedPairs::Quantity(bool equal) {
  const int64_t n = 1 + static_cast<int64_t>(f_.Pick(5000));
  const std::string cm = std::to_string(n);
  const int64_t m = equal ? n : n + 1;
  std::string fraction = std::to_string(m % 100);
  if (fraction.size() < 2) fraction.insert(0, "0");
  return {cm + R"( \text{ cm})",
          std::to_string(m / 100) + "." + fraction + R"(\text{ m})",
          "quantity"};
}

GeneratedPair GeneratedPairs::Draw(bool equal) {
  using Kind = Formulas::Kind;
  f_.Clear();
  constexpr Kind kKinds[] = {
      Kind::kRational, Kind::kRational,   Kind::kRational,   Kind::kRadical,
      Kind::kRadical,  Kind::kElementary, Kind::kElementary, Kind::kComplex};
  f_.set_kind(kKinds[f_.Pick(8)]);
  f_.set_variables(f_.Chance(25) ? 0 : 1 + static_cast<int>(f_.Pick(3)));
  const uint64_t family = f_.Pick(100);
  if (family < 60) return Scalar(equal);
  if (family < 66) return Near(equal);
  if (family < 76) return Collection(equal);
  if (family < 81) return Interval(equal);
  if (family < 84) return Line(equal);
  if (family < 88) return Labelled(equal);
  if (family < 90) return Parameter(equal);
  if (family < 95) return Literal(equal);
  if (family < 97) return Matrix(equal);
  if (family < 99) return Unknown(equal);
  return Quantity(equal);
}

}  // namespace assay::math
