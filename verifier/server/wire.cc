#include "verifier/server/wire.h"

#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kVarint = 0;
constexpr int kEightBytes = 1;
constexpr int kText = 2;
constexpr int kFourBytes = 5;
constexpr uint64_t kFieldNumberMax = (1 << 29) - 1;
constexpr int kVarintBytesMax = 10;

bool TakeVarint(std::string_view* bytes, uint64_t* value) {
  *value = 0;
  for (int i = 0; i < kVarintBytesMax && !bytes->empty(); ++i) {
    const uint64_t byte = static_cast<unsigned char>(bytes->front());
    bytes->remove_prefix(1);
    *value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return true;
  }
  return false;
}

bool TakeBytes(std::string_view* bytes, uint64_t count,
               std::string_view* taken) {
  if (count > bytes->size()) return false;
  *taken = bytes->substr(0, count);
  bytes->remove_prefix(count);
  return true;
}

// How this contract's fields stand on the wire; it has no packed ones.
int TypeOf(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return kText;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return kEightBytes;
    case FieldDescriptor::CPPTYPE_FLOAT:
      return kFourBytes;
    default:
      return kVarint;
  }
}

// Walks one sample; counts are over the whole of it.
class Walk {
 public:
  explicit Walk(const WireBounds& bounds) : bounds_(bounds) {}

  absl::Status Message(std::string_view bytes, const Descriptor* descriptor,
                       const std::string& path) {
    WireField wire;
    std::unordered_map<const FieldDescriptor*, int64_t> places;
    while (!bytes.empty()) {
      if (!TakeField(&bytes, &wire)) return Fault(path, "malformed bytes");
      if (++fields_ > bounds_.fields_max) {
        return Fault(path, absl::StrCat("more than ", bounds_.fields_max,
                                        " fields in one sample"));
      }
      const FieldDescriptor* field = descriptor->FindFieldByNumber(wire.number);
      if (field == nullptr) {
        if (++unknown_ > kUnknownFieldsMax) {
          return Fault(path, "too many unknown fields");
        }
        continue;
      }
      std::string name =
          path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
      if (field->is_repeated()) {
        if (absl::Status status = Count(field, name); !status.ok()) {
          return status;
        }
        if (!field->is_map()) {
          absl::StrAppend(&name, "[", places[field]++, "]");
        }
      }
      if (absl::Status status = Field(wire, field, name); !status.ok()) {
        return status;
      }
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status Fault(const std::string& path, const std::string& what) {
    return absl::InvalidArgumentError(
        absl::StrCat(path.empty() ? "sample" : path, ": ", what));
  }

  absl::Status Count(const FieldDescriptor* field, const std::string& name) {
    auto bound = bounds_.counts_max.find(field->full_name());
    if (bound == bounds_.counts_max.end()) return absl::OkStatus();
    if (++counts_[field] <= bound->second) return absl::OkStatus();
    return Fault(name, absl::StrCat("more than ", bound->second));
  }

  absl::Status Field(const WireField& wire, const FieldDescriptor* field,
                     const std::string& name) {
    if (wire.type != TypeOf(field)) {
      return Fault(name, "malformed: of another type");
    }
    if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
      return Message(wire.payload, field->message_type(), name);
    }
    if (wire.type == kText && !IsUtf8(wire.payload)) {
      return Fault(name, "not valid UTF-8");
    }
    return absl::OkStatus();
  }

  const WireBounds& bounds_;
  std::unordered_map<const FieldDescriptor*, int64_t> counts_;
  int64_t fields_ = 0;
  int64_t unknown_ = 0;
};

}  // namespace

bool TakeField(std::string_view* bytes, WireField* field) {
  uint64_t tag = 0;
  if (!TakeVarint(bytes, &tag)) return false;
  const uint64_t number = tag >> 3;
  if (number == 0 || number > kFieldNumberMax) return false;
  field->number = static_cast<int>(number);
  field->type = static_cast<int>(tag & 7);
  field->payload = {};
  uint64_t value = 0;
  std::string_view fixed;
  switch (field->type) {
    case kVarint:
      return TakeVarint(bytes, &value);
    case kEightBytes:
      return TakeBytes(bytes, 8, &fixed);
    case kText:
      return TakeVarint(bytes, &value) &&
             TakeBytes(bytes, value, &field->payload);
    case kFourBytes:
      return TakeBytes(bytes, 4, &fixed);
    default:
      return false;
  }
}

absl::StatusOr<std::vector<std::string_view>> SplitRequest(
    std::string_view request, std::size_t samples_max) {
  constexpr int kSamplesField = 1;
  std::vector<std::string_view> samples;
  WireField field;
  while (!request.empty()) {
    if (!TakeField(&request, &field)) {
      return absl::InvalidArgumentError("the request is not a VerifyRequest");
    }
    if (field.number != kSamplesField) continue;
    if (field.type != kText) {
      return absl::InvalidArgumentError("the request is not a VerifyRequest");
    }
    if (samples.size() == samples_max) {
      return absl::InvalidArgumentError(
          absl::StrCat("more than ", samples_max, " samples in one request"));
    }
    samples.push_back(field.payload);
  }
  return samples;
}

absl::Status CheckWire(std::string_view bytes, const Descriptor* descriptor,
                       const WireBounds& bounds) {
  return Walk(bounds).Message(bytes, descriptor, "");
}

}  // namespace assay::server
