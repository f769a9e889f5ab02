// Residues: identities of the number field hold, near misses do not, and
// what the field has not is abstained from.
#include "kernels/residue.h"

#include <flint/fmpq.h>
#include <flint/fmpz.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

namespace assay::kernels {
namespace {

using Random = std::mt19937_64;
using Make = std::function<int(TapeBuilder*)>;

// Short names for building expressions.
int Num(TapeBuilder* b, int64_t n, int64_t d = 1) {
  return b->Constant(Rational::FromInts(n, d));
}
int Add(TapeBuilder* b, int x, int y) { return b->Apply(Op::kAdd, x, y); }
int Sub(TapeBuilder* b, int x, int y) { return b->Apply(Op::kSubtract, x, y); }
int Mul(TapeBuilder* b, int x, int y) { return b->Apply(Op::kMultiply, x, y); }
int Div(TapeBuilder* b, int x, int y) { return b->Apply(Op::kDivide, x, y); }
int Surd(TapeBuilder* b, int64_t q, int64_t n = 2) {
  return b->Surd(Rational::FromInt(q), n);
}
int CosDegrees(TapeBuilder* b, int64_t degrees) {
  return b->CosTurn(degrees, 360);
}

Tape Build(const Make& make, int variables = 0) {
  TapeBuilder b(variables);
  auto tape = b.Build(make(&b));
  EXPECT_TRUE(tape.ok()) << tape.status();
  return *std::move(tape);
}

class ResidueTest : public testing::Test {
 protected:
  ResidueTest() {
    for (int i = 0; i < 3; ++i) {
      fields_.push_back(*ResidueField::Draw(source_, i));
    }
    mersenne_ = ResidueField::Mersenne(source_);
  }

  // At all three primes, and the filter does not object.
  bool Equal(const Tape& a, const Tape& b) {
    for (const auto& field : fields_) {
      const Residue x = field->Evaluate(a, {}), y = field->Evaluate(b, {});
      EXPECT_TRUE(x.defined() && y.defined());
      if (!(x == y)) return false;
    }
    const Residue x = mersenne_->Evaluate(a, {}),
                  y = mersenne_->Evaluate(b, {});
    EXPECT_TRUE(!x.defined() || !y.defined() || x == y);
    return true;
  }

