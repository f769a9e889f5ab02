#include "clients/cli/pair_line.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

using Json = nlohmann::json;

// Reads the few fields that a pair has, and gives up at anything else.
class Reader : public Json::json_sax_t {
 public:
  explicit Reader(PairLine* pair) : pair_(pair) {}

  bool complete() const {
    return done_ && !pair_->id.empty() && !pair_->gold.empty() &&
           !pair_->answer.empty();
  }

  bool null() override { return false; }
  bool boolean(bool value) override {
    if (field_ != Field::kChoice) return false;
    pair_->choice = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return false; }
  bool number_unsigned(number_unsigned_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& value) override {
    switch (field_) {
      case Field::kId:
        return Keep(&value, kNameBytesMax, &pair_->id);
      case Field::kProblem:
        return Keep(&value, kNameBytesMax, &pair_->problem);
      case Field::kSource:
        return Keep(&value, kNameBytesMax, &pair_->source);
      case Field::kGolds:
        // One gold, within its list.
        if (!in_golds_ || golds_++ > 0) return false;
        return Keep(&value, kPairTextBytesMax, &pair_->gold);
      case Field::kAnswer:
        return Keep(&value, kPairTextBytesMax, &pair_->answer);
      case Field::kQuestion:
        return true;  // Kept for explanations alone.
      case Field::kLabel:
        labels_bytes_ += value.size();
        pair_->labels.back().second = std::move(value);
        return labels_bytes_ <= kLabelsBytesMax;
      default:
        return false;
    }
  }

  bool start_object(std::size_t) override {
    switch (place_) {
      case Place::kOutside:
        place_ = Place::kSample;
        return !done_;
      case Place::kSample:
        if (field_ == Field::kMath) {
          place_ = Place::kMath;
        } else if (field_ == Field::kLabels) {
          place_ = Place::kLabels;
        } else {
          return false;
        }
        return true;
      default:
        return false;
    }
  }
  bool end_object() override {
    done_ = place_ == Place::kSample;
    place_ = done_ ? Place::kOutside : Place::kSample;
    field_ = Field::kNone;
    return true;
  }
  bool start_array(std::size_t) override {
    if (field_ != Field::kGolds || in_golds_) return false;
    in_golds_ = true;
    return true;
  }
  bool end_array() override {
    field_ = Field::kNone;
    return true;
  }

  bool key(string_t& name) override {
    if (place_ == Place::kLabels) return Label(&name);
    field_ = place_ == Place::kMath ? InMath(name) : InSample(name);
    if (field_ == Field::kNone) return false;
    // Once each; an answer or a response.
    const uint32_t bit = uint32_t{1} << static_cast<int>(field_);
    if ((seen_ & bit) != 0) return false;
    seen_ |= bit;
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  enum class Place { kOutside, kSample, kMath, kLabels };
  enum class Field {
    kNone,
    kId,
    kProblem,
    kSource,
    kLabels,
    kMath,
    kLabel,
    kGolds,
    kAnswer,
    kChoice,
    kQuestion,
  };

  static bool Keep(string_t* value, size_t bytes_max, std::string* to) {
    if (value->size() > bytes_max) return false;
    *to = std::move(*value);
    return true;
  }

  static Field InSample(const std::string& name) {
    if (name == "id") return Field::kId;
    if (name == "problem") return Field::kProblem;
    if (name == "source") return Field::kSource;
    if (name == "labels") return Field::kLabels;
    if (name == "math") return Field::kMath;
    return Field::kNone;
  }
  Field InMath(const std::string& name) {
    if (name == "gold") return Field::kGolds;
    if (name == "choice") return Field::kChoice;
    if (name == "question") return Field::kQuestion;
    if (name != "answer" && name != "response") return Field::kNone;
    pair_->is_response = name == "response";
    return Field::kAnswer;
  }

  bool Label(string_t* name) {
    field_ = Field::kLabel;
    labels_bytes_ += name->size();
    if (name->empty() || pair_->labels.size() == size_t{kLabelsMax})
      return false;
    for (const auto& [known, value] : pair_->labels) {
      if (known == *name) return false;
    }
    pair_->labels.emplace_back(std::move(*name), "");
    return labels_bytes_ <= kLabelsBytesMax;
  }

  PairLine* pair_;
  Place place_ = Place::kOutside;
  Field field_ = Field::kNone;
  uint32_t seen_ = 0;
  size_t labels_bytes_ = 0;
  int golds_ = 0;
  bool in_golds_ = false;
  bool done_ = false;
};

// Appends `,"name":"value"`, in JSON; nothing of an empty value.
void Append(const char* name, const std::string& value, std::string* line) {
  if (value.empty()) return;
  absl::StrAppend(line, ",\"", name, "\":", Json(value).dump());
}

std::string Evidence(const PairVerdict& found) {
  std::string text;
  if (found.proof != v1::MathEvidence::PROOF_UNSPECIFIED) {
    Append("proof", v1::MathEvidence::Proof_Name(found.proof), &text);
  }
  if (found.rung != v1::RUNG_UNSPECIFIED) {
    Append("rung", absl::AsciiStrToLower(v1::Rung_Name(found.rung).substr(5)),
           &text);
  }
  if (found.error_bound_bits != 0) {
    absl::StrAppend(&text, ",\"error_bound_log2\":", -found.error_bound_bits);
  }
  return text.empty() ? text : text.substr(1);
}

// To the JSON reader a NUL ends the line, and it skips a byte-order mark; the
// contract has no NUL in names.
bool IsOdd(std::string_view line) {
  return line.starts_with('\xef') ||
         line.find('\0') != std::string_view::npos ||
         line.find("\\u0000") != std::string_view::npos;
}

}  // namespace

std::optional<PairLine> ParsePairLine(std::string_view line) {
  if (IsOdd(line)) return std::nullopt;
  PairLine pair;
  Reader reader(&pair);
  if (!Json::sax_parse(line, &reader) || !reader.complete()) {
    return std::nullopt;
  }
  return pair;
}

std::string PairReportLine(const PairLine& pair, uint64_t ordinal,
                           const PairVerdict& found) {
  std::string line = absl::StrCat("{\"id\":", Json(pair.id).dump());
  if (ordinal != 0) {
    absl::StrAppend(&line, ",\"ordinal\":\"", ordinal, "\"");
  }
  absl::StrAppend(&line, ",\"verdict\":\"", v1::Verdict_Name(found.verdict),
                  "\"");
  if (found.verdict == v1::VERDICT_ACCEPTED) {
    line += ",\"score\":1";
  } else if (found.verdict != v1::VERDICT_UNDECIDED &&
             found.verdict != v1::VERDICT_NO_VERDICT) {
    line += ",\"score\":0";
  }
  if (found.cause != v1::CAUSE_UNSPECIFIED) {
    Append("cause", v1::Cause_Name(found.cause), &line);
  }
  Append("reason", found.reason, &line);
  Append("problem", pair.problem, &line);
  Append("source", pair.source, &line);
  std::string labels;
  for (const auto& [name, value] : pair.labels) {
    absl::StrAppend(&labels, labels.empty() ? "" : ",", Json(name).dump(), ":",
                    Json(value).dump());
  }
  if (!labels.empty()) absl::StrAppend(&line, ",\"labels\":{", labels, "}");
  absl::StrAppend(&line, ",\"math\":{", Evidence(found), "}");
  Append("verifier_version", found.verifier_version, &line);
  return line + "}";
}

}  // namespace assay::cli
