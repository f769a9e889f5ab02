# Text to tree: extraction and grammar.
assay_test(math_grammar_test SOURCES parse_test.cc parse_error_test.cc
  round_trip_test.cc extract_test.cc fold_test.cc grammar_fuzz_test.cc
  DEPS assay::math_grammar LABELS unit)

# Pairs of answers, a table a feature.
assay_test(math_triples_test SOURCES conclusions_test.cc decoration_test.cc
  responses_test.cc triples_test.cc DEPS assay::math
  LABELS unit)
target_compile_definitions(math_triples_test PRIVATE
  ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

# libFuzzer's entry points, where the compiler is clang: `ninja math_fuzzers`,
# then e.g. `tests/bin/fuzz_math_pairs -max_len=4096 -max_total_time=600`. The
# sources are compiled again, so that coverage guides it.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  set(fuzzed "")
  foreach(library math_grammar math)
    get_target_property(sources assay_${library} SOURCES)
    foreach(source ${sources})
      cmake_path(ABSOLUTE_PATH source
        BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/verifier/math)
      list(APPEND fuzzed ${source})
    endforeach()
  endforeach()
  add_library(math_fuzzed STATIC EXCLUDE_FROM_ALL ${fuzzed})
  target_compile_features(math_fuzzed PUBLIC cxx_std_20)
  target_compile_options(math_fuzzed PUBLIC -g -O1 -ffp-contract=off
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  target_link_options(math_fuzzed PUBLIC -fsanitize=address,undefined)
  target_include_directories(math_fuzzed PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(math_fuzzed PUBLIC assay::core assay::kernels
    absl::inlined_vector absl::statusor absl::strings
    ${ARB_LIBRARY} ${FLINT_LIBRARY} ${GMP_LIBRARY})
  add_custom_target(math_fuzzers)
  foreach(part extract grammar pairs)
    add_executable(fuzz_math_${part} EXCLUDE_FROM_ALL fuzz_${part}.cc)
    target_link_libraries(fuzz_math_${part} PRIVATE math_fuzzed)
    target_link_options(fuzz_math_${part} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_math_${part} PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
    add_dependencies(math_fuzzers fuzz_math_${part})
  endforeach()
endif()
