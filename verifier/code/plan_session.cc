#include "verifier/code/plan_session.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/time/clock.h"
#include "verifier/code/sessions.h"
#include "verifier/code/values.h"

namespace assay::code {
namespace {

constexpr int kPollMs = 50;

// Whether `events` came before the deadline, which a cancelled call brings.
bool Await(int fd, int16_t events, absl::Time deadline,
           const std::atomic<bool>& cancelled) {
  while (!cancelled.load() && absl::Now() < deadline) {
    struct pollfd polled = {fd, events, 0};
    if (poll(&polled, 1, kPollMs) > 0) return true;
  }
  return false;
}

bool IsPassing() { return errno == EAGAIN || errno == EINTR; }

}  // namespace

PlanSession::PlanSession(Runner* runner, absl::Duration patience)
    : patience_(patience) {
  sandbox::Limits limits;
  limits.memory_bytes = kPlanMemoryBytes;
  run_ = StartSession(runner, PythonCommand({Value::String("plans")}), limits,
                      &control_);
}

std::string PlanSession::Ask(const std::string& tests, const std::string& entry,
                             const std::atomic<bool>& cancelled) {
  ++uses_;
  const absl::Time deadline = absl::Now() + patience_;
  const std::string request =
      EncodeValue(Value::Tuple({Value::Bytes(tests), Value::String(entry)}));
  const auto size = static_cast<uint32_t>(request.size());
  std::string message(reinterpret_cast<const char*>(&size), sizeof(size));
  message.append(request);
  if (!Send(message, deadline, cancelled)) return "";
  return Receive(deadline, cancelled);
}

bool PlanSession::Send(const std::string& message, absl::Time deadline,
                       const std::atomic<bool>& cancelled) {
  size_t sent = 0;
  while (sent < message.size()) {
    const ssize_t n = send(control_.get(), message.data() + sent,
                           message.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      sent += static_cast<size_t>(n);
    } else if (!IsPassing() ||
               !Await(control_.get(), POLLOUT, deadline, cancelled)) {
      return false;
    }
  }
  return true;
}

std::string PlanSession::Receive(absl::Time deadline,
                                 const std::atomic<bool>& cancelled) {
  const auto limit = static_cast<size_t>(sandbox::Limits().reply_bytes);
  std::string reply;
  char bytes[16384];
  while (Await(control_.get(), POLLIN, deadline, cancelled)) {
    const ssize_t n = recv(control_.get(), bytes, sizeof(bytes), MSG_DONTWAIT);
    if (n < 0 && IsPassing()) continue;
    if (n <= 0) return "";
    reply.append(bytes, static_cast<size_t>(n));
    uint32_t size = 0;
    if (reply.size() < sizeof(size)) continue;
    std::memcpy(&size, reply.data(), sizeof(size));
    if (reply.size() > limit) return "";
    if (reply.size() >= sizeof(size) + size) return reply;
  }
  return "";
}

}  // namespace assay::code
