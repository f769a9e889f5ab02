#include "clients/cli/sample_line.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace assay::cli {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr size_t kReasonBytesMax = 400;
// A sample's JSON is a few levels deep; what is deeper is only named by the
// parser of samples, which bounds depth by itself.
constexpr int kDepthMax = 64;

// Length of the well-formed UTF-8 sequence at `i`, or 0.
size_t SequenceLength(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) -> unsigned {
    return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0;
  };
  const auto tail = [&](size_t k) { return (byte(k) & 0xC0) == 0x80; };
  const unsigned b = byte(0);
  if (b < 0x80) return 1;
  if (b >= 0xC2 && b <= 0xDF) return tail(1) ? 2 : 0;
  if (b >= 0xE0 && b <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (b == 0xE0 && byte(1) < 0xA0) return 0;   // Overlong.
    if (b == 0xED && byte(1) >= 0xA0) return 0;  // A surrogate.
    return 3;
  }
  if (b >= 0xF0 && b <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (b == 0xF0 && byte(1) < 0x90) return 0;
    if (b == 0xF4 && byte(1) >= 0x90) return 0;
    return 4;
  }
  return 0;
}

// Where, among an object's members, a string holds a byte that was mended:
// `code.solution`. Looks a few levels down, which samples do not exceed.
std::string FieldOfMended(const nlohmann::json& value, int depth) {
  if (depth > 8) return "";
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.find(kReplacement) != std::string::npos ? "." : "";
  }
  if (!value.is_structured()) return "";
  for (const auto& [key, member] : value.items()) {
    const std::string below = FieldOfMended(member, depth + 1);
    if (below.empty()) continue;
    return key + (below == "." ? "" : "." + below);
  }
  return "";
}

std::string IdOf(const nlohmann::json& object, const std::string& where) {
  if (object.is_object()) {
    const auto id = object.find("id");
    if (id != object.end() && id->is_string()) {
      const auto& text = id->get_ref<const std::string&>();
      if (!text.empty()) return text;
    }
  }
  return where;
}

bool IsDeep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDepthMax) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

// Discarded where it is not JSON.
nlohmann::json ReadShallow(const std::string& text) {
  if (IsDeep(text)) return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

// One line, for a person.
std::string OneLine(std::string_view text) {
  size_t ignored;
  std::string line = MendUtf8(text.substr(0, kReasonBytesMax), &ignored);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

// What a report echoes, as far as it can be read and is bounded.
void EchoJson(const nlohmann::json& object, v1::Report* report) {
  if (!object.is_object()) return;
  const auto text = [](const nlohmann::json& holder, const char* name) {
    const auto found = holder.find(name);
    const bool fits =
        found != holder.end() && found->is_string() &&
        found->get_ref<const std::string&>().size() <= kNameBytesMax;
    return fits ? found->get<std::string>() : std::string();
  };
  report->set_problem(text(object, "problem"));
  report->set_source(text(object, "source"));
  const auto labels = object.find("labels");
  if (labels == object.end() || !labels->is_object()) return;
  for (const auto& [name, value] : labels->items()) {
    if (report->labels_size() >= kLabelsMax) return;
    const std::string label = text(*labels, name.c_str());
    if (!label.empty()) (*report->mutable_labels())[name] = label;
  }
}

}  // namespace

std::string MendUtf8(std::string_view text, size_t* first_bad) {
  *first_bad = std::string_view::npos;
  std::string mended;
  mended.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t length = SequenceLength(text, i);
    if (length == 0) {
      if (*first_bad == std::string_view::npos) *first_bad = i;
      mended += kReplacement;
      ++i;
    } else {
      mended.append(text, i, length);
      i += length;
    }
  }
  return mended;
}

v1::Report InvalidSample(const std::string& id, const std::string& reason) {
  v1::Report report;
  report.set_id(ReportId(id));
  report.set_verdict(v1::VERDICT_NO_VERDICT);
  report.set_cause(v1::CAUSE_INVALID_SAMPLE);
  report.set_reason(OneLine(reason));
  return report;
}

std::string ReportId(const std::string& id) {
  if (id.size() <= kReportIdBytesMax) return id;
  size_t end = kReportIdBytesMax;
  while (end > 0 && (static_cast<unsigned char>(id[end]) & 0xC0) == 0x80) --end;
  return id.substr(0, end);
}

void Echo(const v1::Sample& sample, v1::Report* report) {
  if (sample.problem().size() <= kNameBytesMax) {
    report->set_problem(sample.problem());
  }
  if (sample.source().size() <= kNameBytesMax) {
    report->set_source(sample.source());
  }
  size_t bytes = 0;
  for (const auto& [name, value] : sample.labels()) {
    bytes += name.size() + value.size();
  }
  if (bytes <= kLabelsBytesMax) *report->mutable_labels() = sample.labels();
}

std::string ToJsonLine(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string line;
  // Fails only on messages that cannot be printed, of which there are none
  // in the contract.
  (void)google::protobuf::util::MessageToJsonString(message, &line, options);
  return line;
}

ParsedLine ParseSampleLine(const std::string& line, const std::string& where) {
  ParsedLine parsed;
  size_t first_bad;
  const std::string mended = MendUtf8(line, &first_bad);
  std::string problem;
  if (first_bad == std::string::npos) {
    const auto status =
        google::protobuf::util::JsonStringToMessage(line, &parsed.sample);
    if (status.ok()) return parsed;
    problem = std::string(status.message());
  }
  parsed.sample.Clear();
  const nlohmann::json object = ReadShallow(mended);
  if (first_bad != std::string::npos) {
    const std::string field = FieldOfMended(object, 0);
    problem = (field.empty() ? "line" : field) + ": invalid UTF-8 at byte " +
              std::to_string(first_bad) + " of the line";
  } else if (object.is_discarded()) {
    problem = "not JSON: " + problem;
  }
  parsed.report = InvalidSample(IdOf(object, where), where + ": " + problem);
  EchoJson(object, &*parsed.report);
  return parsed;
}

}  // namespace assay::cli
