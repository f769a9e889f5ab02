#include "verifier/code/sessions.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "sandbox/wire/fd.h"
#include "verifier/code/frames.h"
#include "verifier/code/plan_session.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::UniqueFd;

constexpr int kPollMs = 50;

bool SendTwo(int socket, int first, int second) {
  char word = 'c';
  struct iovec part = {&word, 1};
  alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {};
  struct msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  struct cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(2 * sizeof(int));
  const int fds[2] = {first, second};
  std::memcpy(CMSG_DATA(header), fds, sizeof(fds));
  return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

std::string KeyOf(const Exam& exam) {
  return absl::StrCat(exam.stop, " ", absl::FormatDuration(exam.limits.cpu),
                      " ", exam.limits.memory_bytes, " ", exam.entry.size(),
                      ":", exam.entry, exam.tests);
}

}  // namespace

std::unique_ptr<sandbox::Run> StartSession(Runner* runner,
                                           sandbox::Command command,
                                           const sandbox::Limits& limits,
                                           UniqueFd* control) {
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    return nullptr;
  }
  control->reset(fds[0]);
  const UniqueFd theirs(fds[1]);
  command.wants_reply = false;
  command.limits = limits;
  command.limits.cpu = command.limits.wall = kSessionLife;
  command.channels = {{kPairChannel, theirs.get()}};
  auto run = runner->lane().Start(command);
  return run.ok() ? *std::move(run) : nullptr;
}

bool IsWhole(const std::string& reply) {
  FrameReader frames(reply);
  std::string kind;
  while (const std::optional<Value> frame = frames.Next()) {
    kind = TextAt(*frame, 0);
  }
  return !kind.empty() && kind != "collected" && kind != "test";
}

class Sessions::Session {
 public:
  Session(std::string key, Runner* runner, const Exam& exam)
      : key_(std::move(key)), limits_(exam.limits) {
    const int64_t seconds =
        absl::ToInt64Seconds(absl::Ceil(exam.limits.cpu, absl::Seconds(1)));
    run_ = StartSession(
        runner,
        PythonCommand({Value::String("session"), Value::Bytes(exam.tests),
                       Value::String(exam.entry), Value::Int(exam.stop),
                       Value::Int(seconds)}),
        exam.limits, &control_);
  }

  const std::string& key() const { return key_; }
  bool ok() const { return run_ != nullptr; }
  bool spent() const { return ++uses_ > kSessionUsesMax; }

  // Hands `channel` to a fork of the examiner; its frames, whole or not.
  std::string Examine(int channel, const std::atomic<bool>& cancelled) {
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) return "";
    const UniqueFd reading(fds[0]);
    {
      const UniqueFd writing(fds[1]);
      if (!SendTwo(control_.get(), channel, writing.get())) return "";
    }
    const absl::Time deadline = absl::Now() + limits_.wall;
    std::string reply;
    while (absl::Now() < deadline && !cancelled.load()) {
      struct pollfd polled = {reading.get(), POLLIN, 0};
      if (poll(&polled, 1, kPollMs) <= 0) continue;
      char bytes[16384];
      const ssize_t n = read(reading.get(), bytes, sizeof(bytes));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return reply;
      reply.append(bytes, static_cast<size_t>(n));
      if (static_cast<int64_t>(reply.size()) > limits_.reply_bytes) break;
    }
    return "";
  }

 private:
  const std::string key_;
  const sandbox::Limits limits_;
  UniqueFd control_;
  std::unique_ptr<sandbox::Run> run_;
  mutable int uses_ = 0;
};

Sessions::Sessions() = default;
Sessions::~Sessions() = default;

Sessions::Session* Sessions::Find(Runner* runner, const Exam& exam) {
  std::string key = KeyOf(exam);
  const auto found =
      std::find_if(sessions_.begin(), sessions_.end(),
                   [&](const auto& session) { return session->key() == key; });
  if (found != sessions_.end()) {
    sessions_.splice(sessions_.begin(), sessions_, found);
    if (!sessions_.front()->spent()) return sessions_.front().get();
    sessions_.pop_front();
  } else {
    const size_t hash = absl::HashOf(key);
    if (std::find(seen_.begin(), seen_.end(), hash) == seen_.end()) {
      seen_.push_front(hash);
      if (seen_.size() > kSeenTextsMax) seen_.pop_back();
      return nullptr;
    }
  }
  auto session = std::make_unique<Session>(std::move(key), runner, exam);
  if (!session->ok()) return nullptr;
  sessions_.push_front(std::move(session));
  if (sessions_.size() > kSessionsMax) sessions_.pop_back();
  return sessions_.front().get();
}

void Sessions::Drop(Session* session) {
  sessions_.remove_if([&](const auto& kept) { return kept.get() == session; });
}

std::optional<Pair> Sessions::Examine(Runner* runner, const Exam& exam,
                                      const sandbox::Command& candidate) {
  Session* session = Find(runner, exam);
  if (!session) return std::nullopt;
  Pair pair;
  bool whole = false;
  pair.candidate =
      RunBeside(runner, candidate, exam.patience, [&](int channel) {
        pair.examiner.reply = session->Examine(channel, *runner->cancelled());
        whole = IsWhole(pair.examiner.reply);
      });
  if (pair.candidate.outcome == Outcome::kSetupFailed) return pair;
  if (runner->cancelled()->load()) {
    pair.examiner.outcome = Outcome::kCancelled;
    return pair;
  }
  pair.examiner.outcome = Outcome::kExited;
  if (whole) return pair;
  Drop(session);
  return std::nullopt;
}

std::string Sessions::Plan(Runner* runner, const std::string& tests,
                           const std::string& entry) {
  if (!planner_ || planner_->spent()) {
    planner_ = std::make_unique<PlanSession>(runner);
  }
  std::string reply;
  if (planner_->ok()) {
    reply = planner_->Ask(tests, entry, *runner->cancelled());
  }
  if (reply.empty()) planner_.reset();
  return reply;
}

}  // namespace assay::code
