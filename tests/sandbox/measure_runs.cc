// What one run costs: CPU milliseconds and page faults of the launcher, its
// fork server and the boxes, over many runs.
//
//   measure_runs [count] [in flight] [warm|native|cold]

#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/time/clock.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

struct Cost {
  double service_ms = 0;   // This process.
  double launcher_ms = 0;  // Launchers and fork servers that live.
  double boxes_ms = 0;     // What they have reaped.
  double faults = 0;

  double cpu_ms() const { return service_ms + launcher_ms + boxes_ms; }
};

// Ours and that of our live descendants, with what they have reaped.
Cost TotalCost() {
  constexpr double kTickMs = 10;
  Cost cost;
  auto add = [&cost](int pid, double* own) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream words(line.substr(line.rfind(')') + 1));
    std::string word;
    long long fields[20] = {};
    for (int i = 0; words >> word && i < 20; ++i) {
      fields[i] = std::atoll(word.c_str());
    }
    cost.faults += static_cast<double>(fields[7] + fields[8]);
    *own += static_cast<double>(fields[11] + fields[12]) * kTickMs;
    cost.boxes_ms += static_cast<double>(fields[13] + fields[14]) * kTickMs;
  };
  add(getpid(), &cost.service_ms);
  for (const auto& [pid, name] : Descendants()) add(pid, &cost.launcher_ms);
  return cost;
}

void Measure(const char* name, Lane* lane, const Command& command, int count,
             size_t in_flight) {
  std::deque<std::unique_ptr<Run>> runs;
  int bad = 0;
  auto finish = [&] {
    absl::StatusOr<RunResult> result = runs.front()->Wait();
    if (!result.ok() || result->outcome != Outcome::kExited ||
        result->exit_code != 0) {
      ++bad;
    }
    runs.pop_front();
  };
  Cost before = TotalCost();
  absl::Time start = absl::Now();
  for (int i = 0; i < count; ++i) {
    absl::StatusOr<std::unique_ptr<Run>> run = lane->Start(command);
    if (run.ok()) runs.push_back(*std::move(run));
    if (runs.size() >= in_flight) finish();
  }
  while (!runs.empty()) finish();
  double wall = absl::ToDoubleMilliseconds(absl::Now() - start);
  Cost after = TotalCost();
  const double cpu = (after.cpu_ms() - before.cpu_ms()) / count;
  std::printf(
      "%-24s %6.3f ms CPU (service %.3f, launcher %.3f, boxes %.3f) "
      "%5.0f /s/core  %6.3f ms wall  %5.0f faults  %d bad\n",
      name, cpu, (after.service_ms - before.service_ms) / count,
      (after.launcher_ms - before.launcher_ms) / count,
      (after.boxes_ms - before.boxes_ms) / count, 1000 / cpu, wall / count,
      (after.faults - before.faults) / count, bad);
}

int Main(int count, size_t in_flight, const std::string& only) {
  SandboxOptions options = TestOptions();
  Profile profile;
  profile.name = "python";
  profile.interpreter = "/usr/bin/python3";
  for (const char* module :
       {"math", "json", "re", "collections", "itertools", "functools", "heapq",
        "bisect", "random", "string", "datetime", "decimal", "fractions",
        "typing", "copy", "operator", "statistics"}) {
    profile.preload.push_back(module);
  }
  profile.runtime_source =
      "def main(request, reply_fd):\n"
      "    exec(compile(request, '<candidate>', 'exec'), {})\n"
      "    return 0\n";
  std::string program =
      "def add(a, b):\n    return a + b\n"
      "class Box:\n    def __init__(self, v):\n        self.v = v\n"
      "print(sorted([add(i, 1) for i in range(10)]), Box(3).v)\n";
  profile.exercise = {program, "import json\nprint(json.dumps({'a': [1]}))\n"};
  options.profiles.push_back(profile);
  absl::StatusOr<std::unique_ptr<Sandbox>> sandbox = Sandbox::Start(options);
  if (!sandbox.ok()) return 1;
  std::printf("%s\n", (*sandbox)->enforcement().ToString().c_str());
  for (const std::string& line : (*sandbox)->enforcement().missing) {
    std::printf("missing: %s\n", line.c_str());
  }
  Lane* lane = &(*sandbox)->lane(0);
  Command warm;
  warm.profile = "python";
  warm.policy = "python";
  warm.request = MakeBlob(program);
  warm.wants_reply = true;
  if (only.empty() || only == "warm") {
    Measure("python, warm", lane, warm, count, in_flight);
  }
  Command native = Native("int main(void) { return 0; }");
  if (!native.argv.empty() && (only.empty() || only == "native")) {
    Measure("native, static", lane, native, count, in_flight);
  }
  Command cold = Python("pass");
  if (only.empty() || only == "cold") {
    Measure("python, cold", lane, cold, count / 10, in_flight);
  }
  return 0;
}

}  // namespace
}  // namespace assay::sandbox

int main(int argc, char** argv) {
  int count = argc > 1 ? std::atoi(argv[1]) : 2000;
  int in_flight = argc > 2 ? std::atoi(argv[2]) : 1;
  return assay::sandbox::Main(count, static_cast<size_t>(in_flight),
                              argc > 3 ? argv[3] : "");
}
