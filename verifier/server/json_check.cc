#include "verifier/server/json_check.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace assay::server {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  absl::Status Run() {
    for (;;) {
      if (!ReadValueOrOpening()) return Failure();
      if (!ReadClosings()) return Failure();
      if (open_.empty()) break;
      if (!ReadNext()) return Failure();
    }
    SkipSpace();
    return at_ == text_.size() ? absl::OkStatus() : Failure();
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void SkipSpace() {
    while (at_ < text_.size() && std::string_view(" \t\n\r").find(text_[at_]) !=
                                     std::string_view::npos) {
      ++at_;
    }
  }

  // A scalar, an empty container, or the openings up to the first scalar.
  bool ReadValueOrOpening() {
    for (;;) {
      SkipSpace();
      if (Peek() != '[' && Peek() != '{') return ReadScalar();
      if (open_.size() == kJsonDepthMax) {
        deep_ = true;
        return false;
      }
      open_.push_back(text_[at_++]);
      SkipSpace();
      if (Peek() == (open_.back() == '[' ? ']' : '}')) return true;
      if (open_.back() == '{' && !ReadKey()) return false;
    }
  }

  bool ReadClosings() {
    while (!open_.empty()) {
      SkipSpace();
      if (!Take(open_.back() == '[' ? ']' : '}')) break;
      open_.pop_back();
    }
    return true;
  }

  // The comma, and the key in an object.
  bool ReadNext() {
    SkipSpace();
    if (!Take(',')) return false;
    SkipSpace();
    return open_.back() == '[' || ReadKey();
  }

  bool ReadKey() {
    if (!ReadString()) return false;
    SkipSpace();
    return Take(':');
  }

  bool ReadScalar() {
    if (Peek() == '"') return ReadString();
    if (Peek() == '-' || IsDigit(Peek())) return ReadNumber();
    for (std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_, word.size()) == word) {
        at_ += word.size();
        return true;
      }
    }
    return false;
  }

  bool ReadString() {
    if (!Take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !ReadEscape()) return false;
    }
    return false;
  }

  bool ReadEscape() {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    if (c != 'u') {
      return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    }
    for (int i = 0; i < 4; ++i) {
      if (!IsHex(Peek())) return false;
      ++at_;
    }
    return true;
  }

  bool ReadDigits() {
    if (!IsDigit(Peek())) return false;
    while (IsDigit(Peek())) ++at_;
    return true;
  }

  bool ReadNumber() {
    Take('-');
    if (!Take('0') && !ReadDigits()) return false;
    if (Take('.') && !ReadDigits()) return false;
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      return ReadDigits();
    }
    return true;
  }

  absl::Status Failure() const {
    if (deep_) {
      return absl::InvalidArgumentError(
          absl::StrCat("nested deeper than ", kJsonDepthMax));
    }
    return absl::InvalidArgumentError(absl::StrCat("not JSON at byte ", at_));
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::string open_;  // The brackets that are open, outermost first.
  bool deep_ = false;
};

}  // namespace

absl::Status CheckJson(std::string_view text, JsonKind kind) {
  if (absl::Status status = Reader(text).Run(); !status.ok()) return status;
  const std::size_t first = text.find_first_not_of(" \t\n\r");
  if (kind == JsonKind::kArray && text[first] != '[') {
    return absl::InvalidArgumentError("not a JSON array");
  }
  if (kind == JsonKind::kObject && text[first] != '{') {
    return absl::InvalidArgumentError("not a JSON object");
  }
  return absl::OkStatus();
}

}  // namespace assay::server
