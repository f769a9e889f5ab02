#include "sandbox/launcher/filter.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <sstream>

#include "embedded/policy_common.h"
#include "embedded/policy_compiler.h"
#include "embedded/policy_jit.h"
#include "embedded/policy_native.h"
#include "embedded/policy_python.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// Policies include each other at most this deep.
constexpr int kMaxIncludeDepth = 4;
// A program is a few hundred instructions; the kernel's own bound is 4096.
constexpr size_t kMaxProgramBytes = 4096 * sizeof(sock_filter);

struct Rule {
  uint32_t action = 0;
  int number = 0;
  bool has_condition = false;
  scmp_arg_cmp condition = {};
};

class PolicyReader {
 public:
  PolicyReader(CompiledPolicy* policy, std::string* error)
      : policy_(policy), error_(error) {}

  bool Read(std::string_view name, int depth);
  const std::vector<Rule>& rules() const { return rules_; }

 private:
  bool ReadLine(const std::string& line, int depth);
  bool ReadCondition(std::istringstream* words, Rule* rule);
  bool Fail(const std::string& text) {
    *error_ = text;
    return false;
  }

  std::vector<Rule> rules_;
  CompiledPolicy* policy_;
  std::string* error_;
};

bool PolicyReader::Read(std::string_view name, int depth) {
  std::string_view text = PolicyText(name);
  if (text.empty() || depth > kMaxIncludeDepth) {
    return Fail("no policy " + std::string(name));
  }
  std::istringstream lines{std::string(text)};
  std::string line;
  while (std::getline(lines, line)) {
    size_t comment = line.find('#');
    if (comment != std::string::npos) line.resize(comment);
    if (!ReadLine(line, depth)) return Fail(*error_ + " in: " + line);
  }
  return true;
}

bool PolicyReader::ReadLine(const std::string& line, int depth) {
  static const std::map<std::string, int> kErrors = {
      {"ENOSYS", ENOSYS}, {"EPERM", EPERM}, {"EACCES", EACCES}};
  std::istringstream words(line);
  std::string verb;
  if (!(words >> verb)) return true;
  std::string name;
  Rule rule;
  if (verb == "include") {
    return (words >> name) ? Read(name, depth + 1) : Fail("no name");
  }
  if (verb == "reserves-addresses") {
    policy_->reserves_addresses = true;
    return true;
  }
  if (verb == "allow") {
    rule.action = SCMP_ACT_ALLOW;
  } else if (verb == "kill") {
    rule.action = SCMP_ACT_KILL_PROCESS;
  } else if (verb == "errno") {
    std::string error_name;
    words >> error_name;
    auto found = kErrors.find(error_name);
    if (found == kErrors.end()) return Fail("unknown error");
    rule.action = SCMP_ACT_ERRNO(found->second);
  } else {
    return Fail("unknown verb");
  }
  if (!(words >> name)) return Fail("no system call");
  rule.number = seccomp_syscall_resolve_name(name.c_str());
  if (!ReadCondition(&words, &rule)) return false;
  if (rule.number == __NR_SCMP_ERROR) {
    policy_->unknown.push_back(name);
  } else {
    rules_.push_back(rule);
  }
  return true;
}

// "if arg0 == 1" or "if arg0 & 0x7e020000 == 0".
bool PolicyReader::ReadCondition(std::istringstream* words, Rule* rule) {
  std::string word;
  if (!(*words >> word)) return true;
  std::string argument;
  std::string relation;
  std::string value;
  if (word != "if" || !(*words >> argument >> relation >> value) ||
      argument.size() != 4 || argument.substr(0, 3) != "arg") {
    return Fail("malformed condition");
  }
  auto index = static_cast<unsigned>(argument[3] - '0');
  uint64_t number = std::strtoull(value.c_str(), nullptr, 0);
  rule->has_condition = true;
  if (relation == "==") {
    rule->condition = {index, SCMP_CMP_EQ, number, 0};
    return true;
  }
  std::string equal;
  std::string wanted;
  if (relation != "&" || !(*words >> equal >> wanted) || equal != "==") {
    return Fail("malformed condition");
  }
  rule->condition = {index, SCMP_CMP_MASKED_EQ, number,
                     std::strtoull(wanted.c_str(), nullptr, 0)};
  return true;
}

// libseccomp writes to descriptors alone.
bool Export(scmp_filter_ctx context, FilterProgram* program) {
  UniqueFd file(memfd_create("filter", 0));
  std::string bytes;
  if (!file.valid() || seccomp_export_bpf(context, file.get()) != 0 ||
      !ReadWhole(file.get(), kMaxProgramBytes, &bytes) || bytes.empty()) {
    return false;
  }
  const auto* first = reinterpret_cast<const sock_filter*>(bytes.data());
  program->assign(first, first + bytes.size() / sizeof(sock_filter));
  return true;
}

}  // namespace

std::string_view PolicyText(std::string_view name) {
  if (name == "common") return embedded::policy_common;
  if (name == "native") return embedded::policy_native;
  if (name == "python") return embedded::policy_python;
  if (name == "jit") return embedded::policy_jit;
  if (name == "compiler") return embedded::policy_compiler;
  return "";
}

const std::vector<std::string>& PolicyNames() {
  static const auto* const names =
      new std::vector<std::string>{"native", "python", "jit", "compiler"};
  return *names;
}

bool CompilePolicy(std::string_view name, CompiledPolicy* policy,
                   std::string* error) {
  PolicyReader reader(policy, error);
  if (!reader.Read(name, 0)) return false;
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (context == nullptr) {
    *error = "seccomp_init failed";
    return false;
  }
  int result =
      seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  // A tree of comparisons instead of a list: fewer steps a system call.
  seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  for (const Rule& rule : reader.rules()) {
    if (result != 0) break;
    if (rule.action == SCMP_ACT_ERRNO(EPERM)) continue;  // The default.
    result =
        seccomp_rule_add_array(context, rule.action, rule.number,
                               rule.has_condition ? 1 : 0, &rule.condition);
    if (result == -EEXIST) result = 0;  // Named by an included policy too.
    if (result != 0) {
      *error = "rule for system call " + std::to_string(rule.number) +
               ": error " + std::to_string(-result);
    }
  }
  bool ok = result == 0 && Export(context, &policy->program);
  if (result == 0 && !ok) *error = "seccomp_export_bpf failed";
  seccomp_release(context);
  return ok;
}

bool CompilePolicies(std::vector<NamedFilter>* filters, std::string* error) {
  for (const std::string& name : PolicyNames()) {
    NamedFilter filter;
    filter.name = name;
    if (!CompilePolicy(name, &filter.policy, error)) {
      *error = "policy " + name + ": " + *error;
      return false;
    }
    filters->push_back(std::move(filter));
  }
  return true;
}

}  // namespace assay::sandbox
