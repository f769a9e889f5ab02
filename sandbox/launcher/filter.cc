#include "sandbox/launcher/filter.h"

#include <linux/seccomp.h>
#include <seccomp.h>

#include <cerrno>
#include <charconv>
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

// The whole of a word: decimal, or hexadecimal behind 0x.
bool ReadNumber(std::string_view word, uint64_t* number) {
  int base = 10;
  if (word.substr(0, 2) == "0x") {
    base = 16;
    word.remove_prefix(2);
  }
  const char* end = word.data() + word.size();
  auto [rest, error] = std::from_chars(word.data(), end, *number, base);
  return error == std::errc() && rest == end;
}

class PolicyReader {
 public:
  PolicyReader(CompiledPolicy* policy, std::string* error)
      : policy_(policy), error_(error) {}

  bool Include(const std::string& name, int depth);
  bool ReadText(std::string_view text, int depth);

 private:
  bool ReadLine(const std::string& line, int depth);
  bool ReadRule(const std::string& verb, std::istringstream* words);
  bool ReadAction(const std::string& verb, std::istringstream* words,
                  uint32_t* action);
  bool ReadCondition(std::istringstream* words, FilterRule* rule);
  bool Fail(const std::string& text) {
    *error_ = text;
    return false;
  }

  CompiledPolicy* policy_;
  std::string* error_;
};

bool PolicyReader::Include(const std::string& name, int depth) {
  std::string_view text = PolicyText(name);
  if (text.empty() || depth > kMaxIncludeDepth) {
    return Fail("no policy " + name);
  }
  return ReadText(text, depth);
}

bool PolicyReader::ReadText(std::string_view text, int depth) {
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
  std::istringstream words(line);
  std::string verb;
  if (!(words >> verb)) return true;
  std::string name;
  if (verb == "include") {
    if (!(words >> name)) return Fail("no name");
    if (!Include(name, depth + 1)) return false;
  } else if (verb == "reserves-addresses") {
    policy_->reserves_addresses = true;
  } else if (!ReadRule(verb, &words)) {
    return false;
  }
  return (words >> name) ? Fail("one word too many") : true;
}

bool PolicyReader::ReadRule(const std::string& verb,
                            std::istringstream* words) {
  std::string name;
  FilterRule rule;
  if (!ReadAction(verb, words, &rule.action)) return false;
  if (!(*words >> name)) return Fail("no system call");
  if (!ReadCondition(words, &rule)) return false;
  const int number = seccomp_syscall_resolve_name(name.c_str());
  if (number == __NR_SCMP_ERROR) {
    policy_->unknown.push_back(name);
  } else if (number >= 0) {  // Else other architectures have it.
    rule.number = static_cast<uint32_t>(number);
    policy_->rules.push_back(rule);
  }
  return true;
}

bool PolicyReader::ReadAction(const std::string& verb,
                              std::istringstream* words, uint32_t* action) {
  static const std::map<std::string, int> kErrors = {
      {"ENOSYS", ENOSYS}, {"EPERM", EPERM}, {"EACCES", EACCES}};
  if (verb == "allow") {
    *action = SECCOMP_RET_ALLOW;
  } else if (verb == "kill") {
    *action = SECCOMP_RET_KILL_PROCESS;
  } else if (verb == "errno") {
    std::string error_name;
    *words >> error_name;
    auto found = kErrors.find(error_name);
    if (found == kErrors.end()) return Fail("unknown error");
    *action = Errno(found->second);
  } else {
    return Fail("unknown verb");
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
      argument.size() != 4 || argument.substr(0, 3) != "arg" ||
      argument[3] < '0' || argument[3] > '5') {
    return Fail("malformed condition");
  }
  rule->argument = static_cast<uint32_t>(argument[3] - '0');
  rule->mask = ~uint64_t{0};
  if (relation == "&" &&
      (!ReadNumber(value, &rule->mask) || !(*words >> relation >> value))) {
    return Fail("malformed condition");
  }
  uint64_t number = 0;
  if (relation != "==" || rule->mask == 0 || !ReadNumber(value, &number) ||
      number > UINT32_MAX || (number & ~rule->mask) != 0) {
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
  return CompilePolicyText("include " + std::string(name), policy, error);
}

bool CompilePolicyText(std::string_view text, CompiledPolicy* policy,
                       std::string* error) {
  if (!PolicyReader(policy, error).ReadText(text, 0)) return false;
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
