// Spells formulas.
#include <cstdlib>
#include <string_view>

#include "tests/verifier/math/formula.h"

namespace assay::math {
namespace {

// How tightly the written form holds together.
enum Level { kSum, kProduct, kPowerBase, kAtom };

using Op = Formulas::Op;

std::string_view CallName(Op op, bool latex) {
  switch (op) {
    case Op::kSin:
      return latex ? "\\sin" : "sin";
    case Op::kCos:
      return latex ? "\\cos" : "cos";
    case Op::kTan:
      return latex ? "\\tan" : "tan";
    case Op::kLn:
      return latex ? "\\ln" : "ln";
    case Op::kExp:
      return latex ? "\\exp" : "exp";
    case Op::kArctan:
      return latex ? "\\arctan" : "atan";
    case Op::kSinh:
      return latex ? "\\sinh" : "sinh";
    case Op::kCosh:
      return latex ? "\\cosh" : "cosh";
    default:
      return "abs";
  }
}

// The decimal of n/d where it ends, of at most 6 places; else empty.
std::string Decimal(int64_t n, int64_t d) {
  int64_t power = 1;
  for (int places = 0; places <= 6; ++places, power *= 10) {
    if (power % d != 0) continue;
    if (places == 0 || n > INT64_MAX / power) return "";
    std::string digits = std::to_string(n * (power / d));
    while (static_cast<int>(digits.size()) <= places) digits.insert(0, "0");
    return digits.insert(digits.size() - places, ".");
  }
  return "";
}

}  // namespace

Formulas::Style Formulas::RandomStyle() {
  Style style;
  style.latex = Chance(65);
  constexpr const char* kTimes[] = {"\\cdot ", " \\times ", "", "*"};
  constexpr const char* kPlainTimes[] = {"*", " * ", "", "·"};
  style.times = style.latex ? kTimes[Pick(4)] : kPlainTimes[Pick(4)];
  style.pi = style.latex ? "\\pi " : Chance(70) ? "pi" : "π";
  style.braces_power = style.latex && Chance(60);
  style.slash = !style.latex || Chance(15);
  style.star_power = !style.latex && Chance(40);
  style.sized = style.latex && Chance(30);
  style.spaced = Chance(50);
  return style;
}

std::string Formulas::Write(int e) {
  std::string text;
  Print(e, kSum, RandomStyle(), &text);
  return text;
}

void Formulas::PrintNumber(const Node& n, int level, const Style& style,
                           std::string* out) {
  const bool negative = n.number < 0;
  const bool whole = n.denominator == 1;
  const bool bare =
      (!negative || level == kSum) &&
      (whole || (level <= kProduct && !style.slash) || level == kSum);
  if (!bare) *out += style.sized ? "\\left(" : "(";
  if (negative) *out += '-';
  const int64_t size = std::abs(n.number);
  const std::string decimal =
      whole || !Chance(15) ? "" : Decimal(size, n.denominator);
  if (whole) {
    *out += std::to_string(size);
  } else if (!decimal.empty()) {
    *out += decimal;
  } else if (style.slash) {
    *out += std::to_string(size) + "/" + std::to_string(n.denominator);
  } else if (size < 10 && n.denominator < 10 && Chance(30)) {
    *out += "\\frac" + std::to_string(size) + std::to_string(n.denominator);
  } else {
    *out += "\\frac{" + std::to_string(size) + "}{" +
            std::to_string(n.denominator) + "}";
  }
  if (!bare) *out += style.sized ? "\\right)" : ")";
}

void Formulas::PrintPower(const Node& n, const Style& style, std::string* out) {
  const Node& base = nodes_[n.child[0]];
  const std::string exponent = std::to_string(n.number);
  const bool trigonometric =
      base.op == Op::kSin || base.op == Op::kCos || base.op == Op::kTan;
  if (trigonometric && style.latex && n.number > 1 && Chance(60)) {
    *out += CallName(base.op, true);
    *out += "^{" + exponent + "}(";
    Print(base.child[0], kSum, style, out);
    *out += ')';
    return;
  }
  Print(n.child[0], kAtom, style, out);
  *out += style.star_power ? "**" : "^";
  const bool short_one = n.number >= 0 && n.number < 10;
  if (style.latex && (style.braces_power || !short_one)) {
    *out += "{" + exponent + "}";
  } else if (short_one) {
    *out += exponent;
  } else {
    *out += "(" + exponent + ")";
  }
}

void Formulas::PrintCall(const Node& n, const Style& style, std::string* out) {
  const Op op = n.op;
  if (op == Op::kSqrt || op == Op::kCubeRoot) {
    if (style.latex) {
      *out += op == Op::kSqrt ? "\\sqrt{" : "\\sqrt[3]{";
      Print(n.child[0], kSum, style, out);
      *out += '}';
      return;
    }
    *out += op == Op::kSqrt ? "sqrt(" : "cbrt(";
  } else if (op == Op::kAbs && style.latex) {
    *out += "\\left|";
    Print(n.child[0], kSum, style, out);
    *out += "\\right|";
    return;
  } else if (op == Op::kExp && style.latex && Chance(70)) {
    *out += "e^{";
    Print(n.child[0], kSum, style, out);
    *out += '}';
    return;
  } else {
    *out += CallName(op, style.latex);
    *out += style.sized ? "\\left(" : "(";
    Print(n.child[0], kSum, style, out);
    *out += style.sized ? "\\right)" : ")";
    return;
  }
  Print(n.child[0], kSum, style, out);
  *out += ')';
}

void Formulas::Print(int e, int level, const Style& style, std::string* out) {
  const Node n = nodes_[e];
  auto open = [&](bool needed) {
    if (needed) *out += style.sized ? "\\left(" : "(";
  };
  auto close = [&](bool needed) {
    if (needed) *out += style.sized ? "\\right)" : ")";
  };
  switch (n.op) {
    case Op::kNumber:
      PrintNumber(n, level, style, out);
      return;
    case Op::kVariable: {
      constexpr const char* kNames[] = {"x", "y", "z", "theta", "a", "b"};
      if (style.latex && n.number == 3) *out += "\\";
      *out += kNames[n.number];
      if (style.latex && n.number == 3) *out += ' ';
      return;
    }
    case Op::kPi:
      *out += style.pi;
      return;
    case Op::kE:
      *out += 'e';
      return;
    case Op::kI:
      *out += 'i';
      return;
    case Op::kAdd: {
      open(level > kSum);
      Print(n.child[0], kSum, style, out);
      const Node& right = nodes_[n.child[1]];
      const bool minus = right.op == Op::kNegate;
      *out += style.spaced ? (minus ? " - " : " + ") : (minus ? "-" : "+");
      Print(minus ? right.child[0] : n.child[1], kProduct, style, out);
      close(level > kSum);
      return;
    }
    case Op::kNegate:
      open(level > kSum);
      *out += '-';
      Print(n.child[0], kProduct, style, out);
      close(level > kSum);
      return;
    case Op::kMultiply: {
      open(level > kProduct);
      Print(n.child[0], kPowerBase, style, out);
      const Node& left = nodes_[n.child[0]];
      const Node& right = nodes_[n.child[1]];
      const bool closed = left.op == Op::kAdd ||
                          (left.op == Op::kNumber && left.denominator == 1);
      const bool opens = right.op == Op::kAdd || right.op == Op::kVariable ||
                         right.op == Op::kPi || right.op == Op::kSqrt;
      if (style.times[0] != '\0') {
        *out += style.times;
      } else if (!closed || !opens) {
        *out += style.latex ? "\\cdot " : "*";
      }
      Print(n.child[1], kPowerBase, style, out);
      close(level > kProduct);
      return;
    }
    case Op::kDivide:
      if (style.slash) {
        open(level > kSum);
        Print(n.child[0], kPowerBase, style, out);
        *out += '/';
        Print(n.child[1], kAtom, style, out);
        close(level > kSum);
        return;
      }
      open(level > kPowerBase);
      *out += "\\frac{";
      Print(n.child[0], kSum, style, out);
      *out += "}{";
      Print(n.child[1], kSum, style, out);
      *out += '}';
      close(level > kPowerBase);
      return;
    case Op::kPower:
      open(level > kPowerBase);
      PrintPower(n, style, out);
      close(level > kPowerBase);
      return;
    case Op::kExp:
    case Op::kCubeRoot:
    default:
      open(level >= kAtom);
      PrintCall(n, style, out);
      close(level >= kAtom);
      return;
  }
}

}  // namespace assay::math
