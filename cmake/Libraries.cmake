# What comes from outside, all from Debian, and why each was chosen.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
# Abseil: Status, Time, strings and flat maps that gRPC already brings.
find_package(absl REQUIRED)
# FLINT and Arb: the reference for exact rationals and certified balls.
find_library(FLINT_LIBRARY flint REQUIRED)
find_library(ARB_LIBRARY NAMES flint-arb arb REQUIRED)
find_library(GMP_LIBRARY gmp REQUIRED)
# libseccomp: names of system calls on every architecture.
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
# nlohmann-json: the JSON reader that keeps big integers' text at hand.
find_package(nlohmann_json REQUIRED)

if(ASSAY_SERVICE)
  # Protobuf and gRPC: the contract that every pipeline can speak.
  find_package(Protobuf REQUIRED)
  find_package(gRPC CONFIG REQUIRED)
  # OpenSSL: SHA-256, which names test sets and identical samples; gRPC brings
  # it.
  find_package(OpenSSL REQUIRED)
  # CLI11: subcommands, environment and configuration files in one reader.
  find_package(CLI11 REQUIRED)
endif()
if(ASSAY_TESTS)
  # GoogleTest: table and property tests with matchers.
  find_package(GTest REQUIRED)
endif()
