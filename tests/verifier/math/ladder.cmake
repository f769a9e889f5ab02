# From trees to verdicts.
add_library(math_case_rows STATIC case_rows.cc)
target_compile_definitions(math_case_rows PRIVATE
  ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(math_case_rows PUBLIC assay::math
  nlohmann_json::nlohmann_json PRIVATE assay_flags)

# Prints every row that disagrees, with the reason.
add_executable(judge_math_cases judge_math_cases.cc)
target_link_libraries(judge_math_cases PRIVATE math_case_rows assay_flags)
set_target_properties(judge_math_cases PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)

assay_test(math_policy_test SOURCES policy_test.cc DEPS assay::math
  LABELS unit)

add_executable(judge_pairs judge_pairs.cc)
target_link_libraries(judge_pairs PRIVATE assay::math assay_flags)
set_target_properties(judge_pairs PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
assay_test(math_exact_test SOURCES exact_test.cc DEPS assay::math LABELS unit)
assay_test(math_metamorphic_test SOURCES metamorphic_test.cc DEPS assay::math
  LABELS unit)
assay_test(math_hostile_test SOURCES hostile_test.cc DEPS assay::math
  LABELS unit)
assay_test(math_cases_test SOURCES cases_test.cc DEPS math_case_rows
  LABELS cases)
assay_test(math_judge_test SOURCES judge_test.cc DEPS assay::math LABELS unit)
assay_test(math_pairs_test SOURCES pairs_test.cc DEPS assay::math LABELS unit)

# Equal pairs are never proved different, perturbed ones never accepted; the
# same program with a larger count is the long run.
add_library(math_generated STATIC formula.cc formula_rewrite.cc
  formula_value.cc formula_write.cc generated_pairs.cc)
target_link_libraries(math_generated PUBLIC assay::math PRIVATE assay_flags)
add_executable(judge_generated judge_generated.cc)
target_link_libraries(judge_generated PRIVATE math_generated assay_flags)
set_target_properties(judge_generated PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
add_test(NAME math_generated_test COMMAND judge_generated 20000 1 2)
set_tests_properties(math_generated_test PROPERTIES LABELS unit TIMEOUT 600)
# Broken pairs too: none may crash, hang or be unequal to itself.
add_executable(judge_fuzzed judge_fuzzed.cc)
target_link_libraries(judge_fuzzed PRIVATE assay::math assay_flags)
set_target_properties(judge_fuzzed PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
add_test(NAME math_fuzzed_test COMMAND judge_fuzzed 20000 1)
set_tests_properties(math_fuzzed_test PROPERTIES LABELS unit TIMEOUT 600)
# What device batches are made of, with the host as the device.
assay_test(math_batched_test SOURCES batched_test.cc evaluation_queue_test.cc
  fibers_test.cc DEPS math_generated LABELS unit)
target_compile_definitions(math_batched_test PRIVATE
  ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
assay_test(math_quick_test SOURCES quick_test.cc DEPS math_case_rows
  math_generated LABELS unit)
