#include "sandbox/launcher/filter_program.h"

#include <linux/audit.h>
#include <linux/seccomp.h>

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

// x32 calls share the architecture of x86-64; -1 is how a tracer skips one.
constexpr uint32_t kFirstForeign = 0x40000000;
constexpr uint32_t kLastForeign = 0xfffffffe;

constexpr uint32_t kWordBits = 32;
// What one conditional jump reaches.
constexpr size_t kReachMax = 255;
// Where the program keeps 1 << number % 32.
constexpr uint32_t kBit = 0;
constexpr uint32_t kLow = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4;

using Rules = std::vector<FilterRule>;

// What becomes of one number.
struct Decision {
  uint32_t action = 0;
  Rules conditions;  // Tried in order before `action`.
};

// Where a jump goes: to the return of an action, or to the conditions of a
// number.
using Target = std::pair<bool, uint32_t>;
constexpr bool kConditions = true;

// Which bits of a word of numbers go where; the others fall through.
using Word = std::map<Target, uint32_t>;

struct Range {
  uint32_t first;
  uint32_t action;  // Of the bits that no word names.
  Word word;
};

class Writer {
 public:
  Writer(const Rules& rules, uint32_t otherwise);
  FilterProgram Write();

 private:
  void AddRanges();
  void WritePrologue();
  void WriteTree(size_t begin, size_t end);
  void WriteLeaf(const Range& range);
  void WriteConditions(const Decision& decision);
  // Rules that ask for values of the same bits of one argument.
  void WriteGroup(const Rules& rules);
  void WriteMasked(uint32_t offset, uint32_t mask);
  void WriteTargets();

  void Put(sock_filter instruction) { program_.push_back(instruction); }
  void Load(uint32_t offset) {
    Put(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
  }
  void Return(uint32_t action) { Put(BPF_STMT(BPF_RET | BPF_K, action)); }
  // `offset` of the jump at `at`, so that it goes to `to`.
  void Patch(uint8_t* offset, size_t at, size_t to);

  uint32_t otherwise_;
  std::map<uint32_t, Decision> decisions_;
  std::vector<Range> ranges_;
  std::vector<std::pair<size_t, Target>> jumps_;
  FilterProgram program_;
  bool too_far_ = false;
};

Writer::Writer(const Rules& rules, uint32_t otherwise) : otherwise_(otherwise) {
  std::map<uint32_t, bool> decided;
  for (const FilterRule& rule : rules) {
    if (decided[rule.number]) continue;
    Decision& decision =
        decisions_.try_emplace(rule.number, Decision{otherwise, {}})
            .first->second;
    if (rule.mask != 0) {
      decision.conditions.push_back(rule);
    } else {
      decision = {rule.action, {}};
      decided[rule.number] = true;
    }
  }
}

FilterProgram Writer::Write() {
  AddRanges();
  WritePrologue();
  WriteTree(0, ranges_.size());
  WriteTargets();
  return too_far_ ? FilterProgram() : std::move(program_);
}

void Writer::AddRanges() {
  std::map<uint32_t, Word> words;
  for (const auto& [number, decision] : decisions_) {
    const Target target = decision.conditions.empty()
                              ? Target(!kConditions, decision.action)
                              : Target(kConditions, number);
    if (target == Target(!kConditions, otherwise_)) continue;
    words[number / kWordBits][target] |= 1u << number % kWordBits;
  }
  uint32_t next = 0;
  for (const auto& [index, word] : words) {
    if (index * kWordBits > next) ranges_.push_back({next, otherwise_, {}});
    ranges_.push_back({index * kWordBits, otherwise_, word});
    next = (index + 1) * kWordBits;
  }
  ranges_.push_back({next, otherwise_, {}});
#if defined(__x86_64__)
  ranges_.push_back({kFirstForeign, SECCOMP_RET_KILL_PROCESS, {}});
  ranges_.push_back({kLastForeign + 1, otherwise_, {}});
#endif
}

void Writer::WritePrologue() {
  Load(offsetof(seccomp_data, arch));
  Put(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  Return(SECCOMP_RET_KILL_PROCESS);
  Load(offsetof(seccomp_data, nr));
  Put(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kWordBits - 1));
  Put(BPF_STMT(BPF_MISC | BPF_TAX, 0));
  Put(BPF_STMT(BPF_LD | BPF_IMM, 1));
  Put(BPF_STMT(BPF_ALU | BPF_LSH | BPF_X, 0));
  Put(BPF_STMT(BPF_ST, kBit));
  Load(offsetof(seccomp_data, nr));
}

void Writer::WriteTree(size_t begin, size_t end) {
  if (end - begin == 1) return WriteLeaf(ranges_[begin]);
  const size_t middle = (begin + end) / 2;
  const size_t at = program_.size();
  Put(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, ranges_[middle].first, 0, 0));
  WriteTree(begin, middle);
  Patch(&program_[at].jt, at, program_.size());
  WriteTree(middle, end);
}

void Writer::WriteLeaf(const Range& range) {
  if (!range.word.empty()) Put(BPF_STMT(BPF_LD | BPF_MEM, kBit));
  for (const auto& [target, bits] : range.word) {
    jumps_.emplace_back(program_.size(), target);
    Put(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 0));
  }
  Return(range.action);
}

void Writer::WriteTargets() {
  std::map<Target, size_t> written;
  // Conditions first: they jump on to actions.
  for (const bool conditions : {kConditions, !kConditions}) {
    for (size_t i = 0; i < jumps_.size(); ++i) {
      const auto [at, target] = jumps_[i];
      if (target.first != conditions) continue;
      auto [found, first] = written.try_emplace(target, program_.size());
      if (first && conditions) {
        WriteConditions(decisions_[target.second]);
      } else if (first) {
        Return(target.second);
      }
      Patch(&program_[at].jt, at, found->second);
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
  const size_t begin = program_.size();
  if (high != 0) {  // No value has bits there.
    WriteMasked(offset + 4 - kLow, high);
    Put(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 0));
  }
  const size_t tests = program_.size();
  WriteMasked(offset + kLow, static_cast<uint32_t>(first.mask));
  for (const FilterRule& rule : rules) {
    jumps_.emplace_back(program_.size(), Target(!kConditions, rule.action));
    Put(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, rule.value, 0, 0));
  }
  if (tests != begin) {
    Patch(&program_[tests - 1].jf, tests - 1, program_.size());
  }
}

void Writer::Patch(uint8_t* offset, size_t at, size_t to) {
  const size_t over = to - at - 1;
  too_far_ |= over > kReachMax;
  *offset = static_cast<uint8_t>(over);
}

}  // namespace

FilterProgram WriteFilter(const std::vector<FilterRule>& rules,
                          uint32_t otherwise) {
  return Writer(rules, otherwise).Write();
}

}  // namespace assay::sandbox
