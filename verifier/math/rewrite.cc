#include "verifier/math/rewrite.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <array>

#include "absl/container/inlined_vector.h"

namespace assay::math {
namespace {

using Names = absl::InlinedVector<std::string_view, 8>;

bool Has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Remembers the last few names, so that each is inserted about once.
class Found {
 public:
  explicit Found(std::set<std::string>* names) : names_(names) {}

  void Add(std::string_view name) {
    for (std::string_view known : known_) {
      if (known == name) return;
    }
    known_[next_++ % known_.size()] = name;
    names_->emplace(name);
  }

 private:
  std::set<std::string>* names_;
  std::array<std::string_view, 8> known_;
  size_t next_ = 0;
};

void Collect(const Expr& e, Names* bound, Found* found) {
  if (e.kind == Kind::kSymbol) {
    if (!Has(*bound, e.text)) found->Add(e.text);
    return;
  }
  if (e.children_count == 0) return;
  const bool binder =
      IsBinder(e.kind) && e.children_count > 0 && e.children()[0] != nullptr;
  // The name of an unknown function is no variable.
  const size_t from = e.kind == Kind::kApply || binder ? 1 : 0;
  // Bounds lie outside the binder's scope, but cannot name its variable
  // sensibly; an indefinite integral and a derivative leave it free.
  const bool shields =
      binder && e.kind != Kind::kDerivative &&
      !(e.kind == Kind::kIntegral && e.children()[1] == nullptr);
  if (shields) bound->push_back(e.child(0).text);
  for (size_t i = from; i < e.children_count; ++i) {
    if (e.children()[i] != nullptr) Collect(e.child(i), bound, found);
  }
  if (shields) bound->pop_back();
}

}  // namespace

bool IsBinder(Kind kind) {
  return kind == Kind::kSum || kind == Kind::kProduct ||
         kind == Kind::kIntegral || kind == Kind::kLimit ||
         kind == Kind::kDerivative;
}

bool IsConstant(const Expr& e, Constant c) {
  return e.kind == Kind::kConstant && e.detail == static_cast<uint16_t>(c);
}

bool IsFunction(const Expr& e, Function f) {
  return e.kind == Kind::kFunction && e.detail == static_cast<uint16_t>(f);
}

bool SubscriptMentions(std::string_view symbol, std::string_view name) {
  const size_t mark = symbol.find('_');
  if (mark == std::string_view::npos || name.empty()) return false;
  const std::string_view subscript = symbol.substr(mark + 1);
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  for (size_t at = subscript.find(name); at != std::string_view::npos;
       at = subscript.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool before = at > 0 && is_letter(subscript[at - 1]);
    const bool after = end < subscript.size() && is_letter(subscript[end]);
    // One-letter names may stand side by side: a_{ij}.
    if (name.size() == 1 || (!before && !after)) return true;
  }
  return false;
}

const Expr* Rewriter::Node(Kind kind, const std::vector<const Expr*>& children,
                           uint16_t detail, std::string_view text) {
  Expr* node = arena_->New(kind, detail);
  if (node == nullptr) return nullptr;
  for (const Expr* c : children) {
    // Binders alone have absent children.
    if (c == nullptr && !IsBinder(kind)) return nullptr;
  }
  if (!text.empty()) node->text = arena_->Copy(text);
  if (!children.empty() &&
      !arena_->SetChildren(node, children.data(), children.size())) {
    return nullptr;
  }
  return node;
}

const Expr* Rewriter::Integer(int64_t n) { return Value(Rational(n)); }

const Expr* Rewriter::Value(const Rational& value) {
  if (value.sign() < 0) return Negate(Value(-value));
  auto literal = [this](const fmpz* z) -> const Expr* {
    if (fmpz_bits(z) > kExactBitsMax) return nullptr;
    Expr* node = arena_->New(Kind::kNumber);
    Number* number = arena_->NewNumber();
    if (node == nullptr || number == nullptr) return nullptr;
    char* text = fmpz_get_str(nullptr, 10, z);
    number->digits = arena_->Copy(text);
    flint_free(text);
    node->number = number;
    return node;
  };
  const Expr* n = literal(value.numerator());
  if (value.is_integer()) return n;
  return Divide(n, literal(value.denominator()));
}

const Expr* Rewriter::Symbol(std::string_view name) {
  return Node(Kind::kSymbol, {}, 0, name);
}

const Expr* Rewriter::Constant(math::Constant c) {
  return Node(Kind::kConstant, {}, static_cast<uint16_t>(c));
}

const Expr* Rewriter::With(const Expr& e,
                           const std::vector<const Expr*>& children) {
  bool changed = children.size() != e.children_count;
  for (size_t i = 0; i < children.size() && !changed; ++i) {
    changed = children[i] != e.children()[i];
  }
  if (!changed) return &e;
  Expr* node = arena_->New(e.kind, e.detail);
  if (node == nullptr) return nullptr;
  node->text = e.text;
  node->number = e.number;
  node->begin_bytes = e.begin_bytes;
  node->end_bytes = e.end_bytes;
  if (!arena_->SetChildren(node, children.data(), children.size())) {
    return nullptr;
  }
  return node;
}

const Expr* Rewriter::Substitute(const Expr& e, std::string_view name,
                                 const Expr& replacement) {
  if (e.kind == Kind::kSymbol) return e.text == name ? &replacement : &e;
  if (e.children_count == 0) return &e;
  if (IsBinder(e.kind) && e.children()[0] != nullptr &&
      e.child(0).text == name) {
    return &e;
  }
  std::vector<const Expr*> children;
  children.reserve(e.children_count);
  for (size_t i = 0; i < e.children_count; ++i) {
    const Expr* c = e.children()[i];
    if (c != nullptr && !(e.kind == Kind::kApply && i == 0)) {
      c = Substitute(*c, name, replacement);
      if (c == nullptr) return nullptr;
    }
    children.push_back(c);
  }
  return With(e, children);
}

const Expr* Rewriter::Transform(const Expr& e,
                                absl::FunctionRef<const Expr*(const Expr&)> f) {
  const Expr* node = &e;
  if (e.children_count > 0) {
    std::vector<const Expr*> children;
    children.reserve(e.children_count);
    for (const Expr* c : e.children()) {
      if (c != nullptr) {
        c = Transform(*c, f);
        if (c == nullptr) return nullptr;
      }
      children.push_back(c);
    }
    node = With(e, children);
    if (node == nullptr) return nullptr;
  }
  const Expr* replaced = f(*node);
  return replaced != nullptr ? replaced : node;
}

bool Contains(const Expr& e, absl::FunctionRef<bool(const Expr&)> f) {
  if (f(e)) return true;
  for (const Expr* c : e.children()) {
    if (c != nullptr && Contains(*c, f)) return true;
  }
  return false;
}

void FreeSymbols(const Expr& e, std::set<std::string>* names) {
  if (!e.contents.Has(Kind::kSymbol)) return;
  Names bound;
  Found found(names);
  Collect(e, &bound, &found);
}

}  // namespace assay::math
