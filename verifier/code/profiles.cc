#include "embedded/code_python_alibi.h"
#include "embedded/code_python_candidate.h"
#include "embedded/code_python_examiner.h"
#include "embedded/code_python_exercise.h"
#include "embedded/code_python_main.h"
#include "embedded/code_python_peer.h"
#include "embedded/code_python_planner.h"
#include "embedded/code_python_pytest_module.h"
#include "embedded/code_python_units.h"
#include "embedded/code_python_values.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/languages.h"

namespace assay::code {
namespace {

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

}  // namespace

std::vector<sandbox::Profile> CodeProfiles() {
  sandbox::Profile python;
  python.name = kPythonProfile;
  python.interpreter = kPythonInterpreter;
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
       {embedded::code_python_values, embedded::code_python_peer,
        embedded::code_python_candidate, embedded::code_python_examiner,
        embedded::code_python_alibi, embedded::code_python_pytest_module,
        embedded::code_python_units, embedded::code_python_planner,
        embedded::code_python_main}) {
    python.runtime_source.append(part);
    python.runtime_source.push_back('\n');
  }
  python.exercise = Exercises();
  return {python};
}

}  // namespace assay::code
