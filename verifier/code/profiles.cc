#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_python_alibi.h"
#include "embedded/code_python_arrays.h"
#include "embedded/code_python_candidate.h"
#include "embedded/code_python_errors.h"
#include "embedded/code_python_examiner.h"
#include "embedded/code_python_exercise.h"
#include "embedded/code_python_main.h"
#include "embedded/code_python_peer.h"
#include "embedded/code_python_planner.h"
#include "embedded/code_python_pytest_module.h"
#include "embedded/code_python_twins.h"
#include "embedded/code_python_units.h"
#include "embedded/code_python_values.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/languages.h"

namespace assay::code {
namespace {

// Ordinary work with numpy.
constexpr char kNumpyExercise[] = R"(
import numpy as np
a = np.arange(12, dtype=float).reshape(3, 4)
assert (a @ a.T).shape == (3, 3) and a.mean(axis=0).tolist()[0] == 4.0
assert np.allclose(np.linalg.inv(np.eye(3) * 2), np.eye(3) / 2)
assert np.array([[3, 1], [2, 4]])[:, 0].max() == 3
assert np.unique([3, 1, 3]).tolist() == [1, 3] and np.dot([1, 2], [3, 4]) == 11
assert np.random.default_rng(1).integers(0, 9, 5).shape == (5,)
assert repr(np.where(a > 5, a, 0)).startswith('array')
assert np.sort(np.concatenate([a[0], a[1]]))[::-1][0] == 7
)";
constexpr size_t kMaxNameBytes = 64;

constexpr char kExerciseEnd[] = "\n# ---\n";

// The programs of exercise.py, between lines of `# ---`.
std::vector<std::string> Exercises() {
  std::vector<std::string> programs;
  std::string rest(embedded::code_python_exercise);
  while (!rest.empty()) {
    const size_t end = rest.find(kExerciseEnd);
    programs.push_back(rest.substr(0, end));
    rest = end == std::string::npos
               ? ""
               : rest.substr(end + sizeof(kExerciseEnd) - 1);
  }
  return programs;
}

sandbox::Profile Python(const std::string& name,
                        const std::string& interpreter) {
  sandbox::Profile python;
  python.name = name;
  python.interpreter = interpreter;
  // What the runtime needs, and what programs of models import most.
  python.preload = {
      "ast",        "atexit",      "bisect",    "builtins",
      "cmath",      "collections", "copy",      "dataclasses",
      "datetime",   "decimal",     "enum",      "fractions",
      "functools",  "gc",          "heapq",     "importlib",
      "io",         "itertools",   "json",      "math",
      "operator",   "os",          "random",    "re",
      "string",     "struct",      "sys",       "textwrap",
      "threading",  "time",        "traceback", "types",
      "typing",     "abc",         "array",     "hashlib",
      "statistics", "numbers",     "queue",     "collections.abc"};
  for (const std::string_view part :
       {embedded::code_python_values, embedded::code_python_arrays,
        embedded::code_python_twins, embedded::code_python_peer,
        embedded::code_python_candidate, embedded::code_python_errors,
        embedded::code_python_examiner, embedded::code_python_alibi,
        embedded::code_python_pytest_module, embedded::code_python_units,
        embedded::code_python_planner, embedded::code_python_main}) {
    python.runtime_source.append(part);
    python.runtime_source.push_back('\n');
  }
  python.exercise = Exercises();
  return python;
}

}  // namespace

std::vector<sandbox::Profile> CodeProfiles(
    const std::vector<PythonProfile>& more) {
  std::vector<sandbox::Profile> profiles = {
      Python(kPythonProfile, kPythonInterpreter),
      Python(kNumpyProfile, kPythonInterpreter)};
  profiles[1].required = {"numpy"};
  profiles[1].exercise.push_back(kNumpyExercise);
  for (const PythonProfile& profile : more) {
    profiles.push_back(Python(profile.name, profile.interpreter));
    for (const char* module : {"numpy", "pandas", "sympy", "torch"}) {
      profiles.back().preload.push_back(module);
    }
  }
  return profiles;
}

absl::StatusOr<std::vector<std::string>> FoldersOf(
    const PythonProfile& profile) {
  const std::string& name = profile.name;
  const bool is_name =
      !name.empty() && name.size() <= kMaxNameBytes && name != kPythonProfile &&
      name != kNumpyProfile &&
      std::all_of(name.begin(), name.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
               c == '_';
      });
  if (!is_name) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", name, "' cannot name a profile"));
  }
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path given(profile.interpreter);
  const fs::path behind = fs::canonical(given, error);
  if (error || !given.is_absolute() || !fs::is_regular_file(behind, error)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "profile ", name, ": no interpreter at '", profile.interpreter, "'"));
  }
  std::vector<std::string> folders;
  for (const fs::path& place : {given, behind}) {
    const fs::path prefix = place.parent_path().parent_path();
    if (prefix == prefix.root_path()) {
      return absl::InvalidArgumentError(
          absl::StrCat("profile ", name, ": boxes cannot be shown all of ",
                       prefix.string()));
    }
    const std::string top = std::next(prefix.begin())->string();
    if (top == "usr") continue;
    for (const char* covered : {"tmp", "box", "dev", "proc", "assay"}) {
      if (top != covered) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "profile ", name, ": a box has a /", top, " of its own"));
    }
    if (fs::is_symlink(prefix)) {
      return absl::InvalidArgumentError(
          absl::StrCat("profile ", name, ": ", prefix.string(), " is a link"));
    }
    folders.push_back(prefix.string());
  }
  if (folders.size() == 2 && folders[0] == folders[1]) folders.pop_back();
  return folders;
}

}  // namespace assay::code
