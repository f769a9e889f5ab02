#include "verifier/code/json_values.h"

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

// Receives the parser's events; keeps its own stack of open containers.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return Add(Value()); }
  bool boolean(bool x) override { return Add(Value::Bool(x)); }
  bool number_integer(number_integer_t x) override {
    return Add(Value::Int(x));
  }
  bool number_unsigned(number_unsigned_t x) override {
    return AddDigits(std::to_string(x));
  }
  bool number_float(number_float_t x, const string_t& text) override {
    if (text.find_first_of(".eE") == std::string::npos) return AddDigits(text);
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
  Builder builder;
  const bool parsed = nlohmann::json::sax_parse(text, &builder);
  return builder.Take(parsed);
}

}  // namespace assay::code
