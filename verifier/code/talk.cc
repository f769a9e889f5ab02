#include "verifier/code/talk.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "verifier/code/outcome.h"
#include "verifier/code/test_program.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

constexpr absl::Duration kPollPeriod = absl::Milliseconds(50);

void Close(int* fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

// A write to a pipe that nobody reads is an error of the write alone.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~WithoutSigpipe() {
    const struct timespec none = {};
    while (sigtimedwait(&pipe_, nullptr, &none) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;

 private:
  sigset_t pipe_, before_;
};

// One way of the talk: what a box writes, on its way to the other's stdin.
class Way {
 public:
  explicit Way(int64_t limit) : limit_(limit) {
    ok_ = pipe2(source_, O_CLOEXEC) == 0 && pipe2(sink_, O_CLOEXEC) == 0;
    if (!ok_) return;
    for (const int fd : {source_[0], sink_[1]}) fcntl(fd, F_SETFL, O_NONBLOCK);
  }
  ~Way() {
    for (int* fd : {&source_[0], &source_[1], &sink_[0], &sink_[1]}) Close(fd);
  }
  Way(const Way&) = delete;
  Way& operator=(const Way&) = delete;

  bool ok() const { return ok_; }
  int box_out() const { return source_[1]; }  // The speaker writes here.
  int box_in() const { return sink_[0]; }     // The hearer reads here.
  void CloseBoxEnds() {
    Close(&source_[1]);
    Close(&sink_[0]);
  }
  // Neither reading nor writing goes on.
  void End() {
    Close(&source_[0]);
    Close(&sink_[1]);
  }
  void CloseSink() { Close(&sink_[1]); }
  // Whether the speaker closed its stdout; for any thread.
  bool ended() const { return ended_; }
  bool over() const { return over_; }
  const std::string& head() const { return head_; }
  int64_t bytes() const { return bytes_; }

  struct pollfd PollRead() const {
    const bool room = buffer_.size() < kTalkBufferBytes;
    return {room ? source_[0] : -1, POLLIN, 0};
  }
  struct pollfd PollWrite() const {
    return {buffer_.empty() ? -1 : sink_[1], POLLOUT, 0};
  }

  void Read() {
    char bytes[16384];
    const ssize_t n = read(source_[0], bytes, sizeof(bytes));
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
      ended_ = true;  // Before the hearer can know.
      Close(&source_[0]);
      if (buffer_.empty()) Close(&sink_[1]);
      return;
    }
    bytes_ += n;
    over_ = over_ || bytes_ > limit_;
    if (head_.size() < kHeadBytes) {
      head_.append(bytes,
                   std::min(static_cast<size_t>(n), kHeadBytes - head_.size()));
    }
    if (sink_[1] >= 0) buffer_.append(bytes, static_cast<size_t>(n));
  }

  // Whether something was delivered.
  bool Write() {
    const ssize_t n = write(sink_[1], buffer_.data(), buffer_.size());
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    buffer_.erase(0, n < 0 ? buffer_.size() : static_cast<size_t>(n));
    if (n < 0 || (source_[0] < 0 && buffer_.empty())) Close(&sink_[1]);
    return n > 0;
  }

 private:
  const int64_t limit_;
  bool ok_ = false;
  bool over_ = false;
  std::atomic<bool> ended_ = false;
  int source_[2] = {-1, -1};
  int sink_[2] = {-1, -1};
  std::string buffer_;
  std::string head_;
  int64_t bytes_ = 0;
};

RunResult ResultOf(absl::StatusOr<RunResult> result) {
  if (result.ok()) return *std::move(result);
  RunResult failed;
  failed.setup_error = std::string(result.status().message());
  return failed;
}

absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
    Runner* runner, const sandbox::Command& command) {
  auto run = runner->lane().Start(command);
  if (absl::IsUnavailable(run.status())) run = runner->lane().Start(command);
  return run;
}

// The relay of one talk.
class Relay {
 public:
  Relay(Way* there, Way* back, const Runner& runner)
      : there_(there),
        back_(back),
        cancelled_(runner.cancelled()),
        last_words_(runner.world().judge_time) {}

  // Until both have ended, a side wrote too much, or the call is cancelled.
  void Pump(Talk* talk, sandbox::Run* program, sandbox::Run* interactor) {
    absl::Time deadline = absl::InfiniteFuture();
    while (!there_->ended() || !back_->ended()) {
      if (cancelled_->load() || there_->over() || back_->over()) break;
      if (absl::Now() > deadline) break;
      Turn(talk);
      if (there_->ended() && !back_->ended() && !first_) {
        first_ = talk->program_ended_first = true;
        deadline = absl::Now() + last_words_;
      }
      if (!first_ && back_->ended()) {
        first_ = talk->interactor_ended_first = true;
      }
    }
    if (there_->over() || cancelled_->load()) program->Cancel();
    talk->interactor_stuck = !back_->ended() && absl::Now() > deadline;
    if (there_->over() || back_->over() || cancelled_->load() ||
        talk->interactor_stuck) {
      interactor->Cancel();
    }
    talk->program_over = there_->over();
    talk->interactor_over = back_->over();
    there_->End();
    back_->End();
  }

