// What does Assay know of each language? The one table, languages.json,
// which an operator extends with rows of the same form.
//
//   const Language* cpp = FindLanguage("cpp");  // nullptr: unknown.
//   absl::Status status = ExtendLanguages(text_of_a_file);
//
// A row names an interpreter or a compiler of the host by its absolute path;
// a toolchain that is absent makes its language unavailable, never a sample
// wrong. Every field:
//
//   name          what CodeSample.language says; a row of the same name
//                 replaces the earlier one.
//   fences        words after the opening fence of a code block.
//   source_file   the program's name in the box.
//   compile       the compiler's argv, run in a box of its own; names of
//                 further sources are appended. Empty: none.
//   artifact      the file that it makes, kept and put into the runs' boxes.
//                 Without a compiler, the source itself.
//   prepare       argv that makes, once, what the compile boxes hold beside
//                 the sources, from the parts that the dialect embeds.
//                 Empty: nothing.
//   tools         the names of the files that it makes.
//   headers       argv that precompiles what programs include first
//                 (headers.h), with the flags of `compile`. Empty: nothing.
//   run           argv of a run. Empty: the warm profile runs the source.
//   environment   "NAME=value", beside PATH, LANG, HOME and TMPDIR.
//   policy        the runs' seccomp policy (sandbox/policies).
//   profile       the warm profile; empty: none.
//   dialect       how its assert tests are lifted (verifier/code/lift);
//                 empty: not at all.
//   version       prints a version on its first line.
//   probe         a program that ends with exit code 0, built and run once.
//   memory_floor_bytes, process_floor_count
//                 what the runtime needs by itself; a sample's limit below
//                 it is INVALID_SAMPLE.
//   compile_memory_bytes, compile_processes_count
//                 bounds of the compiler; absent: the table's defaults.
//
// Errors: ExtendLanguages: INVALID_ARGUMENT naming row and field; nothing is
// changed then. Threads: Extend before any other; then constant.
#ifndef VERIFIER_CODE_LANGUAGES_H_
#define VERIFIER_CODE_LANGUAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace assay::code {

inline constexpr int64_t kCompileMemoryBytes = int64_t{2} << 30;
inline constexpr int32_t kCompileProcesses = 64;
inline constexpr char kPythonProfile[] = "python";
inline constexpr char kNumpyProfile[] = "numpy";
inline constexpr char kPythonInterpreter[] = "/usr/bin/python3";
inline constexpr size_t kLanguagesMax = 64;

struct Language {
  std::string name;
  std::vector<std::string> fences;
  std::string source_file;
  std::vector<std::string> compile;
  std::string artifact;
  std::vector<std::string> prepare;
  std::vector<std::string> tools;
  std::vector<std::string> headers;
  std::vector<std::string> run;
  std::vector<std::string> environment;
  std::string policy;
  std::string profile;
  std::string dialect;
  std::vector<std::string> version;
  std::string probe;
  int64_t memory_floor_bytes = 0;
  int32_t process_floor_count = 0;
  int64_t compile_memory_bytes = kCompileMemoryBytes;
  int32_t compile_processes_count = kCompileProcesses;

  bool warm() const { return run.empty(); }
  bool compiled() const { return !compile.empty(); }
};

const std::vector<Language>& AllLanguages();
const Language* FindLanguage(std::string_view name);
absl::Status ExtendLanguages(std::string_view json);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LANGUAGES_H_
