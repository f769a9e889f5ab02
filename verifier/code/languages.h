// What does Assay know of each language? The one place to add one.
//
//   const Language* cpp = FindLanguage("cpp");  // nullptr: unknown.
//
// Threads: constant tables.
#ifndef VERIFIER_CODE_LANGUAGES_H_
#define VERIFIER_CODE_LANGUAGES_H_

#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

struct Language {
  std::string name;
  // Words after the opening fence of a code block, in lower case.
  std::vector<std::string> fences;
  std::string source_file;  // In the box.
  // The compiler and its arguments; the binary is `a.out`. Empty: none.
  std::vector<std::string> compile;
  // The warm profile that runs it; empty: the binary itself runs.
  std::string profile;
  std::string policy;  // Of its runs.
  // Prints a version on its first line.
  std::vector<std::string> version;
};

const std::vector<Language>& AllLanguages();
const Language* FindLanguage(std::string_view name);

inline constexpr char kBinary[] = "a.out";
inline constexpr char kPythonProfile[] = "python";
inline constexpr char kPythonInterpreter[] = "/usr/bin/python3";

}  // namespace assay::code

#endif  // VERIFIER_CODE_LANGUAGES_H_
