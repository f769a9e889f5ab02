#include "kernels/points.h"

#include <bit>
#include <cmath>

#include "absl/strings/str_cat.h"

namespace assay::kernels {
namespace {

// SipHash-2-4 (Aumasson, Bernstein 2012) over whole words: a keyed function
// whose values nobody without the key can foresee.
class Sip {
 public:
  Sip(uint64_t key0, uint64_t key1)
      : v0_(key0 ^ 0x736f6d6570736575ull),
        v1_(key1 ^ 0x646f72616e646f6dull),
        v2_(key0 ^ 0x6c7967656e657261ull),
        v3_(key1 ^ 0x7465646279746573ull) {}

  void Word(uint64_t m) {
    v3_ ^= m;
    Round();
    Round();
    v0_ ^= m;
    ++words_;
  }
  uint64_t Finish() {
    Word(words_ << 59);
    v2_ ^= 0xff;
    for (int i = 0; i < 4; ++i) Round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  void Round() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }
  uint64_t v0_, v1_, v2_, v3_;
  uint64_t words_ = 0;
};

uint64_t HashText(std::string_view text, uint64_t key) {
  Sip sip(key, text.size());
  uint64_t word = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    word |= static_cast<uint64_t>(static_cast<unsigned char>(text[i]))
            << (8 * (i % 8));
    if (i % 8 == 7 || i + 1 == text.size()) {
      sip.Word(word);
      word = 0;
    }
  }
  return sip.Finish();
}

constexpr int kShift = 20;  // Coordinates are multiples of 2^-20.

// Uniform in -limit+1 .. limit-1 without 0, in steps of 2^-20.
Dyadic Signed(uint64_t bits, int64_t limit) {
  const int64_t n = static_cast<int64_t>(bits % ((limit << kShift) - 1)) + 1;
  return {bits >> 63 != 0 ? -n : n, kShift};
}

Dyadic Between(uint64_t bits, int64_t low, int64_t high) {
  const int64_t span = ((high - low) << kShift) - 1;
  const int64_t n = static_cast<int64_t>(bits % span) + 1;
  return {(low << kShift) + n, kShift};
}

// Uniform in the disc by rejection, at most 64 draws (then the centre).
Coordinate InDisc(const PointSource& source, uint64_t index, uint64_t v) {
  constexpr int64_t kRadius = int64_t{1} << kShift;
  constexpr int64_t kCentreRe = 7 * kRadius / 10, kCentreIm = 4 * kRadius / 10;
  for (uint64_t attempt = 0; attempt < 64; ++attempt) {
    const uint64_t bits = source.Bits(index, v, 0x100 + attempt);
    const int64_t x = static_cast<int64_t>(bits % (2 * kRadius)) - kRadius;
    const int64_t y =
        static_cast<int64_t>((bits >> 32) % (2 * kRadius)) - kRadius;
    if (x * x + y * y < kRadius * kRadius && kCentreIm + y != 0) {
      return {{kCentreRe + x, kShift}, {kCentreIm + y, kShift}};
    }
  }
  return {{kCentreRe, kShift}, {kCentreIm, kShift}};
}

}  // namespace

double Dyadic::ToDouble() const {
  return std::ldexp(static_cast<double>(numerator), -static_cast<int>(shift));
}

std::string Dyadic::Print() const {
  int64_t n = numerator;
  int s = shift;
  while (s > 0 && n % 2 == 0) {
    n /= 2;
    --s;
  }
  if (s == 0) return absl::StrCat(n);
  if (s > 62) return absl::StrCat(n, "/2^", s);
  return absl::StrCat(n, "/", uint64_t{1} << s);
}

bool Point::IsReal() const {
  for (const Coordinate& c : coordinates) {
    if (c.im.numerator != 0) return false;
  }
  return true;
}

std::string Point::Print(const std::vector<std::string>& names) const {
  std::string text;
  for (size_t v = 0; v < coordinates.size(); ++v) {
    const Coordinate& c = coordinates[v];
    absl::StrAppend(&text, v == 0 ? "" : ", ",
                    v < names.size() ? names[v] : absl::StrCat("v", v), " = ",
                    c.re.Print());
    if (c.im.numerator > 0) {
      absl::StrAppend(&text, " + ", c.im.Print(), " i");
    } else if (c.im.numerator < 0) {
      absl::StrAppend(&text, " - ", Dyadic{-c.im.numerator, c.im.shift}.Print(),
                      " i");
    }
  }
  return text;
}

Point Point::OfIntegers(const std::vector<int64_t>& values) {
  Point point;
  for (int64_t n : values) point.coordinates.push_back({{n, 0}, {}});
  return point;
}

PointSource::PointSource(std::string_view secret)
    : key_{HashText(secret, 0x61), HashText(secret, 0x62)} {}

uint64_t PointSource::Bits(uint64_t index, uint64_t variable,
                           uint64_t salt) const {
  Sip sip(key_[0], key_[1]);
  sip.Word(index);
  sip.Word(variable);
  sip.Word(salt);
  return sip.Finish();
}

Point PointSource::Draw(PointKind kind, uint64_t index,
                        int variables_count) const {
  Point point;
  for (int v = 0; v < variables_count; ++v) {
    const uint64_t bits = Bits(index, v, static_cast<uint64_t>(kind));
    Coordinate c;
    switch (kind) {
      case PointKind::kPositive:
        c.re = Between(bits, 0, 4);
        break;
      case PointKind::kReal:
        c.re = Signed(bits, 4);
        break;
      case PointKind::kUnit:
        c.re = Signed(bits, 1);
        break;
      case PointKind::kLarge:
        c.re = Between(bits, 4, 64);
        break;
      case PointKind::kInteger:
        c.re.numerator = static_cast<int64_t>(bits % 81) - 40;
        break;
      case PointKind::kNatural:
        c.re.numerator = static_cast<int64_t>(index <= 12 ? index : bits % 41);
        break;
      case PointKind::kComplexDisc:
        c = InDisc(*this, index, v);
        break;
    }
    point.coordinates.push_back(c);
  }
  return point;
}

}  // namespace assay::kernels
