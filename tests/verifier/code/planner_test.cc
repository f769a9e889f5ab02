// The planner that stays says what one of its own says, and where it says
// nothing, that one is asked.
#include "verifier/code/planner.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sandbox/wire/fd.h"
#include "tests/verifier/code/fake_lane.h"
#include "tests/verifier/code/local_lane.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/plan_session.h"
#include "verifier/code/sessions.h"

namespace assay::code {
namespace {

sandbox::Sandbox& TheSandbox() {
  static std::unique_ptr<sandbox::Sandbox> sandbox = [] {
    sandbox::SandboxOptions options;
    options.launcher_path = ASSAY_LAUNCHER;
    options.profiles = CodeProfiles();
    auto started = sandbox::Sandbox::Start(options);
    const bool boxed =
        started.ok() && (*started)->profile_status("python").ok();
    return boxed ? *std::move(started) : MakeLocalSandbox(CodeProfiles());
  }();
  return *sandbox;
}

std::string Repeated(const std::string& text, int count) {
  std::string made;
  for (int i = 0; i < count; ++i) made += text;
  return made;
}

// One line that says all of it.
std::string Written(const absl::StatusOr<std::shared_ptr<const Plan>>& plan) {
  if (!plan.ok()) return plan.status().ToString();
  const Plan& made = **plan;
  std::string text =
      absl::StrCat(static_cast<int>(made.kind), "|", made.reason, "|",
                   made.entry, "|", made.calls, "|", made.marshalled);
  for (const Expectation& expected : made.expectations) {
    absl::StrAppend(&text, "|", expected.comparison, " ", expected.line, " ",
                    EncodeValue(expected.operands));
  }
  return text;
}

const std::vector<std::string>& Texts() {
  static const auto* texts = new std::vector<std::string>{
      "assert f(1) == 2\nassert f([1, 2]) == {3}\n",
      "assert abs(f(1) - 0.5) < 1e-6",
      "def check(candidate):\n  assert candidate(3) is None\n",
      "import math\nassert math.isclose(f(2), 1.5, rel_tol=1e-3)",
      "x = f(1)\nassert x == 1",
      "assert f(1) ==",
      "",
      std::string("assert f(1) == 2\0", 17),
      "assert f('\xff\xfe') == 1",
      "# -*- coding: latin-1 -*-\nassert f('\xe9') == 1",
      "assert f(10 ** 10 ** 10) == 1",
      "assert f([0] * 10 ** 9) == 1",
      "assert f(" + Repeated("(", 5000) + ") == 1",
      "assert f(" + Repeated("-", 20000) + "1) == 1",
      "assert f(" + Repeated("[", 90) + Repeated("]", 90) + ") == 1",
      Repeated("assert f(1) == 1\n", 12000),
      "assert f('" + Repeated("a", 2 << 20) + "') == 1",
      "raise SystemExit",
      "import os\nos._exit(1)",
      "assert f(1) == 2  # again, after all of that",
  };
  return *texts;
}

TEST(Planner, OneThatStaysSaysWhatOneOfItsOwnSays) {
  const std::atomic<bool> cancelled(false);
  CodeWorld stayed("");
  CodeWorld own("");
  Sessions sessions;
  Runner staying(&stayed, &TheSandbox().lane(0), &cancelled, &sessions);
  Runner alone(&own, &TheSandbox().lane(0), &cancelled);
  for (const std::string& text : Texts()) {
    for (const char* entry : {"", "f", "candidate"}) {
      EXPECT_EQ(Written(PlanOf(&staying, text, entry)),
                Written(PlanOf(&alone, text, entry)))
          << text.substr(0, 80) << " of " << entry;
    }
  }
}

TEST(Planner, StaysForManyTexts) {
  const std::atomic<bool> cancelled(false);
  CodeWorld world("");
  Runner runner(&world, &TheSandbox().lane(0), &cancelled);
  PlanSession session(&runner, absl::Minutes(2));
  ASSERT_TRUE(session.ok());
  for (const std::string& text : Texts()) {
    EXPECT_NE(session.Ask(text, "f", cancelled), "") << text.substr(0, 80);
  }
  for (int i = 0; !session.spent(); ++i) {
    const std::string text = absl::StrCat("assert f(", i, ") == 1");
    ASSERT_NE(session.Ask(text, "f", cancelled), "") << i;
  }
}

// A lane whose sessions say `words` and nothing more.
class MutteringLane : public FakeLane {
 public:
  explicit MutteringLane(std::string words) : words_(std::move(words)) {}
  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const sandbox::Command& command) override {
    if (!command.channels.empty()) {
      ends_.emplace_back(dup(command.channels[0].fd));
      EXPECT_TRUE(sandbox::WriteWhole(ends_.back().get(), words_));
      if (words_.empty()) ends_.pop_back();
    }
    return FakeLane::Start(command);
  }

 private:
  std::string words_;
  std::vector<sandbox::UniqueFd> ends_;
};

TEST(Planner, WhereTheOneThatStaysSaysNothingItsTwinDecides) {
  const std::atomic<bool> cancelled(false);
  sandbox::RunResult plan;
  plan.outcome = sandbox::Outcome::kExited;
  const std::string frame = EncodeValue(
      Value::Tuple({Value::String("invalid"), Value::String("the twin's")}));
  const auto size = static_cast<uint32_t>(frame.size());
  plan.reply.assign(reinterpret_cast<const char*>(&size), sizeof(size));
  plan.reply += frame;
  const std::string endless("\xff\xff\xff\x7f and so on", 14);
  // It ends at once, it is silent in the middle of a word, in the middle of
  // a frame, and it promises more than may come.
  for (const std::string& words :
       {std::string(), std::string("\1"), plan.reply.substr(0, 9), endless}) {
    CodeWorld world("");
    Sessions sessions;
    MutteringLane lane(words);
    Runner runner(&world, &lane, &cancelled, &sessions);
    lane.results = {sandbox::RunResult(), plan};
    const auto made = PlanOf(&runner, "assert f(1) == 1", "");
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ((*made)->kind, Plan::Kind::kInvalid);
    EXPECT_EQ((*made)->reason, "the twin's");
    EXPECT_EQ(lane.commands.size(), 2u);
  }
}

TEST(Planner, ACancelledCallHasNoPlan) {
  const std::atomic<bool> cancelled(true);
  CodeWorld world("");
  Sessions sessions;
  FakeLane lane;
  sandbox::RunResult ended;
  ended.outcome = sandbox::Outcome::kCancelled;
  lane.results = {sandbox::RunResult(), ended};
  Runner runner(&world, &lane, &cancelled, &sessions);
  EXPECT_TRUE(
      absl::IsCancelled(PlanOf(&runner, "assert f(1) == 1", "").status()));
}

}  // namespace
}  // namespace assay::code
