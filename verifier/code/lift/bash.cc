// bash: functions that print, called as `$(f args)`.
#include <cctype>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_bash_candidate.h"
#include "embedded/code_bash_examiner.h"
#include "embedded/code_bash_wire.h"
#include "verifier/code/lift/bash_reading.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/lift/script_text.h"

namespace assay::code {
namespace {

// Each is one command: what is read after a text that was none of bash may be
// misread.
constexpr std::string_view kLoad = R"sh({
  eval "$ASSAY_PROGRAM"
  if [[ $? != 0 ]] && ! assay_parses "$ASSAY_PROGRAM"; then
    echo unbuilt >&5
    exit 2
  fi
  assay_serve
}
)sh";

constexpr std::string_view kExamine = R"sh({
  assay_listen
  trap 'assay_end $?' EXIT
  eval "$ASSAY_TESTS"
  assay_end $?
}
)sh";

constexpr std::string_view kJoin = R"sh({
  eval "$ASSAY_PROGRAM"
  eval "$ASSAY_TESTS"
  ASSAY_STATUS=$?
  [[ $ASSAY_STATUS == 0 ]] && cat <&3 >&4
  exit $ASSAY_STATUS
}
)sh";

void Assign(std::string_view name, std::string_view value, std::string* text) {
  *text += name;
  *text += '=';
  *text += BashLiteral(value);
  *text += '\n';
}

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

std::string_view NameAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsNameByte(text[end])) ++end;
  return text.substr(at, end - at);
}

// Names that stand before `=`, `+=` or `[`, or after a word that declares.
std::set<std::string_view> Assigned(std::string_view text) {
  std::set<std::string_view> names;
  std::string_view before;
  for (size_t at = 0; at < text.size();) {
    const std::string_view name = NameAt(text, at);
    if (name.empty()) {
      ++at;
      continue;
    }
    const std::string_view after = text.substr(at + name.size(), 2);
    const bool read = at > 0 && (text[at - 1] == '$' || text[at - 1] == '{');
    if (!read && (after.substr(0, 1) == "=" || after == "+=" ||
                  before == "for" || before == "read" || before == "local")) {
      names.insert(name);
    }
    before = name;
    at += name.size();
  }
  return names;
}

// A variable of the program's that the tests read and never set.
std::string_view SharedVariable(std::string_view program,
                                std::string_view tests) {
  const std::set<std::string_view> set = Assigned(program);
  const std::set<std::string_view> own = Assigned(tests);
  for (size_t at = tests.find('$'); at != tests.npos;
       at = tests.find('$', at + 1)) {
    size_t begin = at + 1;
    while (begin < tests.size() && (tests[begin] == '{' || tests[begin] == '#'))
      ++begin;
    const std::string_view name = NameAt(tests, begin);
    if (!name.empty() && set.count(name) && !own.count(name)) return name;
  }
  return "";
}

absl::StatusOr<Lifted> Lift(const LiftRequest& request) {
  const std::string_view name = SharedVariable(request.program, request.tests);
  if (!name.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the tests read the program's variable ", std::string(name)));
  }
  const std::string code = ReadsOutputAsCode(request.tests);
  if (!code.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the tests read output as code: ", code));
  }
  std::string candidate(embedded::code_bash_wire);
  candidate += embedded::code_bash_candidate;
  Assign("ASSAY_PROGRAM", request.program, &candidate);
  candidate += kLoad;
  std::string examiner(embedded::code_bash_wire);
  examiner += embedded::code_bash_examiner;
  Assign("ASSAY_ENTRY", request.entry, &examiner);
  Assign("ASSAY_TESTS", request.tests, &examiner);
  examiner += kExamine;
  return Lifted{{{"main.sh", std::move(candidate)}},
                {{"main.sh", std::move(examiner)}}};
}

absl::StatusOr<Sources> Join(std::string_view program, std::string_view tests) {
  std::string text;
  Assign("ASSAY_PROGRAM", program, &text);
  Assign("ASSAY_TESTS", tests, &text);
  text += kJoin;
  return Sources{{"main.sh", std::move(text)}};
}

}  // namespace

const Dialect& BashDialect() {
  static constexpr Dialect kDialect = {"bash", Lift, Join, AlteredScripts};
  return kDialect;
}

}  // namespace assay::code
