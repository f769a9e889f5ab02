#include "sandbox/launcher/filter_program.h"

#include <linux/audit.h>
#include <linux/seccomp.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace assay::sandbox {
namespace {

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "which AUDIT_ARCH_ is this machine's?"
#endif

// Beyond lie the x32 calls of x86-64, but for -1, by which a tracer skips one.
constexpr uint32_t kNumbersEnd = 0x40000000;
constexpr uint32_t kArgumentsEnd = 6;
// What one conditional jump reaches.
constexpr size_t kReachMax = 255;
constexpr uint32_t kLow = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4;

using Rules = std::vector<FilterRule>;

// What becomes of one number.
struct Decision {
  Rules conditions;  // Tried in order before `action`.
  uint32_t action = 0;
  bool is_final = false;  // No later rule can hold.
};

// Where a jump goes: to the return of an action, or to the conditions of a
// number.
using Target = std::pair<bool, uint32_t>;
constexpr bool kConditions = true;

// Numbers from `first` up to the next range, but for one.
struct Range {
  uint32_t first;
  Target target;
  bool has_odd = false;
  uint32_t odd = 0;
  Target odd_target;
};

class Writer {
 public:
  Writer(const Rules& rules, uint32_t otherwise);
  FilterProgram Write();

 private:
  void AddRange(uint32_t first, Target target);
  void AddRanges();
  void FoldOddOnes();
  void WriteTree(size_t begin, size_t end);
  void WriteSide(size_t at, bool holds, size_t begin, size_t end);
  void WriteConditions(const Decision& decision);
  // Rules that ask for values of the same bits of one argument.
  void WriteGroup(const Rules& rules);
  void WriteMasked(uint32_t offset, uint32_t mask);
  void WriteTargets();

