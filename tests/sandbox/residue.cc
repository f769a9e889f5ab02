#include "tests/sandbox/residue.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <system_error>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

namespace fs = std::filesystem;

// Names that programs leave on purpose begin so.
constexpr char kMark[] = "assay_left";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

size_t CountLines(const std::string& text) {
  size_t count = 0;
  for (char c : text) count += c == '\n';
  return count;
}

// Processes in the slots of a control group, or in the group itself.
std::string MembersOf(const fs::path& group) {
  std::string members = ReadFile(group / "cgroup.procs");
  std::error_code error;
  for (const auto& slot : fs::directory_iterator(group, error)) {
    if (!slot.is_directory(error)) continue;
    members += ReadFile(slot.path() / "cgroup.procs");
  }
  return members;
}

// What a process has open. Control groups' slots are opened as they are
// needed; of them only the members count.
std::string Descriptors(const std::string& proc) {
  std::map<std::string, int> kinds;
  std::string members;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(proc + "/fd", error)) {
    if (fs::exists(entry.path() / "cgroup.procs", error)) {
      members += MembersOf(entry.path());
      continue;
    }
    const std::string target = fs::read_symlink(entry.path(), error).string();
    if (target.find("/lane") != std::string::npos) continue;  // Of a slot.
    ++kinds[target.substr(0, target.find(":["))];
  }
  std::string text;
  for (const auto& [kind, count] : kinds) {
    text += " " + kind + "*" + std::to_string(count);
  }
  return text + " members:" + members;
}

std::string OnTheHost() {
  std::string text;
  std::error_code error;
  for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue"}) {
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name.rfind(kMark, 0) == 0) text += "left " + name + "\n";
    }
  }
  return text;
}

std::string InAFreshBox() {
  Command command = Shell(
      "ls -A /box /tmp /dev; set -- /proc/[0-9]*; echo $#; hostname;"
      "wc -l < /proc/self/mountinfo; cat /proc/sysvipc/*; tr -s ' ' < "
      "/proc/keys | cut -d' ' -f 8,9;"
      "cut -d' ' -f 2-6 /proc/net/unix; cat /proc/locks; ls /proc/self/fd; "
      "umask; ulimit -a;"
      "cat /proc/self/oom_score_adj; id; echo $$ $PPID; ps > /tmp/ps "
      "2>/dev/null; wc -l < /tmp/ps");
  RunResult result = RunOrDie(command);
  return std::string(Name(result.outcome)) + "\n" + result.stdout_text;
}

}  // namespace

std::string Residue() {
  // First, so that what a run needs once is there.
  std::string text = InAFreshBox() + OnTheHost();
  for (const auto& [pid, name] : Descendants()) {
    const std::string proc = "/proc/" + std::to_string(pid);
    text += name + Descriptors(proc) + " mounts*" +
            std::to_string(CountLines(ReadFile(proc + "/mountinfo"))) + "\n";
  }
  return text;
}

}  // namespace assay::sandbox
