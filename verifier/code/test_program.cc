#include "verifier/code/test_program.h"

#include <charconv>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/code/compile.h"
#include "verifier/code/frames.h"
#include "verifier/code/languages.h"
#include "verifier/code/talk.h"

namespace assay::code {
namespace {

using sandbox::Outcome;

constexpr char kInput[] = "input.txt";
constexpr char kOutput[] = "output.txt";
constexpr char kAnswer[] = "answer.txt";

std::optional<sandbox::Command> Refuse(Cause cause, std::string reason,
                                       Finding* fault) {
  *fault = {Verdict::kNoVerdict, cause, std::move(reason)};
  return std::nullopt;
}

// The [begin, end) of the next line that includes testlib.h, from `from` on.
bool FindInclude(std::string_view text, size_t from, size_t* begin,
                 size_t* end) {
  while (from < text.size()) {
    *begin = from;
    *end = std::min(text.find('\n', from), text.size());
    std::string_view line = text.substr(*begin, *end - *begin);
    std::string packed;
    for (const char c : line.substr(0, 256)) {
      if (c != ' ' && c != '\t') packed += c;
    }
    if (packed.rfind("#include\"testlib.h\"", 0) == 0 ||
        packed.rfind("#include<testlib.h>", 0) == 0) {
      return true;
    }
    from = *end + 1;
  }
  return false;
}

// `points X ...` or `X ...`, X in [0, 1].
std::optional<double> PointsOf(std::string_view text) {
  const auto skip = [&text] {
    while (!text.empty() && (text[0] == ' ' || text[0] == '\n')) {
      text.remove_prefix(1);
    }
  };
  skip();
  if (text.rfind("points", 0) == 0) text.remove_prefix(6);
  skip();
  double x = -1;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), x);
  if (error != std::errc() || !(x >= 0 && x <= 1)) return std::nullopt;
  return x;
}

Judgement Broken(std::string reason, bool hung = false) {
  Judgement says;
  says.kind = Judgement::Kind::kBroken;
  says.reason = std::move(reason);
  says.hung = hung;
  return says;
}

Judgement Says(Verdict verdict, std::string reason,
               std::optional<double> points = std::nullopt) {
  Judgement says;
  says.kind = Judgement::Kind::kVerdict;
  says.verdict = verdict;
  says.reason = std::move(reason);
  says.points = points;
  return says;
}

// Whether the runtime says that a python program raised or does not compile.
bool Raised(const sandbox::RunResult& result, std::string* why) {
  if (result.reply.empty()) return false;
  FrameReader frames(result.reply);
  const std::optional<Value> frame = frames.Next();
  if (!frame) return false;
  *why = absl::StrCat(TextAt(*frame, 1), ": ", TextAt(*frame, 2));
  return true;
}

Judgement JudgementOfExit(int code, const std::string& words) {
  switch (code) {
    case 0:
      return Says(Verdict::kAccepted, "");
    case 1:
      return Says(Verdict::kWrongAnswer, "the judge refused it");
    case 2:
      return Says(Verdict::kWrongAnswer, "the judge refused its presentation");
    case 4:
      return Says(Verdict::kWrongAnswer, "the judge found trailing data");
    case 8:
      return Says(Verdict::kWrongAnswer, "the judge met an early end");
    case 7:
      break;
    default:
      return Broken(
          absl::StrCat("exit code ", code, words.empty() ? "" : ": ", words));
  }
  const std::optional<double> points = PointsOf(words);
  if (!points) return Broken("exit code 7 without points in [0, 1]");
  if (*points >= 1) return Says(Verdict::kAccepted, "", points);
  return Says(Verdict::kWrongAnswer, "the judge gave partial points", points);
}

}  // namespace

bool IncludesTestlib(const std::string& text) {
  size_t begin = 0, end = 0;
  return FindInclude(text, 0, &begin, &end);
}

