// Random answers, LaTeX and plain, from a seed. Every answer is mathematics.
#ifndef TESTS_VERIFIER_MATH_RANDOM_ANSWER_H_
#define TESTS_VERIFIER_MATH_RANDOM_ANSWER_H_

#include <initializer_list>
#include <random>
#include <string>

namespace assay::math {

class RandomAnswer {
 public:
  explicit RandomAnswer(uint64_t seed) : random_(seed) {}

  std::string Answer() {
    switch (Pick(8)) {
      case 0:
        return Statement(3) + ", " + Statement(3);
      case 1:
        return Statement(2) + R"( \text{ or } )" + Statement(2);
      case 2:
        return Expression(2) + Of({" : ", ":"}) + Expression(2);
      case 3:
        return Set(2);
      default:
        return Statement(4);
    }
  }

  std::string Expression(int depth) {
    if (depth <= 0) return Atom();
    const std::string a = Expression(depth - 1);
    const std::string b = Expression(depth - 1 - Pick(2));
    switch (Pick(22)) {
      case 0:
        return a + " + " + b;
      case 1:
        return a + "-" + b;
      case 2:
        return "(" + a + ")(" + b + ")";
      case 3:
        return R"(\frac{)" + a + "}{" + b + "}";
      case 4:
        return "(" + a + ")/(" + b + ")";
      case 5:
        return "(" + a + ")^{" + b + "}";
      case 6:
        return R"(\sqrt{)" + a + "}";
      case 7:
        return R"(\sqrt[)" + Integer() + "]{" + a + "}";
      case 8:
        return Of({R"(\sin)", R"(\cos)", R"(\ln)", R"(\arctan)", "exp"}) + "(" +
               a + ")";
      case 9:
        return R"(\sin^2 )" + Of({"x", "t", "2x"});
      case 10:
        return R"(\left|)" + a + R"(\right|)";
      case 11:
        return "-" + Atom() + "(" + a + ")";
      case 12:
        return R"(\log_{)" + Integer() + "}(" + a + ")";
      case 13:
        return R"(\lfloor )" + a + R"( \rfloor)";
      case 14:
        return R"(\max()" + a + ", " + b + ")";
      case 15:
        return R"(\binom{)" + a + "}{" + b + "}";
      case 16:
        return R"(\sum_{k=1}^{n} (k + )" + a + ")";
      case 17:
        return R"(\int_{0}^{1} )" + a + R"( \, dx)";
      case 18:
        return "(" + a + ") \\pm " + Atom();
      case 19:
        return "f(" + a + ")";
      case 20:
        return Atom() + Atom2() + "!";
      default:
        return R"(\begin{pmatrix})" + a + " & " + b + R"( \\ 1 & 0)" +
               R"(\end{pmatrix})";
    }
  }

  std::string Statement(int depth) {
    const std::string a = Expression(depth);
    switch (Pick(9)) {
      case 0:
        return a + " = " + Expression(depth - 1);
      case 1:
        return a + Of({" < ", R"( \le )", R"( \neq )", " >= "}) +
               Expression(depth - 2);
      case 2:
        return Expression(1) + " < " + a + R"( \leq )" + Expression(1);
      case 3:
        return R"(x \in )" + Set(depth - 1);
      case 4:
        return "(" + a + ", " + Expression(depth - 1) + ")";
      default:
        return a;
    }
  }

  std::string Set(int depth) {
    const std::string a = Expression(depth > 0 ? 1 : 0);
    const std::string b = Expression(0);
    switch (Pick(7)) {
      case 0:
        return "[" + a + ", " + b + ")";
      case 1:
        return "(" + a + ", " + b + "]";
      case 2:
        return R"(\{)" + a + ", " + b + R"(\})";
      case 3:
        return R"(\mathbb{R})";
      case 4:
        return R"(\{x \mid x > )" + a + R"(\})";
      case 5:
        return depth > 0 ? Set(depth - 1) + R"( \cup )" + Set(0) : "[0, 1]";
      default:
        return R"((-\infty, )" + a + "]";
    }
  }

  std::string Integer() { return std::to_string(2 + Pick(97)); }

  size_t Pick(size_t count) { return random_() % count; }

 private:
  std::string Of(std::initializer_list<const char*> choices) {
    return choices.begin()[Pick(choices.size())];
  }

  std::string Atom() {
    switch (Pick(12)) {
      case 0:
        return R"(\pi )";
      case 1:
        return R"(\frac12)";
      case 2:
        return Integer() + "." + Integer();
      case 3:
        return R"(\alpha )";
      case 4:
        return "x_{" + Integer() + "}";
      case 5:
        return "e";
      case 6:
        return "y'";
      case 7:
      case 8:
        return Of({"x", "y", "n", "a", "k"});
      case 9:
        return Integer() + R"(\%)";
      default:
        return Integer();
    }
  }

  std::string Atom2() { return Of({"x", "y", R"(\theta )", R"(\sqrt{2})"}); }

  std::mt19937_64 random_;
};

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_RANDOM_ANSWER_H_
