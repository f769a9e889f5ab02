#include "verifier/code/values.h"

#include <cstring>
#include <utility>

#include "absl/status/status.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

absl::Status Malformed(const char* what) {
  return absl::InvalidArgumentError(what);
}

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  absl::Status Get(Value* value, int depth) {
    if (depth > kMaxValueDepth) return Malformed("nested too deep");
    if (rest_.empty()) return Malformed("cut short");
    const char tag = rest_[0];
    rest_.remove_prefix(1);
    switch (tag) {
      case 'N':
        return absl::OkStatus();
      case 'T':
      case 'F':
        *value = Value::Bool(tag == 'T');
        return absl::OkStatus();
      case 'i':
        return GetInt(value);
      case 'f':
        value->kind = Kind::kFloat;
        return GetDouble(&value->real);
      case 'c': {
        value->kind = Kind::kComplex;
        absl::Status status = GetDouble(&value->real);
        return status.ok() ? GetDouble(&value->imaginary) : status;
      }
      case 's':
        return GetText(Kind::kString, value);
      case 'b':
        return GetText(Kind::kBytes, value);
      case 'y':
        return GetText(Kind::kByteArray, value);
      default:
        return GetContainer(tag, value, depth);
    }
  }

  bool done() const { return rest_.empty(); }

 private:
  absl::Status GetContainer(char tag, Value* value, int depth) {
    switch (tag) {
      case 'l':
        return GetItems(Kind::kList, 1, value, depth);
      case 't':
        return GetItems(Kind::kTuple, 1, value, depth);
      case 'e':
        return GetItems(Kind::kSet, 1, value, depth);
      case 'z':
        return GetItems(Kind::kFrozenSet, 1, value, depth);
      case 'd':
        return GetItems(Kind::kDict, 2, value, depth);
      case 'x': {
        if (rest_.empty()) return Malformed("cut short");
        const auto special = static_cast<uint8_t>(rest_[0]);
        if (special < 1 || special > 17) return Malformed("unknown kind");
        rest_.remove_prefix(1);
        value->special = static_cast<Value::Special>(special);
        return GetOne(Kind::kSpecial, value, depth);
      }
      case 'o':
        return GetOne(Kind::kOpaque, value, depth);
      default:
        return Malformed("unknown tag");
    }
  }

  absl::Status GetOne(Kind kind, Value* value, int depth) {
    value->kind = kind;
    value->items.resize(1);
    return Get(&value->items[0], depth + 1);
  }

  absl::Status GetItems(Kind kind, size_t scale, Value* value, int depth) {
    value->kind = kind;
    uint32_t count = 0;
    if (absl::Status status = GetCount(&count); !status.ok()) return status;
    const size_t size = count * scale;
    // Each item takes a byte at least, so that the memory stays in proportion.
    if (size > rest_.size()) return Malformed("cut short");
    count_ += size;
    if (count_ > kMaxValueCount) return Malformed("too many parts");
    value->items.resize(size);
    for (Value& item : value->items) {
      if (absl::Status s = Get(&item, depth + 1); !s.ok()) return s;
    }
    return absl::OkStatus();
  }

  absl::Status GetInt(Value* value) {
    if (absl::Status s = GetText(Kind::kInt, value); !s.ok()) return s;
    if (value->text.size() > kMaxIntBytes) return Malformed("integer too long");
    MinimizeInt(&value->text);
    return absl::OkStatus();
  }

  absl::Status GetText(Kind kind, Value* value) {
    value->kind = kind;
    uint32_t size = 0;
    if (absl::Status status = GetCount(&size); !status.ok()) return status;
    if (size > rest_.size()) return Malformed("cut short");
    value->text.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return absl::OkStatus();
  }

  absl::Status GetCount(uint32_t* count) { return GetRaw(count); }
  absl::Status GetDouble(double* x) { return GetRaw(x); }

  template <typename T>
  absl::Status GetRaw(T* x) {
    if (rest_.size() < sizeof(T)) return Malformed("cut short");
    std::memcpy(x, rest_.data(), sizeof(T));  // Little-endian hosts.
    rest_.remove_prefix(sizeof(T));
    return absl::OkStatus();
  }

  std::string_view rest_;
  size_t count_ = 0;
};

void PutCount(size_t count, std::string* out) {
  const auto narrow = static_cast<uint32_t>(count);
  out->append(reinterpret_cast<const char*>(&narrow), sizeof(narrow));
}