 private:
  void Turn(Talk* talk) {
    struct pollfd polled[4] = {there_->PollRead(), there_->PollWrite(),
                               back_->PollRead(), back_->PollWrite()};
    if (poll(polled, 4,
             static_cast<int>(absl::ToInt64Milliseconds(kPollPeriod))) <= 0) {
      return;
    }
    if (polled[1].revents && there_->Write()) talk->program_spoke_last = true;
    if (polled[3].revents && back_->Write()) {
      talk->program_spoke_last = false;
      talk->heard_something = true;
    }
    if (polled[0].revents) there_->Read();
    if (polled[2].revents) back_->Read();
  }

  Way* there_;  // From the program to the interactor.
  Way* back_;
  const std::atomic<bool>* cancelled_;
  const absl::Duration last_words_;
  bool first_ = false;
};

// Whether the interactor has said no: what the program does now is in vain.
bool SaidNo(const RunResult& interactor) {
  return interactor.outcome != Outcome::kExited || interactor.exit_code != 0;
}

}  // namespace

sandbox::Command Talking(sandbox::Command command) {
  if (!command.profile.empty()) return command;
  std::vector<std::string> argv = {"/bin/sh", "-c",
                                   "exec \"$@\" <&5 >&6 5<&- 6>&-", "sh"};
  for (std::string& word : command.argv) argv.push_back(std::move(word));
  command.argv = std::move(argv);
  return command;
}

Talk RunTalk(Runner* runner, sandbox::Command program,
             sandbox::Command interactor, const RunLimits& limits) {
  Talk talk;
  const WithoutSigpipe guard;
  Way there(limits.output_bytes), back(limits.output_bytes);
  if (!there.ok() || !back.ok()) {
    talk.program.setup_error = "pipe";
    return talk;
  }
  program.channels = {{kTalkIn, back.box_in()}, {kTalkOut, there.box_out()}};
  interactor.channels = {{kTalkIn, there.box_in()}, {kTalkOut, back.box_out()}};
  interactor.limits.wall += program.limits.wall;
  auto speaker = Start(runner, program);
  if (!speaker.ok()) {
    talk.program = ResultOf(speaker.status());
    return talk;
  }
  auto hearer = Start(runner, interactor);
  there.CloseBoxEnds();
  back.CloseBoxEnds();
  if (!hearer.ok()) {
    talk.interactor = ResultOf(hearer.status());
    talk.program.outcome = Outcome::kCancelled;
    return talk;
  }
  // The interactor's end is seen while the program still runs.
  std::thread watch([&] {
    talk.interactor = ResultOf((*hearer)->Wait());
    // One that closed its stdout first has an end of its own to tell.
    if (SaidNo(talk.interactor) && !there.ended()) (*speaker)->Cancel();
  });
  Relay(&there, &back, *runner).Pump(&talk, speaker->get(), hearer->get());
  talk.program = ResultOf((*speaker)->Wait());
  watch.join();
  talk.program_head = there.head();
  talk.program_head_cut =
      there.bytes() > static_cast<int64_t>(there.head().size());
  return talk;
}

Soliloquy RunAlone(Runner* runner, sandbox::Command interactor) {
  Soliloquy alone;
  const WithoutSigpipe guard;
  Way there(0), back(kTestProgramOutputBytes);
  if (!there.ok() || !back.ok()) {
    alone.interactor.setup_error = "pipe";
    return alone;
  }
  interactor.channels = {{kTalkIn, there.box_in()}, {kTalkOut, back.box_out()}};
  interactor.limits.wall = kSilence + runner->world().judge_time;
  auto run = Start(runner, interactor);
  there.CloseBoxEnds();
  back.CloseBoxEnds();
  if (!run.ok()) {
    alone.interactor = ResultOf(run.status());
    return alone;
  }
  const absl::Time begin = absl::Now();
  // What it says goes nowhere: its hearer is silent, not gone.
  while (!back.ended() && !runner->cancelled()->load()) {
    if (absl::Now() - begin > kSilence) there.CloseSink();
    struct pollfd polled = back.PollRead();
    if (poll(&polled, 1,
             static_cast<int>(absl::ToInt64Milliseconds(kPollPeriod))) > 0) {
      back.CloseSink();
      back.Read();
      alone.ended_in_silence = back.ended() && absl::Now() - begin < kSilence;
    }
  }
  if (runner->cancelled()->load()) (*run)->Cancel();
  there.End();
  alone.interactor = ResultOf((*run)->Wait());
  return alone;
}

}  // namespace assay::code
