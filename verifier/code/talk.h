// Two runs of one lane that talk to each other, stdin to stdout both ways.
//
//   Talk talk = RunTalk(&runner, Talking(program), Talking(interactor),
//   limits); if (talk.program_ended_first) ...
//
// Each box has a pipe to read and a pipe to write; between them this side
// relays, so that bytes are counted and one side's end is seen by the other
// at once. Never a deadlock: neither pipe is written while it is full, both
// runs have limits, and the end of either closes the other's stdin. A program
// may write on after the interactor's end: that is dropped.
//
// Bounds: kTalkBufferBytes in flight each way, limits.output_bytes from each
// side. Errors: a Status of the lane becomes Outcome::kSetupFailed.
// Threads: the lane's own; one more waits for the interactor.
#ifndef VERIFIER_CODE_TALK_H_
#define VERIFIER_CODE_TALK_H_

#include <string>

#include "absl/time/time.h"
#include "sandbox/command.h"
#include "sandbox/result.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr int kTalkIn = 5;
inline constexpr int kTalkOut = 6;
inline constexpr size_t kTalkBufferBytes = size_t{64} << 10;
// How long an interactor that is run alone hears nothing before the end.
inline constexpr absl::Duration kSilence = absl::Seconds(1);

struct Talk {
  sandbox::RunResult program;
  sandbox::RunResult interactor;
  bool program_ended_first = false;  // Its stdout was closed first.
  bool interactor_ended_first = false;
  bool program_spoke_last = false;  // The last bytes went to the interactor.
  bool heard_something = false;     // Bytes went to the program.
  bool program_over = false;        // Wrote more than output_bytes.
  bool interactor_over = false;
  bool interactor_stuck = false;  // Went on for judge_time after the program.
  std::string program_head;       // Its first kHeadBytes.
  bool program_head_cut = false;
};

// `command` with its stdin and stdout on kTalkIn and kTalkOut; warm ones do
// so by themselves.
sandbox::Command Talking(sandbox::Command command);

Talk RunTalk(Runner* runner, sandbox::Command program,
             sandbox::Command interactor, const RunLimits& limits);

// The interactor without a program: silence, then the end of its stdin.
struct Soliloquy {
  sandbox::RunResult interactor;
  bool ended_in_silence = false;
};
Soliloquy RunAlone(Runner* runner, sandbox::Command interactor);

}  // namespace assay::code

#endif  // VERIFIER_CODE_TALK_H_
