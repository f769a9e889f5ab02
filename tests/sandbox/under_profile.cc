// Runs a program under a container's seccomp profile, as a runtime would.
//
//   under_profile deploy/seccomp.json PROGRAM ARGUMENTS...
//
// Exit status 77 (skipped) where this user may load no filter.
#include <seccomp.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

constexpr int kSkipped = 77;

bool AddRules(scmp_filter_ctx filter, const nlohmann::json& profile) {
  for (const auto& group : profile.at("syscalls")) {
    if (group.at("action") != "SCMP_ACT_ERRNO") return false;
    for (const std::string name : group.at("names")) {
      const int number = seccomp_syscall_resolve_name(name.c_str());
      if (number == __NR_SCMP_ERROR) continue;  // Younger than libseccomp.
      std::vector<scmp_arg_cmp> conditions;
      for (const auto& one : group.value("args", nlohmann::json::array())) {
        if (one.at("op") != "SCMP_CMP_MASKED_EQ") return false;
        conditions.push_back({one.at("index"), SCMP_CMP_MASKED_EQ,
                              one.at("value"), one.at("valueTwo")});
      }
      if (seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(1), number,
                                 static_cast<unsigned>(conditions.size()),
                                 conditions.data()) != 0) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const nlohmann::json profile =
      nlohmann::json::parse(std::ifstream(argv[1]), nullptr, false);
  if (profile.is_discarded() ||
      profile.at("defaultAction") != "SCMP_ACT_ALLOW") {
    std::fprintf(stderr, "%s: not a profile of the expected shape\n", argv[1]);
    return 1;
  }
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr || !AddRules(filter, profile)) return 1;
  // As container runtimes load it: before privileges go.
  seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0);
  if (seccomp_load(filter) != 0) {
    std::fprintf(stderr, "skipped: only root loads it so\n");
    return kSkipped;
  }
  execv(argv[2], argv + 2);
  std::perror(argv[2]);
  return 1;
}
