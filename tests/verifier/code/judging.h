// A judge over a real sandbox where one starts, else over a local lane.
//
//   Judging& judging = Judging::Get();
//   Report r = judging.Asserts("python", solution, tests);
#ifndef TESTS_VERIFIER_CODE_JUDGING_H_
#define TESTS_VERIFIER_CODE_JUDGING_H_

#include <memory>
#include <string>
#include <utility>

#include "sandbox/sandbox.h"
#include "verifier/code/code_judge.h"

namespace assay::code {

class Judging {
 public:
  static Judging& Get();

  Report Verify(const Sample& sample);
  Report Verify(CodeSample code);
  Report VerifyCancelled(const Sample& sample);  // Cancelled from the start.
  Report Asserts(const std::string& language, const std::string& solution,
                 const std::string& tests, const std::string& entry = "");
  Report Calls(const std::string& solution, const std::string& entry,
               std::vector<CallTest> tests);
  Report Stdio(const std::string& language, const std::string& solution,
               std::vector<StdioTest> tests);

  // Whether runs are in real boxes: limits of memory and tricks against the
  // host are tested only there.
  bool boxed() const { return boxed_; }
  const CodeWorld& world() const { return *world_; }

 private:
  Judging();
  bool boxed_ = false;
  std::unique_ptr<sandbox::Sandbox> sandbox_;
  std::shared_ptr<CodeWorld> world_;
  std::unique_ptr<Judge> judge_;
};

// Limits that keep a test short.
RunLimits ShortLimits();

const CodeEvidence& EvidenceOf(const Report& report);

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_JUDGING_H_
