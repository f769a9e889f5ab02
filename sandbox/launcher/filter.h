// Policies of system calls, compiled to BPF.
//
//   std::vector<NamedFilter> filters;
//   std::string error;
//   CompilePolicies(&filters, &error);      // Once, in the nursery.
//
// A policy is text, one rule a line, with its reason:
//   allow NAME [if argN (== | & MASK ==) VALUE]       # reason
//   errno ENAME NAME                                  # reason
//   kill NAME                                         # reason
//   include POLICY
//   reserves-addresses                                # reason
// Of a system call's rules the first that holds decides; what no rule names is
// answered with EPERM; a foreign architecture kills. A VALUE has 32 bits, and
// none but those of its MASK; both are decimal, or hexadecimal behind 0x.
// Names are libseccomp's.
//
// Threads: none. Source: libseccomp(3), seccomp(2).
#ifndef SANDBOX_LAUNCHER_FILTER_H_
#define SANDBOX_LAUNCHER_FILTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/launcher/filter_program.h"

namespace assay::sandbox {

struct CompiledPolicy {
  std::vector<FilterRule> rules;
  FilterProgram program;  // `rules`, and EPERM otherwise.
  // Its programs map far more addresses than memory: where no control group
  // counts, memory is bounded by looking at it, not by RLIMIT_AS.
  bool reserves_addresses = false;
  // Names that this libseccomp does not know; they are left out.
  std::vector<std::string> unknown;
};

struct NamedFilter {
  std::string name;
  CompiledPolicy policy;
};

// The text of a policy, or empty where there is none of that name.
std::string_view PolicyText(std::string_view name);
// Names of the policies that a Command may ask for.
const std::vector<std::string>& PolicyNames();
// False with `error` set.
bool CompilePolicyText(std::string_view text, CompiledPolicy* policy,
                       std::string* error);
bool CompilePolicy(std::string_view name, CompiledPolicy* policy,
                   std::string* error);
bool CompilePolicies(std::vector<NamedFilter>* filters, std::string* error);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_FILTER_H_