void PutDouble(double x, std::string* out) {
  out->append(reinterpret_cast<const char*>(&x), sizeof(x));
}

void PutText(char tag, const std::string& text, std::string* out) {
  out->push_back(tag);
  PutCount(text.size(), out);
  out->append(text);
}

void Put(const Value& value, std::string* out);

void PutItems(char tag, size_t scale, const Value& value, std::string* out) {
  out->push_back(tag);
  PutCount(value.items.size() / scale, out);
  for (const Value& item : value.items) Put(item, out);
}

void Put(const Value& value, std::string* out) {
  switch (value.kind) {
    case Kind::kNone:
      return out->push_back('N');
    case Kind::kBool:
      return out->push_back(value.real != 0 ? 'T' : 'F');
    case Kind::kInt:
      return PutText('i', value.text, out);
    case Kind::kFloat:
      out->push_back('f');
      return PutDouble(value.real, out);
    case Kind::kComplex:
      out->push_back('c');
      PutDouble(value.real, out);
      return PutDouble(value.imaginary, out);
    case Kind::kString:
      return PutText('s', value.text, out);
    case Kind::kBytes:
      return PutText('b', value.text, out);
    case Kind::kByteArray:
      return PutText('y', value.text, out);
    case Kind::kList:
      return PutItems('l', 1, value, out);
    case Kind::kTuple:
      return PutItems('t', 1, value, out);
    case Kind::kSet:
      return PutItems('e', 1, value, out);
    case Kind::kFrozenSet:
      return PutItems('z', 1, value, out);
    case Kind::kDict:
      return PutItems('d', 2, value, out);
    case Kind::kSpecial:
      out->push_back('x');
      out->push_back(static_cast<char>(value.special));
      return Put(value.items[0], out);
    case Kind::kOpaque:
      out->push_back('o');
      return Put(value.items[0], out);
  }
}

Value OfText(Kind kind, std::string text) {
  Value made;
  made.kind = kind;
  made.text = std::move(text);
  return made;
}

Value OfItems(Kind kind, std::vector<Value> items) {
  Value made;
  made.kind = kind;
  made.items = std::move(items);
  return made;
}

}  // namespace

void MinimizeInt(std::string* bytes) {
  if (bytes->empty()) bytes->push_back('\0');
  while (bytes->size() > 1) {
    const char last = bytes->back();
    const bool next_negative = ((*bytes)[bytes->size() - 2] & 0x80) != 0;
    if (last == (next_negative ? '\xff' : '\0')) {
      bytes->pop_back();
    } else {
      return;
    }
  }
}

Value Value::Bool(bool value) {
  Value made;
  made.kind = Kind::kBool;
  made.real = value ? 1 : 0;
  return made;
}

Value Value::Int(int64_t value) {
  std::string bytes(reinterpret_cast<const char*>(&value), sizeof(value));
  MinimizeInt(&bytes);
  return OfText(Kind::kInt, std::move(bytes));
}

Value Value::Float(double value) {
  Value made;
  made.kind = Kind::kFloat;
  made.real = value;
  return made;
}

Value Value::String(std::string value) {
  return OfText(Kind::kString, std::move(value));
}

Value Value::Bytes(std::string value) {
  return OfText(Kind::kBytes, std::move(value));
}

Value Value::List(std::vector<Value> items) {
  return OfItems(Kind::kList, std::move(items));
}

Value Value::Tuple(std::vector<Value> items) {
  return OfItems(Kind::kTuple, std::move(items));
}

int64_t Value::AsInt64(int64_t otherwise) const {
  if (kind != Kind::kInt || text.size() > sizeof(int64_t)) return otherwise;
  int64_t value = text.empty() || (text.back() & 0x80) == 0 ? 0 : -1;
  std::memcpy(&value, text.data(), text.size());
  return value;
}

absl::StatusOr<Value> DecodeValue(std::string_view bytes) {
  if (bytes.size() > kMaxValueBytes) return Malformed("too many bytes");
  Decoder decoder(bytes);
  Value value;
  if (absl::Status s = decoder.Get(&value, 0); !s.ok()) return s;
  if (!decoder.done()) return Malformed("bytes after the value");
  return value;
}

std::string EncodeValue(const Value& value) {
  std::string out;
  Put(value, &out);
  return out;
}

}  // namespace assay::code
