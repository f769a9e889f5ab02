#include "verifier/code/equality.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/numeric/int128.h"
#include "verifier/code/numbers.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;
using Special = Value::Special;

const Value* Content(const Value& v, Special special) {
  return v.is(Kind::kSpecial) && v.special == special ? &v.items[0] : nullptr;
}

// The hash of a hashable value, equal for equal values. Absent: unhashable,
// or never equal to anything.
std::optional<size_t> HashOf(const Value& v) {
  if (IsNumber(v)) {
    std::optional<std::string> key = NumberKey(v);
    if (!key) return std::nullopt;
    return absl::Hash<std::string>()(*key);
  }
  size_t sum = 0;
  switch (v.kind) {
    case Kind::kNone:
      return 1;
    case Kind::kString:
    case Kind::kBytes:
      return absl::Hash<std::string>()(v.text);
    case Kind::kTuple:
      for (const Value& item : v.items) {
        const std::optional<size_t> h = HashOf(item);
        if (!h) return std::nullopt;
        sum = absl::Hash<std::pair<size_t, size_t>>()({sum, *h});
      }
      return sum;
    case Kind::kFrozenSet:
      for (const Value& item : v.items) {
        const std::optional<size_t> h = HashOf(item);
        if (!h) return std::nullopt;
        sum += *h;
      }
      return sum;
    case Kind::kSpecial:
      if (v.special == Special::kNamedTuple && v.items[0].items.size() == 3) {
        return HashOf(v.items[0].items[2]);
      }
      if (v.special >= Special::kDate || v.special == Special::kRange) {
        return HashOf(v.items[0]);
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// Looks values up in `items`, every `stride`-th of which is a key.
class Index {
 public:
  Index(const std::vector<Value>& items, size_t stride) : items_(items) {
    for (size_t i = 0; i < items.size(); i += stride) {
      const std::optional<size_t> hash = HashOf(items[i]);
      if (!hash || Find(items[i])) {
        sound_ = false;
        return;
      }
      table_[*hash].push_back(i);
    }
  }
  // False: an unhashable key, or one that is there twice.
  bool sound() const { return sound_; }

  std::optional<size_t> Find(const Value& key) const {
    const std::optional<size_t> hash = HashOf(key);
    if (!hash) return std::nullopt;
    const auto found = table_.find(*hash);
    if (found == table_.end()) return std::nullopt;
    for (const size_t i : found->second) {
      if (Equal(items_[i], key)) return i;
    }
    return std::nullopt;
  }

 private:
  const std::vector<Value>& items_;
  std::unordered_map<size_t, std::vector<size_t>> table_;
  bool sound_ = true;
};

bool EqualSets(const Value& a, const Value& b) {
  if (a.items.size() != b.items.size()) return false;
  const Index index(a.items, 1);
  if (!index.sound()) return false;
  for (const Value& item : b.items) {
    if (!index.Find(item)) return false;
  }
  return true;
}

bool EqualDicts(const Value& a, const Value& b, Equality equality) {
  if (a.items.size() != b.items.size()) return false;
  const Index index(a.items, 2);
  if (!index.sound()) return false;
  for (size_t i = 0; i + 1 < b.items.size(); i += 2) {
    const std::optional<size_t> at = index.Find(b.items[i]);
    if (!at || !Equal(a.items[*at + 1], b.items[i + 1], equality)) {
      return false;
    }
  }
  return true;
}

bool EqualSequences(const Value& a, const Value& b, Equality equality) {
  if (a.items.size() != b.items.size()) return false;
  for (size_t i = 0; i < a.items.size(); ++i) {
    if (!Equal(a.items[i], b.items[i], equality)) return false;
  }
  return true;
}

bool EqualNumbers(const Value& a, const Value& b) {
  if (a.kind == b.kind) {
    if (a.is(Kind::kInt)) return a.text == b.text;
    if (a.is(Kind::kFloat) || a.is(Kind::kBool)) return a.real == b.real;
  }
  const std::optional<std::string> key = NumberKey(a);
  return key && key == NumberKey(b);
}

std::optional<Value> DictOfPairs(const Value& content) {
  Value dict;
  dict.kind = Kind::kDict;
  for (const Value& pair : content.items) {
    if (!pair.is(Kind::kTuple) || pair.items.size() != 2) return std::nullopt;
    dict.items.push_back(pair.items[0]);
    dict.items.push_back(pair.items[1]);
  }
  return dict;
}

// The pairs of any class derived from dict, as a kDict.
std::optional<Value> AsDict(const Value& v) {
  if (v.is(Kind::kDict)) return v;
  const Value* content = Content(v, Special::kCounter);
  if (!content) content = Content(v, Special::kDefaultDict);
  if (content) {
    if (content->is(Kind::kDict)) return *content;
    return std::nullopt;
  }
  content = Content(v, Special::kOrderedDict);
  if (!content || !content->is(Kind::kTuple)) return std::nullopt;
  return DictOfPairs(*content);
}

// A Counter's pairs without those of count zero.
Value NonZero(const Value& dict) {
  Value kept;
  kept.kind = Kind::kDict;
  for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    if (EqualNumbers(dict.items[i + 1], Value::Int(0))) continue;
    kept.items.push_back(dict.items[i]);
    kept.items.push_back(dict.items[i + 1]);
  }
  return kept;
}

// What json.dumps makes of a dict's keys; false: it refuses one.
bool JsonKeys(Value* dict) {
  for (size_t i = 0; i + 1 < dict->items.size(); i += 2) {
    Value& key = dict->items[i];
    if (key.is(Kind::kString)) continue;
    if (key.is(Kind::kNone)) {
      key = Value::String("null");
    } else if (key.is(Kind::kBool)) {
      key = Value::String(key.real != 0 ? "true" : "false");
    } else if (key.is(Kind::kInt) && key.text.size() <= sizeof(int64_t)) {
      key = Value::String(std::to_string(key.AsInt64(0)));
    } else {
      return false;
    }
  }
  return true;
}

bool EqualAsDicts(const Value& a, const Value& b, Equality equality) {
  const Value* first = Content(a, Special::kOrderedDict);
  const Value* second = Content(b, Special::kOrderedDict);
  if (first && second) return Equal(*first, *second);
  std::optional<Value> left = AsDict(a);
  std::optional<Value> right = AsDict(b);
  if (!left || !right) return false;
  if (Content(a, Special::kCounter) && Content(b, Special::kCounter)) {
    return EqualDicts(NonZero(*left), NonZero(*right), equality);
  }
  if (equality == Equality::kJson && !JsonKeys(&*left)) return false;
  return EqualDicts(*left, *right, equality);
}

bool IsSetLike(const Value& v) {
  return v.is(Kind::kSet) || v.is(Kind::kFrozenSet);
}

// A set, or a dict's keys or items; null: none of them.
const Value* AsSet(const Value& v) {
  if (IsSetLike(v)) return &v;
  const Value* content = Content(v, Special::kDictKeys);
  return content ? content : Content(v, Special::kDictItems);
}

const Value* AsTuple(const Value& v) {
  if (v.is(Kind::kTuple)) return &v;
  const Value* content = Content(v, Special::kNamedTuple);
  if (!content || content->items.size() != 3) return nullptr;
  return &content->items[2];
}

struct RangeParts {
  bool small = false;  // All of it fits.
  int64_t start = 0;
  int64_t step = 1;
  absl::int128 size = 0;
};

RangeParts PartsOf(const Value& content) {
  RangeParts parts;
  constexpr int64_t kNone = std::numeric_limits<int64_t>::min();
  if (content.items.size() != 3) return parts;
  const int64_t stop = content.items[1].AsInt64(kNone);
  parts.start = content.items[0].AsInt64(kNone);
  parts.step = content.items[2].AsInt64(kNone);
  if (parts.start == kNone || stop == kNone || parts.step == kNone ||
      parts.step == 0) {
    return parts;
  }
  parts.small = true;
  const absl::int128 gap = absl::int128(stop) - parts.start;
  const absl::int128 step = parts.step;
  const absl::int128 size = (gap + step - (step > 0 ? 1 : -1)) / step;
  parts.size = size > 0 ? size : 0;
  return parts;
}

bool EqualRanges(const Value& a, const Value& b) {
  const RangeParts x = PartsOf(a), y = PartsOf(b);
  if (!x.small || !y.small) return EqualSequences(a, b, Equality::kPython);
  return x.size == y.size && (x.size == 0 || x.start == y.start) &&
         (x.size <= 1 || x.step == y.step);
}

// Microseconds since an epoch, less the offset, of a time or a datetime.
std::optional<absl::int128> Instant(const Value& content, bool* aware) {
  std::vector<int64_t> n;
  for (const Value& item : content.items) n.push_back(item.AsInt64(0));
  if (n.size() != 5 && n.size() != 8) return std::nullopt;
  const size_t clock = n.size() - 5;
  *aware = !content.items.back().is(Kind::kNone);
  absl::int128 days = 0;
  if (clock == 3) {  // Days from the civil calendar, any fixed order does.
    const int64_t y = n[0] - (n[1] <= 2), m = (n[1] + 9) % 12;
    days = absl::int128(y) * 365 + y / 4 - y / 100 + y / 400 +
           (m * 153 + 2) / 5 + n[2];
  }
  const int64_t seconds = n[clock] * 3600 + n[clock + 1] * 60 + n[clock + 2];
  return ((days * 86400 + seconds) * 1000000) + n[clock + 3] - n[clock + 4];
}

bool EqualSpecials(const Value& a, const Value& b) {
  if (a.special != b.special) return false;
  const Value& x = a.items[0];
  const Value& y = b.items[0];
  switch (a.special) {
    case Special::kRange:
      return EqualRanges(x, y);
    case Special::kDeque:
      return x.items.size() == 2 && y.items.size() == 2 &&
             Equal(x.items[0], y.items[0]);
    case Special::kTime:
    case Special::kDateTime: {
      bool first = false, second = false;
      const auto p = Instant(x, &first), q = Instant(y, &second);
      return p && q && first == second && *p == *q;
    }
    case Special::kDate:
    case Special::kTimeDelta:
    case Special::kTimeZone:
    case Special::kBuiltin:
      return Equal(x, y);
    default:
      return false;  // dict_values equals itself alone.
  }
}

bool ContainsOpaque(const Value& v) {
  if (v.is(Kind::kOpaque)) return true;
  for (const Value& item : v.items) {
    if (ContainsOpaque(item)) return true;
  }
  return false;
}

enum class Truth { kFalse, kTrue, kUnknown };

Truth TruthOf(const Value& v) {
  const auto of = [](bool b) { return b ? Truth::kTrue : Truth::kFalse; };
  if (IsNumber(v)) return of(!EqualNumbers(v, Value::Int(0)));
  switch (v.kind) {
    case Kind::kNone:
      return Truth::kFalse;
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kByteArray:
      return of(!v.text.empty());
    case Kind::kOpaque: {
      const Value& about = v.items[0];
      const bool own = about.items.empty() || about.items[0].real != 0;
      return own ? Truth::kUnknown : Truth::kTrue;
    }
    case Kind::kSpecial:
      break;
    default:
      return of(!v.items.empty());
  }
  const Value& content = v.items[0];
  if (v.special == Special::kRange) {
    const RangeParts parts = PartsOf(content);
    return parts.small ? of(parts.size > 0) : Truth::kUnknown;
  }
  if (v.special == Special::kTimeDelta) {
    for (const Value& item : content.items) {
      if (!EqualNumbers(item, Value::Int(0))) return Truth::kTrue;
    }
    return Truth::kFalse;
  }
  if (const Value* tuple = AsTuple(v)) return of(!tuple->items.empty());
  if (v.special == Special::kDeque) {
    return of(!content.items.empty() && !content.items[0].items.empty());
  }
  if (v.special >= Special::kDate) return Truth::kTrue;
  return of(!content.items.empty());
}

bool HoldsTolerance(std::string_view comparison, const Value& v,
                    const std::vector<Value>& operands) {
  if (operands.size() < 2) return false;
  const double other = operands[0].real, bound = operands[1].real;
  double distance = 0;
  if (v.is(Kind::kComplex) && comparison != "close") {
    distance = std::hypot(v.real - other, v.imaginary);
  } else {
    const std::optional<double> x = AsDouble(v);
    // A Decimal does not mix with floats, as in python.
    if (!x || (comparison != "close" && Content(v, Special::kDecimal))) {
      return false;
    }
    if (comparison == "close") {
      if (*x == other) return true;
      if (std::isinf(*x) || std::isinf(other)) return false;
      const double gap = std::fabs(*x - other);
      return operands.size() == 3 &&
             (gap <= std::fabs(bound * other) || gap <= std::fabs(bound * *x) ||
              gap <= operands[2].real);
    }
    distance = std::fabs(*x - other);
  }
  return comparison == "within" ? distance < bound : distance <= bound;
}

}  // namespace

bool Equal(const Value& a, const Value& b, Equality equality) {
  if (a.is(Kind::kOpaque) || b.is(Kind::kOpaque)) return false;
  if (IsNumber(a) || IsNumber(b)) {
    return IsNumber(a) && IsNumber(b) && EqualNumbers(a, b);
  }
  const auto bytes = [](const Value& v) {
    return v.is(Kind::kBytes) || v.is(Kind::kByteArray);
  };
  if (bytes(a) && bytes(b)) return a.text == b.text;
  const Value* first = AsTuple(a);
  const Value* second = AsTuple(b);
  if (first && second) return EqualSequences(*first, *second, equality);
  if (equality == Equality::kJson && first && b.is(Kind::kList)) {
    return EqualSequences(*first, b, equality);
  }
  first = Content(a, Special::kDictItems);
  second = Content(b, Special::kDictItems);
  if (first && second) {  // Their values need not be hashable.
    const auto x = DictOfPairs(*first), y = DictOfPairs(*second);
    return x && y && EqualDicts(*x, *y, Equality::kPython);
  }
  first = AsSet(a);
  second = AsSet(b);
  if (first && second) return EqualSets(*first, *second);
  if (a.is(Kind::kDict) && b.is(Kind::kDict) && equality == Equality::kPython) {
    return EqualDicts(a, b, equality);
  }
  if (EqualAsDicts(a, b, equality)) return true;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::kNone:
      return true;
    case Kind::kString:
      return a.text == b.text;
    case Kind::kList:
      return EqualSequences(a, b, equality);
    case Kind::kSpecial:
      return EqualSpecials(a, b);
    default:
      return false;
  }
}

bool Holds(std::string_view comparison, const Value& v, const Value& operands) {
  const std::vector<Value>& items = operands.items;
  if (comparison == "true") return TruthOf(v) == Truth::kTrue;
  if (comparison == "false") return TruthOf(v) == Truth::kFalse;
  if (comparison == "in") {
    for (const Value& item : items) {
      if (Equal(v, item)) return true;
    }
    return false;
  }
  if (items.empty()) return false;
  const Value& operand = items[0];
  if (comparison == "equal") return Equal(v, operand);
  const bool same = v.kind == operand.kind && Equal(v, operand);
  if (comparison == "is") return same;
  if (comparison == "is not") return !same;
  if (comparison == "unequal") {
    if (operand.is(Kind::kNone)) return !v.is(Kind::kNone);
    return !ContainsOpaque(v) && !Equal(v, operand);
  }
  return HoldsTolerance(comparison, v, items);
}

}  // namespace assay::code
