#include "verifier/math/differentials.h"

#include <string>
#include <vector>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// dy/dx.
const Expr* Derivatives(const Expr& e, Arena* arena) {
  if (!e.contents.Has(Kind::kDerivative)) return &e;
  Rewriter w(arena);
  return w.Transform(e, [&](const Expr& x) -> const Expr* {
    if (x.kind != Kind::kDerivative || x.children_count != 2 ||
        x.child(0).kind != Kind::kSymbol || x.child(1).kind != Kind::kSymbol ||
        x.child(0).text == x.child(1).text) {
      return nullptr;
    }
    return w.Symbol("d" + std::to_string(x.detail) + "{" +
                    std::string(x.child(1).text) + "/" +
                    std::string(x.child(0).text) + "}");
  });
}

bool IsSign(const Expr& e) {
  return e.kind == Kind::kSymbol &&
         (e.text == "d" || e.text == "Delta" || e.text == "delta" ||
          e.text == "nabla" || e.text == "partial");
}

// Whether the sign belongs to the letter: "dx", and not "d x" nor "adx".
bool Belongs(const Expr& sign, const Expr& letter, std::string_view text) {
  if (letter.kind != Kind::kSymbol || IsSign(letter)) return false;
  if (sign.text != "d") return true;
  const size_t at = sign.begin_bytes;
  if (at + 1 >= text.size() || text[at] != 'd' ||
      letter.begin_bytes != at + 1) {
    return false;
  }
  if (text[at + 1] != '\\' && at + 2 < text.size() && IsLetter(text[at + 2])) {
    return false;  // A word.
  }
  return at == 0 || !IsLetter(text[at - 1]);
}

// The factors with signs and their letters as one; as many as before where
// none belongs to another.
std::vector<const Expr*> Joined(const Expr& product, std::string_view text,
                                Rewriter* w) {
  std::vector<const Expr*> factors;
  for (size_t i = 0; i < product.children_count; ++i) {
    const Expr& factor = product.child(i);
    if (i + 1 < product.children_count && IsSign(factor) &&
        Belongs(factor, product.child(i + 1), text)) {
      factors.push_back(w->Symbol("[" + std::string(factor.text) + " " +
                                  std::string(product.child(i + 1).text) +
                                  "]"));
      ++i;
    } else {
      factors.push_back(&factor);
    }
  }
  return factors;
}

}  // namespace

const Expr* NamedDifferentials(const Expr& e, std::string_view text,
                               Arena* arena) {
  const Expr* named = Derivatives(e, arena);
  if (named == nullptr || !named->contents.Has(Kind::kMultiply) ||
      named->contents.Has(Kind::kIntegral) || !Contains(*named, IsSign)) {
    return named;
  }
  Rewriter w(arena);
  return w.Transform(*named, [&](const Expr& x) -> const Expr* {
    if (x.kind != Kind::kMultiply) return nullptr;
    const std::vector<const Expr*> factors = Joined(x, text, &w);
    if (factors.size() == x.children_count) return nullptr;
    return factors.size() == 1 ? factors[0] : w.With(x, factors);
  });
}

}  // namespace assay::math
