# Text to tree: extraction and grammar.
assay_test(math_grammar_test SOURCES parse_test.cc parse_error_test.cc
  round_trip_test.cc extract_test.cc fold_test.cc grammar_fuzz_test.cc
  DEPS assay::math_grammar LABELS unit)
