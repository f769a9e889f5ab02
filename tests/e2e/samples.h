// Samples that the end-to-end tests send.
#ifndef TESTS_E2E_SAMPLES_H_
#define TESTS_E2E_SAMPLES_H_

#include <string>

#include "proto/assay/v1/sample.pb.h"

namespace assay {

inline v1::Sample Math(const std::string& id, const std::string& answer,
                       const std::string& gold) {
  v1::Sample sample;
  sample.set_id(id);
  sample.mutable_math()->set_answer(answer);
  sample.mutable_math()->add_gold(gold);
  return sample;
}

inline v1::Sample Stdio(const std::string& id, const std::string& language,
                        const std::string& solution, const std::string& input,
                        const std::string& expected) {
  v1::Sample sample;
  sample.set_id(id);
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language(language);
  code.set_solution(solution);
  v1::StdioTest& test = *code.mutable_stdio()->add_tests();
  test.set_input(input);
  test.set_expected_output(expected);
  return sample;
}

inline v1::Sample Call(const std::string& id, const std::string& solution,
                       const std::string& arguments,
                       const std::string& expected) {
  v1::Sample sample;
  sample.set_id(id);
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language("python");
  code.set_solution(solution);
  code.mutable_call()->set_entry_point("f");
  v1::CallTest& test = *code.mutable_call()->add_tests();
  test.set_arguments_json(arguments);
  test.set_expected_json(expected);
  return sample;
}

inline v1::Sample Asserts(const std::string& id, const std::string& solution,
                          const std::string& tests) {
  v1::Sample sample;
  sample.set_id(id);
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language("python");
  code.set_solution(solution);
  code.mutable_asserts()->set_code(tests);
  return sample;
}

}  // namespace assay

#endif  // TESTS_E2E_SAMPLES_H_