  PointSource source_{"sixteen bytes or more"};
  std::vector<std::shared_ptr<const ResidueField>> fields_;
  std::shared_ptr<const ResidueField> mersenne_;
};

struct Identity {
  const char* name;
  Make left;
  Make right;
};

std::vector<Identity> Identities() {
  return {
      {"cos 15 = (sqrt 6 + sqrt 2)/4",
       [](TapeBuilder* b) { return CosDegrees(b, 15); },
       [](TapeBuilder* b) {
         return Div(b, Add(b, Surd(b, 6), Surd(b, 2)), Num(b, 4));
       }},
      {"cos 36 - cos 72 = 1/2",
       [](TapeBuilder* b) {
         return Sub(b, CosDegrees(b, 36), CosDegrees(b, 72));
       },
       [](TapeBuilder* b) { return Num(b, 1, 2); }},
      {"cos 20 cos 40 cos 80 = 1/8",
       [](TapeBuilder* b) {
         return Mul(b, Mul(b, CosDegrees(b, 20), CosDegrees(b, 40)),
                    CosDegrees(b, 80));
       },
       [](TapeBuilder* b) { return Num(b, 1, 8); }},
      {"4 cos 36 - 1 = sqrt 5",
       [](TapeBuilder* b) {
         return Sub(b, Mul(b, Num(b, 4), CosDegrees(b, 36)), Num(b, 1));
       },
       [](TapeBuilder* b) { return Surd(b, 5); }},
      {"sin 60 = sqrt 3 / 2", [](TapeBuilder* b) { return b->SinTurn(1, 6); },
       [](TapeBuilder* b) { return Div(b, Surd(b, 3), Num(b, 2)); }},
      {"sqrt 2 sqrt 3 = sqrt 6",
       [](TapeBuilder* b) { return Mul(b, Surd(b, 2), Surd(b, 3)); },
       [](TapeBuilder* b) { return Surd(b, 6); }},
      {"sqrt 7 sqrt 11 = sqrt 77",
       [](TapeBuilder* b) { return Mul(b, Surd(b, 7), Surd(b, 11)); },
       [](TapeBuilder* b) { return Surd(b, 77); }},
      {"sqrt 50 = 5 sqrt 2", [](TapeBuilder* b) { return Surd(b, 50); },
       [](TapeBuilder* b) { return Mul(b, Num(b, 5), Surd(b, 2)); }},
      {"1/(sqrt 13 - sqrt 7) = (sqrt 13 + sqrt 7)/6",
       [](TapeBuilder* b) {
         return Div(b, Num(b, 1), Sub(b, Surd(b, 13), Surd(b, 7)));
       },
       [](TapeBuilder* b) {
         return Div(b, Add(b, Surd(b, 13), Surd(b, 7)), Num(b, 6));
       }},
      {"cbrt 54 = 3 cbrt 2", [](TapeBuilder* b) { return Surd(b, 54, 3); },
       [](TapeBuilder* b) { return Mul(b, Num(b, 3), Surd(b, 2, 3)); }},
      {"(fourth root of 7)^2 = sqrt 7",
       [](TapeBuilder* b) { return b->PowInt(Surd(b, 7, 4), 2); },
       [](TapeBuilder* b) { return Surd(b, 7); }},
      {"sqrt 2 cbrt 2 = 32^(1/6)",
       [](TapeBuilder* b) { return Mul(b, Surd(b, 2), Surd(b, 2, 3)); },
       [](TapeBuilder* b) { return Surd(b, 32, 6); }},
      {"(1 + i)^2 = 2i",
       [](TapeBuilder* b) {
         return b->PowInt(Add(b, Num(b, 1), b->Apply(Op::kI)), 2);
       },
       [](TapeBuilder* b) { return Mul(b, Num(b, 2), b->Apply(Op::kI)); }},
      {"e^(i pi/4) = (1 + i)/sqrt 2",
       [](TapeBuilder* b) { return b->RootOfUnity(1, 8); },
       [](TapeBuilder* b) {
         return Div(b, Add(b, Num(b, 1), b->Apply(Op::kI)), Surd(b, 2));
       }},
      {"conj(1 + i sqrt 3) = 2 e^(-i pi/3)",
       [](TapeBuilder* b) {
         return b->Apply(Op::kConj, Add(b, Num(b, 1),
                                        Mul(b, b->Apply(Op::kI), Surd(b, 3))));
       },
       [](TapeBuilder* b) { return Mul(b, Num(b, 2), b->RootOfUnity(-1, 6)); }},
  };
}

TEST_F(ResidueTest, IdentitiesMatch) {
  for (const Identity& identity : Identities()) {
    EXPECT_TRUE(Equal(Build(identity.left), Build(identity.right)))
        << identity.name;
  }
}

TEST_F(ResidueTest, NearMissesAreToldApart) {
  for (const Identity& identity : Identities()) {
    const Tape left = Build(identity.left);
    // Off by one part in 10^15, and the other sign.
    const Tape off = Build([&](TapeBuilder* b) {
      return Add(b, identity.right(b), Num(b, 1, 1000000000000000));
    });
    const Tape negative = Build([&](TapeBuilder* b) {
      return b->Apply(Op::kNegate, identity.right(b));
    });
    EXPECT_FALSE(Equal(left, off)) << identity.name;
    EXPECT_FALSE(Equal(left, negative)) << identity.name;
  }
}

TEST_F(ResidueTest, OrdersBeyond360ComeOnRequest) {
  // cos(pi/7) cos(2 pi/7) cos(3 pi/7) = 1/8.
  const Tape left = Build([](TapeBuilder* b) {
    return Mul(b, Mul(b, b->CosTurn(1, 14), b->CosTurn(2, 14)),
               b->CosTurn(3, 14));
  });
  const Tape right = Build([](TapeBuilder* b) { return Num(b, 1, 8); });
  EXPECT_EQ(fields_[0]->Evaluate(left, {}).state, Residue::State::kAbstained);
  EXPECT_EQ(OrderOf(left, right) % 7, 0u);
  // sqrt 7 is in that field and must be the positive one: the sum of
  // sin(2 pi k/7) over the quadratic residues k = 1, 2, 4 is sqrt 7 / 2.
  const Tape sines = Build([](TapeBuilder* b) {
    return Add(b, Add(b, b->SinTurn(1, 7), b->SinTurn(2, 7)), b->SinTurn(4, 7));
  });
  const Tape root =
      Build([](TapeBuilder* b) { return Div(b, Surd(b, 7), Num(b, 2)); });
  for (int i = 0; i < 3; ++i) {
    const auto field = *ResidueField::Draw(source_, i, OrderOf(left, right));
    EXPECT_EQ(field->Evaluate(left, {}), field->Evaluate(right, {}));
    EXPECT_EQ(field->Evaluate(sines, {}), field->Evaluate(root, {}));
  }
}

// Random rational expressions without variables, against FLINT's rationals.
int RandomRational(TapeBuilder* b, Random* random, int depth, fmpq_t value) {
  if (depth == 0 || (*random)() % 5 == 0) {
    const int64_t n = static_cast<int64_t>((*random)() % 2001) - 1000;
    const int64_t d = 1 + static_cast<int64_t>((*random)() % 50);
    fmpq_set_si(value, n, d);
    return Num(b, n, d);
  }
  fmpq_t x, y;
  fmpq_init(x);
  fmpq_init(y);
  const int l = RandomRational(b, random, depth - 1, x);
  const int r = RandomRational(b, random, depth - 1, y);
  int out = -1;
  switch ((*random)() % 5) {
    case 0:
      fmpq_add(value, x, y);
      out = Add(b, l, r);
      break;
    case 1:
      fmpq_sub(value, x, y);
      out = Sub(b, l, r);
      break;
    case 2:
      fmpq_mul(value, x, y);
      out = Mul(b, l, r);
      break;
    case 3:
      if (fmpq_is_zero(y)) {
        fmpq_set(value, x);
        out = l;
      } else {
        fmpq_div(value, x, y);
        out = Div(b, l, r);
      }
      break;
    default: {
      const int64_t n = (*random)() % 4;
      fmpq_pow_si(value, x, n);
      out = b->PowInt(l, n);
    }
  }
  fmpq_clear(x);
  fmpq_clear(y);
  return out;
}

TEST_F(ResidueTest, AgreesWithExactRationals) {
  Random random(2718);
  for (int i = 0; i < 2000; ++i) {
    fmpq_t value;
    fmpq_init(value);
    TapeBuilder b(0);
    const int result = RandomRational(&b, &random, 4, value);
    const Tape tape = *b.Build(result);
    for (const auto& field : {fields_[0], mersenne_}) {
      const Residue residue = field->Evaluate(tape, {});
      fmpz_t p, expected;
      fmpz_init_set_ui(p, field->prime());
      fmpz_init(expected);
      ASSERT_EQ(fmpq_mod_fmpz(expected, value, p), residue.defined());
      if (residue.defined()) {
        ASSERT_EQ(residue.re, fmpz_get_ui(expected));
        ASSERT_EQ(residue.im, 0u);
      }
      fmpz_clear(p);
      fmpz_clear(expected);
    }
    fmpq_clear(value);
  }
}

TEST_F(ResidueTest, VariablesAreSecretAndShared) {
  const Tape square = Build(
      [](TapeBuilder* b) {
        return b->PowInt(Add(b, b->Variable(0), b->Variable(1)), 2);
      },
      2);
  const Tape expanded = Build(
      [](TapeBuilder* b) {
        const int x = b->Variable(0), y = b->Variable(1);
        return Add(b, Add(b, b->PowInt(x, 2), b->PowInt(y, 2)),
                   Mul(b, Num(b, 2), Mul(b, x, y)));
      },
      2);
  const Tape wrong = Build(
      [](TapeBuilder* b) {
        return Add(b, b->PowInt(b->Variable(0), 2),
                   b->PowInt(b->Variable(1), 2));
      },
      2);
  EXPECT_TRUE(Equal(square, expanded));
  EXPECT_FALSE(Equal(square, wrong));
  ResiduePoint other;
  other.index = 1;
  EXPECT_NE(fields_[0]->Evaluate(square, {}),
            fields_[0]->Evaluate(square, other));
  // Given integers: (3 + 4)^2.
  ResiduePoint given;
  given.integers = {3, 4};
  EXPECT_EQ(fields_[0]->Evaluate(square, given).re, 49u);
}

TEST_F(ResidueTest, IntegerExponentsOfAnySize) {
  // Fermat: 3^(p-1) = 1; and 2^(10^18) by its exponent modulo p - 1.
  const uint64_t p = fields_[0]->prime();
  const Tape fermat = Build([&](TapeBuilder* b) {
    return b->PowInt(Num(b, 3), static_cast<int64_t>(p - 1));
  });
  EXPECT_EQ(fields_[0]->Evaluate(fermat, {}).re, 1u);
  // 2^n with an integer variable; not with a secret element.
  const Tape power = Build(
      [](TapeBuilder* b) {
        return b->Apply(Op::kPower, Num(b, 2),
                        Sub(b, b->Variable(0), Num(b, 1)));
      },
      1);
  ResiduePoint given;
  given.integers = {11};
  EXPECT_EQ(fields_[0]->Evaluate(power, given).re, 1024u);
  EXPECT_EQ(fields_[0]->Evaluate(power, {}).state, Residue::State::kAbstained);
}

TEST_F(ResidueTest, UndefinedAndAbstained) {
  using State = Residue::State;
  struct Row {
    const char* name;
    Make make;
    State state;
  };
  const Row rows[] = {
      {"1/0",
       [](TapeBuilder* b) {
         return Div(b, Num(b, 1), Sub(b, Num(b, 2), Num(b, 2)));
       },
       State::kUndefined},
      {"0^-1", [](TapeBuilder* b) { return b->PowInt(Num(b, 0), -1); },
       State::kUndefined},
      {"pi", [](TapeBuilder* b) { return b->Apply(Op::kPi); },
       State::kAbstained},
      {"sqrt(1 + sqrt 2)",
       [](TapeBuilder* b) {
         return b->Apply(Op::kSqrt, Add(b, Num(b, 1), Surd(b, 2)));
       },
       State::kAbstained},
      {"exp 1", [](TapeBuilder* b) { return b->Apply(Op::kExp, Num(b, 1)); },
       State::kAbstained},
      {"cos 1/1009 turn", [](TapeBuilder* b) { return b->CosTurn(1, 1009); },
       State::kAbstained},
      {"0^0 = 1", [](TapeBuilder* b) { return b->PowInt(Num(b, 0), 0); },
       State::kDefined},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(fields_[0]->Evaluate(Build(row.make), {}).state, row.state)
        << row.name;
  }
  // Conjugation knows nothing of variables: they might be complex.
  const Tape conjugate = Build(
      [](TapeBuilder* b) { return b->Apply(Op::kConj, b->Variable(0)); }, 1);
  EXPECT_EQ(fields_[0]->Evaluate(conjugate, {}).state, State::kAbstained);
}

TEST_F(ResidueTest, KnownPrimeOfTheFilterProvesNothing) {
  // 2^61 - 1 vanishes at the filter and at no secret prime.
  const Tape prime =
      Build([](TapeBuilder* b) { return Num(b, (int64_t{1} << 61) - 1); });
  const Tape zero = Build([](TapeBuilder* b) { return Num(b, 0); });
  EXPECT_EQ(mersenne_->Evaluate(prime, {}), mersenne_->Evaluate(zero, {}));
  EXPECT_FALSE(Equal(prime, zero));
}

TEST_F(ResidueTest, BoundsGrowWithHeightAndAbstainBeyond) {
  const Tape one = Build([](TapeBuilder* b) { return Num(b, 1); });
  const Tape third = Build([](TapeBuilder* b) { return Num(b, 1, 3); });
  const auto small = MatchErrorLog2(one, third, 3);
  ASSERT_TRUE(small.has_value());
  EXPECT_LT(*small, -120);
  const Tape surds =
      Build([](TapeBuilder* b) { return Add(b, Surd(b, 2), Surd(b, 3, 3)); });
  const auto larger = MatchErrorLog2(one, surds, 3);
  ASSERT_TRUE(larger.has_value());
  EXPECT_GT(*larger, *small);
  EXPECT_LT(*larger, -100);
  EXPECT_NEAR(*MatchErrorLog2(one, surds, 1) * 3, *larger, 1e-9);
  const Tape huge = Build([](TapeBuilder* b) {
    return b->PowInt(Num(b, 3), int64_t{10000000000});
  });
  EXPECT_FALSE(MatchErrorLog2(one, huge, 3).has_value());
  const Tape steep = Build(
      [](TapeBuilder* b) {
        return b->PowInt(b->Variable(0), int64_t{1} << 40);
      },
      1);
  EXPECT_FALSE(MatchErrorLog2(steep, steep, 3).has_value());
  const Tape pi = Build([](TapeBuilder* b) { return b->Apply(Op::kPi); });
  EXPECT_FALSE(MatchErrorLog2(pi, one, 3).has_value());
}

}  // namespace
}  // namespace assay::kernels
