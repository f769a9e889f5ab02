// Values that a JavaScript function returned, against JSON.
#include <unordered_map>

#include "verifier/code/equality.h"
#include "verifier/code/numbers.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

bool EqualMembers(const Value& returned, const Value& expected) {
  if (returned.items.size() != expected.items.size()) return false;
  std::unordered_map<std::string_view, const Value*> members;
  for (size_t i = 0; i + 1 < returned.items.size(); i += 2) {
    if (!returned.items[i].is(Kind::kString)) return false;
    members[returned.items[i].text] = &returned.items[i + 1];
  }
  if (members.size() * 2 != returned.items.size()) return false;
  for (size_t i = 0; i + 1 < expected.items.size(); i += 2) {
    const auto found = members.find(expected.items[i].text);
    if (found == members.end() ||
        !EqualInJavaScript(*found->second, expected.items[i + 1])) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool EqualInJavaScript(const Value& returned, const Value& expected) {
  switch (expected.kind) {
    case Kind::kNone:
      return returned.is(Kind::kNone);
    case Kind::kBool:
      return returned.is(Kind::kBool) && returned.real == expected.real;
    case Kind::kInt:
      // A bigint is compared whole; a number as JSON.parse would read it.
      if (returned.is(Kind::kInt)) return returned.text == expected.text;
      return returned.is(Kind::kFloat) && returned.real == AsDouble(expected);
    case Kind::kFloat:
      return returned.is(Kind::kFloat) && returned.real == expected.real;
    case Kind::kString:
      return returned.is(Kind::kString) && returned.text == expected.text;
    case Kind::kList:
      if (!returned.is(Kind::kList) ||
          returned.items.size() != expected.items.size()) {
        return false;
      }
      for (size_t i = 0; i < expected.items.size(); ++i) {
        if (!EqualInJavaScript(returned.items[i], expected.items[i])) {
          return false;
        }
      }
      return true;
    case Kind::kDict:
      return returned.is(Kind::kDict) && EqualMembers(returned, expected);
    default:
      return false;
  }
}

}  // namespace assay::code