std::string InlineTestlib(const std::string& text, const std::string& header) {
  std::string made;
  size_t from = 0, begin = 0, end = 0;
  bool first = true;
  while (FindInclude(text, from, &begin, &end)) {
    made.append(text, from, begin - from);
    if (first) made.append(header);
    first = false;
    from = end;
  }
  if (from < text.size()) made.append(text, from, std::string::npos);
  return made;
}

std::optional<sandbox::Command> PrepareTestProgram(Runner* runner,
                                                   const TestProgram& program,
                                                   const std::string& field,
                                                   bool talks, Finding* fault) {
  const Language* language = FindLanguage(program.language);
  if (!language) {
    return Refuse(Cause::kInvalidSample,
                  absl::StrCat(field, ".language: unknown"), fault);
  }
  const LanguageStatus* status = runner->world().status(language->name);
  if (!status || !status->available) {
    return Refuse(
        Cause::kHost,
        absl::StrCat(field, ".language: ", language->name, ": ",
                     status ? status->unavailable_reason : "not probed"),
        fault);
  }
  if (language->warm()) {
    sandbox::Command command = PythonCommand(
        {Value::String(talks ? "interact" : "judge"),
         Value::Bytes(program.source),
         Value::List({Value::String(kInput), Value::String(kOutput),
                      Value::String(kAnswer)})});
    command.limits = SandboxLimits(TestProgramLimits(*runner));
    return command;
  }
  std::string source = program.source;
  if (IncludesTestlib(source)) {
    const std::string& header = runner->world().testlib_header;
    if (header.empty()) {
      return Refuse(Cause::kInvalidTests,
                    absl::StrCat(field,
                                 ".source: includes testlib.h, which "
                                 "this server was not given"),
                    fault);
    }
    source = InlineTestlib(source, header);
  }
  const Compiled compiled =
      Compile(runner, *language, {{language->source_file, source}});
  if (!compiled.binary) {
    if (compiled.verdict == Verdict::kNoVerdict) {
      return Refuse(compiled.cause, compiled.reason, fault);
    }
    return Refuse(Cause::kInvalidTests,
                  absl::StrCat(field, ".source: ", compiled.reason, ": ",
                               OneLine(compiled.output)),
                  fault);
  }
  sandbox::Command command = RunCommand(*language, compiled.binary);
  for (const char* name : {kInput, kOutput, kAnswer}) {
    command.argv.emplace_back(name);
  }
  command.limits = SandboxLimits(TestProgramLimits(*runner));
  command.limits.process_count =
      std::max(command.limits.process_count, language->process_floor_count);
  return talks ? Talking(std::move(command)) : command;
}

void GiveFiles(const std::string& input, const std::string* output,
               const std::string& answer, sandbox::Command* command) {
  const auto give = [command](const char* name, const std::string& text) {
    command->files.push_back(
        {name, std::make_shared<const std::string>(text), 0644});
  };
  give(kInput, input);
  if (output) give(kOutput, *output);
  give(kAnswer, answer);
}

RunLimits TestProgramLimits(const Runner& runner) {
  RunLimits limits;
  limits.time = runner.world().judge_time;
  limits.memory_bytes = kTestProgramMemoryBytes;
  limits.output_bytes = kTestProgramOutputBytes;
  return limits;
}

Judgement JudgementOf(const Runner& runner, sandbox::RunResult result) {
  BlameHostIfStarved(&result);
  Finding finding = FindingOf(result, TestProgramLimits(runner));
  if (finding.verdict == Verdict::kNoVerdict) {
    Judgement says;
    says.fault = std::move(finding);
    return says;
  }
  if (result.outcome == Outcome::kExited) {
    std::string why;
    if (Raised(result, &why)) return Broken(OneLine(why));
    return JudgementOfExit(result.exit_code, OneLine(result.stderr_text));
  }
  return Broken(finding.reason, result.outcome == Outcome::kCpuTime ||
                                    result.outcome == Outcome::kWallTime);
}

}  // namespace assay::code
