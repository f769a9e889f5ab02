# Text to tree: extraction and grammar.
assay_test(math_grammar_test SOURCES parse_test.cc parse_error_test.cc
  round_trip_test.cc extract_test.cc fold_test.cc grammar_fuzz_test.cc
  DEPS assay::math_grammar LABELS unit)

# Pairs of answers, a table a feature.
assay_test(math_triples_test SOURCES decoration_test.cc
  responses_test.cc triples_test.cc DEPS assay::math
  LABELS unit)
target_compile_definitions(math_triples_test PRIVATE
  ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