  void Put(sock_filter instruction) { program_.push_back(instruction); }
  void Load(uint32_t offset) {
    Put(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
  }
  // A test of `operation` with `value`; its jumps are settled later.
  void Test(uint16_t operation, uint32_t value) {
    Put(BPF_JUMP(static_cast<uint16_t>(BPF_JMP | BPF_K | operation), value, 0,
                 0));
  }
  void Return(uint32_t action) { Put(BPF_STMT(BPF_RET | BPF_K, action)); }
  // Where the test at `at` goes if it holds, or does not.
  void Jump(size_t at, bool holds, size_t to);
  void JumpLater(size_t at, bool holds, Target target) {
    jumps_.push_back({at, holds, target});
  }

  struct LateJump {
    size_t at;
    bool holds;
    Target target;
  };

  uint32_t otherwise_;
  std::map<uint32_t, Decision> decisions_;
  std::vector<Range> ranges_;
  std::vector<LateJump> jumps_;
  FilterProgram program_;
  bool too_far_ = false;
};

Writer::Writer(const Rules& rules, uint32_t otherwise) : otherwise_(otherwise) {
  for (const FilterRule& rule : rules) {
    Decision& decision =
        decisions_.try_emplace(rule.number, Decision{{}, otherwise})
            .first->second;
    if (decision.is_final) continue;
    if (rule.mask != 0) {
      decision.conditions.push_back(rule);
    } else {
      decision.action = rule.action;
      decision.is_final = true;
    }
  }
}

FilterProgram Writer::Write() {
  AddRanges();
  FoldOddOnes();
  Load(offsetof(seccomp_data, arch));
  Put(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  Return(SECCOMP_RET_KILL_PROCESS);
  Load(offsetof(seccomp_data, nr));
  WriteTree(0, ranges_.size());
  WriteTargets();
  return too_far_ ? FilterProgram() : std::move(program_);
}

void Writer::AddRange(uint32_t first, Target target) {
  if (!ranges_.empty() && ranges_.back().target == target) return;
  ranges_.push_back({.first = first, .target = target});
}

void Writer::AddRanges() {
  const Target otherwise(!kConditions, otherwise_);
  uint32_t next = 0;
  for (const auto& [number, decision] : decisions_) {
    if (number > next) AddRange(next, otherwise);
    AddRange(number, decision.conditions.empty()
                         ? Target(!kConditions, decision.action)
                         : Target(kConditions, number));
    next = number + 1;
  }
  AddRange(next, otherwise);
#if defined(__x86_64__)
  AddRange(kNumbersEnd, Target(!kConditions, SECCOMP_RET_KILL_PROCESS));
  AddRange(UINT32_MAX, otherwise);
#endif
}

// One number amid a range takes one test, not two.
void Writer::FoldOddOnes() {
  std::vector<Range> folded;
  for (size_t i = 0; i < ranges_.size(); ++i) {
    folded.push_back(ranges_[i]);
    if (i + 2 >= ranges_.size() || ranges_[i + 2].target != ranges_[i].target ||
        ranges_[i + 2].first != ranges_[i + 1].first + 1) {
      continue;
    }
    folded.back().has_odd = true;
    folded.back().odd = ranges_[i + 1].first;
    folded.back().odd_target = ranges_[i + 1].target;
    i += 2;
  }
  ranges_ = std::move(folded);
}

void Writer::WriteTree(size_t begin, size_t end) {
  const size_t at = program_.size();
  if (end - begin == 1) {
    const Range& range = ranges_[begin];
    Test(BPF_JEQ, range.odd);
    JumpLater(at, true, range.has_odd ? range.odd_target : range.target);
    JumpLater(at, false, range.target);
    return;
  }
  const size_t middle = (begin + end) / 2;
  Test(BPF_JGE, ranges_[middle].first);
  WriteSide(at, false, begin, middle);
  WriteSide(at, true, middle, end);
}

void Writer::WriteSide(size_t at, bool holds, size_t begin, size_t end) {
  if (end - begin == 1 && !ranges_[begin].has_odd) {
    return JumpLater(at, holds, ranges_[begin].target);
  }
  Jump(at, holds, program_.size());
  WriteTree(begin, end);
}

void Writer::WriteTargets() {
  std::map<Target, size_t> written;
  // Conditions first: they jump on to actions.
  for (const bool conditions : {kConditions, !kConditions}) {
    for (size_t i = 0; i < jumps_.size(); ++i) {
      const auto [at, holds, target] = jumps_[i];
      if (target.first != conditions) continue;
      auto [found, first] = written.try_emplace(target, program_.size());
      if (first && conditions) {
        WriteConditions(decisions_[target.second]);
      } else if (first) {
        Return(target.second);
      }
      Jump(at, holds, found->second);
    }
  }
}

void Writer::WriteConditions(const Decision& decision) {
  Rules group;
  for (const FilterRule& rule : decision.conditions) {
    if (!group.empty() && (rule.argument != group.front().argument ||
                           rule.mask != group.front().mask)) {
      WriteGroup(std::exchange(group, {}));
    }
    group.push_back(rule);
  }
  WriteGroup(group);
  Return(decision.action);
}

void Writer::WriteMasked(uint32_t offset, uint32_t mask) {
  Load(offset);
  if (mask != UINT32_MAX) Put(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask));
}

void Writer::WriteGroup(const Rules& rules) {
  const FilterRule& first = rules.front();
  const auto high = static_cast<uint32_t>(first.mask >> 32);
  const uint32_t offset =
      offsetof(seccomp_data, args) + first.argument * sizeof(uint64_t);
  size_t high_test = 0;
  if (high != 0) {  // No value has bits there.
    WriteMasked(offset + 4 - kLow, high);
    high_test = program_.size();
    Test(BPF_JEQ, 0);
  }
  WriteMasked(offset + kLow, static_cast<uint32_t>(first.mask));
  for (const FilterRule& rule : rules) {
    JumpLater(program_.size(), true, Target(!kConditions, rule.action));
    Test(BPF_JEQ, rule.value);
  }
  if (high != 0) Jump(high_test, false, program_.size());
}

void Writer::Jump(size_t at, bool holds, size_t to) {
  const size_t over = to - at - 1;
  too_far_ |= over > kReachMax;
  (holds ? program_[at].jt : program_[at].jf) = static_cast<uint8_t>(over);
}

bool IsWellFormed(const FilterRule& rule) {
  return rule.number < kNumbersEnd && rule.argument < kArgumentsEnd &&
         (rule.value & ~rule.mask) == 0;
}

}  // namespace

FilterProgram WriteFilter(const std::vector<FilterRule>& rules,
                          uint32_t otherwise) {
  if (!std::all_of(rules.begin(), rules.end(), IsWellFormed)) return {};
  return Writer(rules, otherwise).Write();
}

}  // namespace assay::sandbox
