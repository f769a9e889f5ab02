# assay_library(NAME SOURCES ... [DEPS ...])
#   A room's library `assay_NAME` with the house's flags, alias assay::NAME.
# assay_test(NAME SOURCES ... [DEPS ...] [LABELS ...])
#   A GoogleTest program of that name, run by ctest.
# assay_embed(TARGET SYMBOL FILE)
#   Puts the text of FILE into TARGET as `assay::embedded::SYMBOL`
#   (a std::string_view, declared in the generated "embedded/SYMBOL.h").

function(assay_library name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS" ${ARGN})
  add_library(assay_${name} STATIC ${A_SOURCES})
  add_library(assay::${name} ALIAS assay_${name})
  target_link_libraries(assay_${name} PUBLIC ${A_DEPS} PRIVATE assay_flags)
  target_include_directories(assay_${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

function(assay_test name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_link_libraries(${name} PRIVATE ${A_DEPS} assay_flags GTest::gmock
    GTest::gtest_main)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${A_LABELS}" TIMEOUT 600
    SKIP_REGULAR_EXPRESSION "")
endfunction()

function(assay_embed target symbol file)
  set(header ${CMAKE_BINARY_DIR}/generated/embedded/${symbol}.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(path ${file} ABSOLUTE)
  add_custom_command(OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -DFILE=${path} -DSYMBOL=${symbol}
      -DHEADER=${header} -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${path} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
