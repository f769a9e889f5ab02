// What one run costs: CPU milliseconds and page faults of the launcher, its
// fork server and the boxes, over many runs.
//
//   measure_runs [count] [in flight] [warm|PROFILE|native|cold]
//
// Beside each warm profile: the same program in a plain fork of the same
// interpreter, in the same run. ASSAY_WITHOUT=cgroup leaves a wall out;
// ASSAY_BESIDE=PATH has another launcher, of the same messages, take turns.

#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/clock.h"
#include "tests/sandbox/boxes.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/runner.h"
#include "verifier/code/values.h"

namespace assay::sandbox {
namespace {

constexpr int kChunks = 14;

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

// What one run cost in each chunk of runs. The least is what a quiet machine
// would show; the median says how far from quiet it was.
struct Series {
  std::vector<Cost> chunks;
  std::vector<double> wall_ms;
  int bad = 0;

  void Print(const std::string& name, double baseline_ms) {
    std::sort(chunks.begin(), chunks.end(), [](const Cost& a, const Cost& b) {
      return a.cpu_ms() < b.cpu_ms();
    });
    std::sort(wall_ms.begin(), wall_ms.end());
    const Cost& least = chunks.front();
    const Cost& median = chunks[chunks.size() / 2];
    std::printf(
        "%-22s %6.3f ms CPU (service %.3f, launcher %.3f, boxes %.3f; median "
        "%.3f) %4.0f /s/core  %6.3f ms wall  %4.0f faults",
        name.c_str(), least.cpu_ms(), least.service_ms, least.launcher_ms,
        least.boxes_ms, median.cpu_ms(), 1000 / least.cpu_ms(), wall_ms.front(),
        least.faults);
    if (baseline_ms > 0) {
      std::printf("  %.2fx the fork", median.cpu_ms() / baseline_ms);
    }
    std::printf("  %d bad\n", bad);
  }
};

void Measure(Lane* lane, const Command& command, int count, size_t in_flight,
             Series* series) {
  std::deque<std::unique_ptr<Run>> runs;
  auto finish = [&] {
    absl::StatusOr<RunResult> result = runs.front()->Wait();
    if (!result.ok() || result->outcome != Outcome::kExited ||
        result->exit_code != 0) {
      ++series->bad;
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
  series->wall_ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - start) /
                            count);
  Cost after = TotalCost();
  Cost cost;
  cost.service_ms = (after.service_ms - before.service_ms) / count;
  cost.launcher_ms = (after.launcher_ms - before.launcher_ms) / count;
  cost.boxes_ms = (after.boxes_ms - before.boxes_ms) / count;
  cost.faults = (after.faults - before.faults) / count;
  series->chunks.push_back(cost);
}

// A warm interpreter that forks, runs the program in the child, and waits:
// the same work without any wall. Tells its CPU milliseconds and faults.
constexpr char kForkLoop[] = R"(
import gc, os, resource, sys
count, program, *names = int(sys.argv[1]), *sys.argv[2:]
for name in names:
    try: __import__(name)
    except ImportError: pass
sys.stdout = open(os.devnull, 'w')
for _ in range(3): exec(compile(program, '<candidate>', 'exec'), {})
gc.collect(); gc.freeze()
def used():
    both = [resource.getrusage(who) for who in
            (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return (sum(u.ru_utime + u.ru_stime for u in both) * 1e3,
            sum(u.ru_minflt for u in both))
cpu, faults = used()
for _ in range(count):
    pid = os.fork()
    if pid == 0:
        exec(compile(program, '<candidate>', 'exec'), {})
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(pid, 0)
print((used()[0] - cpu) / count, (used()[1] - faults) / count, file=sys.stderr)
)";

constexpr char kSmallProgram[] =
    "def add(a, b):\n    return a + b\n"
    "class Box:\n    def __init__(self, v):\n        self.v = v\n"
    "print(sorted([add(i, 1) for i in range(10)]), Box(3).v)\n";

constexpr char kNumpyProgram[] =
    "import numpy as np\n"
    "def mean(a):\n    return float(np.array(a).mean())\n"
    "print(mean([1, 2, 3]), (np.eye(3) @ np.arange(3.0)).sum())\n";

// A function and twenty asserts, as one joined program.
std::string TwentyAsserts() {
  std::string text =
      "def has_close_elements(numbers, threshold):\n"
      "    ordered = sorted(numbers)\n"
      "    return any(b - a < threshold\n"
      "               for a, b in zip(ordered, ordered[1:]))\n";
  for (int i = 0; i < 20; ++i) {
    text += "assert has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, " +
            std::to_string(7 + i) + ".0], 0.3) == True\n";
  }
  return text;
}

void MeasureForkLoop(const Profile& profile, const std::string& program,
                     int count, Series* series) {
  std::string command = profile.interpreter + " -s -B -c \"$LOOP\" " +
                        std::to_string(count) + " \"$PROGRAM\"";
  for (const std::string& module : profile.preload) command += " " + module;
  setenv("LOOP", kForkLoop, 1);
  setenv("PROGRAM", program.c_str(), 1);
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  Cost cost;
  if (pipe != nullptr &&
      std::fscanf(pipe, "%lf %lf", &cost.boxes_ms, &cost.faults) == 2) {
    series->chunks.push_back(cost);
    series->wall_ms.push_back(0);
  }
  if (pipe != nullptr) pclose(pipe);
}

Command Program(const Profile& profile, const std::string& text) {
  Command command = code::PythonCommand(
      {code::Value::String("program"), code::Value::Bytes(text)});
  command.profile = profile.name;
  return command;
}

// The lane to be measured, and perhaps that of another launcher.
struct Lanes {
  Lane* own = nullptr;
  Lane* beside = nullptr;
};

// In turns; `fork` may be empty.
void MeasureInTurns(const std::string& name, const Lanes& lanes,
                    const Command& command, int count, size_t in_flight,
                    const std::function<void(int, Series*)>& fork) {
  Series forked;
  Series own;
  Series beside;
  const int chunk = std::max(count / kChunks, 1);
  for (int i = 0; i < kChunks; ++i) {
    if (fork) fork(chunk, &forked);
    Measure(lanes.own, command, chunk, in_flight, &own);
    if (lanes.beside == nullptr) continue;
    Measure(lanes.beside, command, chunk, in_flight, &beside);
  }
  double baseline_ms = 0;
  if (!forked.chunks.empty()) {
    forked.Print(name + ", fork", 0);
    baseline_ms = forked.chunks[forked.chunks.size() / 2].cpu_ms();
  }
  own.Print(name, baseline_ms);
  if (lanes.beside != nullptr) beside.Print(name + ", beside", baseline_ms);
}

// One warm program, in turns with the same in a plain fork.
void CompareWarm(const std::string& name, const Lanes& lanes,
                 const Profile& profile, const std::string& program, int count,
                 size_t in_flight) {
  MeasureInTurns(name, lanes, Program(profile, program), count, in_flight,
                 [&](int chunk, Series* fork) {
                   MeasureForkLoop(profile, program, chunk, fork);
                 });
}

int Main(int count, size_t in_flight, const std::string& only) {
  SandboxOptions options = TestOptions();
  options.profiles = code::CodeProfiles();
  const char* without = std::getenv("ASSAY_WITHOUT");
  if (without != nullptr) options.without_for_test = {without};
  absl::StatusOr<std::unique_ptr<Sandbox>> sandbox = Sandbox::Start(options);
  if (!sandbox.ok()) return 1;
  std::printf("%s\n", (*sandbox)->enforcement().ToString().c_str());
  Lanes lanes;
  lanes.own = &(*sandbox)->lane(0);
  absl::StatusOr<std::unique_ptr<Sandbox>> other;
  const char* beside = std::getenv("ASSAY_BESIDE");
  if (beside != nullptr) {
    options.launcher_path = beside;
    other = Sandbox::Start(options);
    if (!other.ok()) return 1;
    lanes.beside = &(*other)->lane(0);
  }
  for (const Profile& profile : options.profiles) {
    if (!only.empty() && only != "warm" && only != profile.name) continue;
    if (!(*sandbox)->profile_status(profile.name).ok()) continue;
    CompareWarm(profile.name + ", one call", lanes, profile,
                profile.name == "numpy" ? kNumpyProgram : kSmallProgram, count,
                in_flight);
    CompareWarm(profile.name + ", 20 asserts", lanes, profile, TwentyAsserts(),
                count, in_flight);
  }
  Command native = Native("int main(void) { return 0; }");
  for (const auto& [name, command, divisor] :
       {std::tuple("native", native, 1),
        std::tuple("cold", Python("pass"), 5)}) {
    if (command.argv.empty() || (!only.empty() && only != name)) continue;
    MeasureInTurns(name, lanes, command, count / divisor, in_flight, nullptr);
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
