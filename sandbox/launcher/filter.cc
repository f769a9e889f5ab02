#include "sandbox/launcher/filter.h"

#include <linux/seccomp.h>
#include <seccomp.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <sstream>

#include "embedded/policy_common.h"
#include "embedded/policy_compiler.h"
#include "embedded/policy_jit.h"
#include "embedded/policy_native.h"
#include "embedded/policy_python.h"

namespace assay::sandbox {
namespace {

// Policies include each other at most this deep.
constexpr int kMaxIncludeDepth = 4;

constexpr uint32_t Errno(int error) {
  return SECCOMP_RET_ERRNO | static_cast<uint32_t>(error);
}

class PolicyReader {
 public:
  PolicyReader(CompiledPolicy* policy, std::string* error)
      : policy_(policy), error_(error) {}

  bool Read(std::string_view name, int depth);

 private:
  bool ReadLine(const std::string& line, int depth);
  bool ReadCondition(std::istringstream* words, FilterRule* rule);
  bool Fail(const std::string& text) {
    *error_ = text;
    return false;
  }

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
  FilterRule rule;
  if (verb == "include") {
    return (words >> name) ? Read(name, depth + 1) : Fail("no name");
  }
  if (verb == "reserves-addresses") {
    policy_->reserves_addresses = true;
    return true;
  }
  if (verb == "allow") {
    rule.action = SECCOMP_RET_ALLOW;
  } else if (verb == "kill") {
    rule.action = SECCOMP_RET_KILL_PROCESS;
  } else if (verb == "errno") {
    std::string error_name;
    words >> error_name;
    auto found = kErrors.find(error_name);
    if (found == kErrors.end()) return Fail("unknown error");
    rule.action = Errno(found->second);
  } else {
    return Fail("unknown verb");
  }
  if (!(words >> name)) return Fail("no system call");
  const int number = seccomp_syscall_resolve_name(name.c_str());
  if (!ReadCondition(&words, &rule)) return false;
  if (number == __NR_SCMP_ERROR) {
    policy_->unknown.push_back(name);
  } else if (number >= 0) {  // Else other architectures have it.
    rule.number = static_cast<uint32_t>(number);
    policy_->rules.push_back(rule);
  }
  return true;
}

// "if arg0 == 1" or "if arg0 & 0x7e020000 == 0".
bool PolicyReader::ReadCondition(std::istringstream* words, FilterRule* rule) {
  std::string word;
  if (!(*words >> word)) return true;
  std::string argument;
  std::string relation;
  std::string value;
  if (word != "if" || !(*words >> argument >> relation >> value) ||
      argument.size() != 4 || argument.substr(0, 3) != "arg") {
    return Fail("malformed condition");
  }
  rule->argument = static_cast<uint32_t>(argument[3] - '0');
  rule->mask = ~uint64_t{0};
  if (relation == "&") {
    rule->mask = std::strtoull(value.c_str(), nullptr, 0);
    if (!(*words >> relation >> value)) return Fail("malformed condition");
  }
  const uint64_t number = std::strtoull(value.c_str(), nullptr, 0);
  if (relation != "==" || rule->argument > 5 || rule->mask == 0 ||
      number > UINT32_MAX) {
    return Fail("malformed condition");
  }
  rule->value = static_cast<uint32_t>(number);
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
  policy->program = WriteFilter(policy->rules, Errno(EPERM));
  if (policy->program.empty()) *error = "more rules than a jump reaches";
  return !policy->program.empty();
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
