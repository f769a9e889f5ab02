#include "verifier/code/json_values.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "verifier/code/numbers.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Integers that a double or 64 bits may not hold, by their position among the
// numbers of the text.
using LongIntegers = std::unordered_map<size_t, std::string>;

// The text with each long integer as a 0 in its place: the parser would turn
// it into a double, or refuse it.
std::string TakeLongIntegers(std::string_view text, LongIntegers* taken) {
  constexpr size_t kLong = 18;
  std::string kept;
  kept.reserve(text.size());
  size_t numbers = 0;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (text[i] == '"') {
      while (end < text.size() && text[end] != '"') {
        end += text[end] == '\\' ? 2 : 1;
      }
      end = std::min(end + 1, text.size());
    } else if (text[i] == '-' || IsDigit(text[i])) {
      const size_t first = text[i] == '-' ? i + 1 : i;
      end = std::min(text.find_first_not_of("0123456789+-.eE", first),
                     text.size());
      const std::string_view digits = text.substr(first, end - first);
      ++numbers;
      if (digits.size() > kLong && digits[0] != '0' &&
          digits.find_first_not_of("0123456789") == std::string_view::npos) {
        (*taken)[numbers - 1] = std::string(text.substr(i, end - i));
        kept.push_back('0');
        i = end;
        continue;
      }
    }
    kept.append(text.substr(i, end - i));
    i = end;
  }
  return kept;
}

// Receives the parser's events; keeps its own stack of open containers.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(const LongIntegers& taken) : taken_(taken) {}

  bool null() override { return Add(Value()); }
  bool boolean(bool x) override { return Add(Value::Bool(x)); }
  bool number_integer(number_integer_t x) override {
    ++numbers_;
    return Add(Value::Int(x));
  }
  bool number_unsigned(number_unsigned_t x) override {
    const auto found = taken_.find(numbers_++);
    return AddDigits(found == taken_.end() ? std::to_string(x) : found->second);
  }
  bool number_float(number_float_t x, const string_t&) override {
    ++numbers_;
    return Add(Value::Float(x));
  }
  bool string(string_t& text) override {
    return Add(Value::String(std::move(text)));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Kind::kDict); }
  bool key(string_t& text) override {
    return Add(Value::String(std::move(text)));
  }
  bool end_object() override {
    KeepLast(&open_.back());
    return Close();
  }
  bool start_array(std::size_t) override { return Open(Kind::kList); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    error_ = "malformed JSON at byte " + std::to_string(position);
    return false;
  }

  absl::StatusOr<Value> Take(bool parsed) {
    if (parsed && result_) return *std::move(result_);
    return absl::InvalidArgumentError(error_.empty() ? "malformed JSON"
                                                     : error_);
  }

 private:
  bool Fail(std::string error) {
    error_ = std::move(error);
    return false;
  }

  bool AddDigits(const std::string& digits) {
    std::optional<std::string> bytes = IntBytesOfDecimal(digits);
    if (!bytes) return Fail("an integer with too many digits");
    Value value;
    value.kind = Kind::kInt;
    value.text = *std::move(bytes);
    return Add(std::move(value));
  }

  bool Add(Value value) {
    if (++count_ > kMaxValueCount) return Fail("too many values");
    if (open_.empty()) {
      result_ = std::move(value);
    } else {
      open_.back().items.push_back(std::move(value));
    }
    return true;
  }

  bool Open(Kind kind) {
    // The value crosses inside two containers of ours.
    if (open_.size() + 10 >= kMaxValueDepth - 10) return Fail("too deep");
    open_.emplace_back();
    open_.back().kind = kind;
    return true;
  }

  bool Close() {
    Value value = std::move(open_.back());
    open_.pop_back();
    return Add(std::move(value));
  }

  static void KeepLast(Value* dict) {
    std::unordered_map<std::string, size_t> at;
    std::vector<Value> kept;
    for (size_t i = 0; i + 1 < dict->items.size(); i += 2) {
      const auto [where, fresh] =
          at.emplace(dict->items[i].text, kept.size() + 1);
      if (fresh) {
        kept.push_back(std::move(dict->items[i]));
        kept.push_back(std::move(dict->items[i + 1]));
      } else {
        kept[where->second] = std::move(dict->items[i + 1]);
      }
    }
    dict->items = std::move(kept);
  }

  const LongIntegers& taken_;
  size_t numbers_ = 0;
  std::vector<Value> open_;
  std::optional<Value> result_;
  std::string error_;
  size_t count_ = 0;
};

}  // namespace

absl::StatusOr<Value> ParseJson(std::string_view text) {
  if (text.size() > kMaxValueBytes) {
    return absl::InvalidArgumentError("too many bytes");
  }
  LongIntegers taken;
  const std::string kept = TakeLongIntegers(text, &taken);
  Builder builder(taken);
  const bool parsed = nlohmann::json::sax_parse(kept, &builder);
  return builder.Take(parsed);
}

}  // namespace assay::code
