# How the project is compiled.

option(ASSAY_SERVICE "Build the service and the clients (gRPC)" ON)
option(ASSAY_TESTS "Build the tests" ON)
option(ASSAY_BENCH "Build the benchmarks" ON)
option(ASSAY_KERNELS_ONLY "Build the evaluators and their bench alone" OFF)
set(ASSAY_SANITIZE "" CACHE STRING "Sanitizers: address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Every room's own targets link this; generated code does not.
add_library(assay_flags INTERFACE)
# -Wno-restrict: gcc 12 sees overlap in std::string where there is none (its
# bug 105329). -Wno-missing-field-initializers: designated initializers leave
# defaults out on purpose. -Wno-bitwise-...: balls join truths by & and | on
# purpose, without branches.
target_compile_options(assay_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-bitwise-instead-of-logical>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-bitwise-conditional-parentheses>
  -Wno-missing-field-initializers)
target_include_directories(assay_flags INTERFACE ${PROJECT_SOURCE_DIR})

if(ASSAY_SANITIZE)
  # GCC's manual: sanitizers raise false -Wmaybe-uninitialized.
  add_compile_options(-fsanitize=${ASSAY_SANITIZE} -fno-omit-frame-pointer -g
    -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${ASSAY_SANITIZE})
endif()
