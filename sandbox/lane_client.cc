#include "sandbox/lane_client.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "sandbox/command_check.h"

namespace assay::sandbox {
namespace {

// A launcher has to set up its world and warm its interpreters.
constexpr int kHelloTimeoutMs = 180000;
// Large files of one run that need not be copied.
constexpr size_t kMaxSharedFiles = 16;
// A launcher that dies before its hello is not started again at once.
constexpr absl::Duration kRestartPause = absl::Milliseconds(200);
// Of a request that met a dead launcher, and of what it waits for the next.
constexpr int kSendTries = 3;
constexpr absl::Duration kReplaceWaitMax = absl::Seconds(2);

BoxLimits Convert(const Limits& limits) {
  BoxLimits box;
  box.cpu_ns = absl::ToInt64Nanoseconds(limits.cpu);
  box.wall_ns = absl::ToInt64Nanoseconds(limits.wall);
  box.memory_bytes = limits.memory_bytes;
  box.stdout_bytes = limits.stdout_bytes;
  box.stderr_bytes = limits.stderr_bytes;
  box.reply_bytes = limits.reply_bytes;
  box.process_count = limits.process_count;
  box.file_bytes = limits.file_bytes;
  box.collect_bytes = limits.collect_bytes;
  box.open_files_count = limits.open_files_count;
  box.stack_bytes = limits.stack_bytes;
  return box;
}

// The request, and what has to live until it is sent.
struct Outgoing {
  BoxRequest request;
  std::vector<UniqueFd> files;
  std::vector<BlobFiles::Entry> shared;
  std::vector<int> fds;

  bool Add(const char* name, std::string_view bytes) {
    files.push_back(MakeMemoryFile(name, bytes));
    fds.push_back(files.back().get());
    return files.back().valid();
  }
  // The same for a blob that may have a file already. A reader of stdin has
  // an offset of its own.
  bool AddBlob(const char* name, const Blob& blob, BlobFiles* blobs) {
    shared.push_back(blobs->Get(blob));
    if (shared.back().fd == nullptr) return Add(name, *blob);
    files.push_back(ReopenToRead(shared.back().fd->get()));
    fds.push_back(files.back().get());
    return files.back().valid();
  }
  bool AddFiles(const std::vector<BoxFile>& box_files, BlobFiles* blobs);
};

// Small ones lie together in one memory file.
bool Outgoing::AddFiles(const std::vector<BoxFile>& box_files,
                        BlobFiles* blobs) {
  std::string contents;
  std::vector<int> own;
  for (const BoxFile& file : box_files) {
    BoxFileEntry entry;
    entry.path = file.path;
    entry.mode = file.mode;
    if (file.channel != 0) {
      entry.link = absl::StrCat("/proc/self/fd/", file.channel);
      request.files.push_back(std::move(entry));
      continue;
    }
    entry.size = file.content->size();
    BlobFiles::Entry blob;
    if (own.size() < kMaxSharedFiles) blob = blobs->Get(file.content);
    if (blob.fd != nullptr) {
      entry.shared_id = blob.id;
      own.push_back(blob.fd->get());
      shared.push_back(std::move(blob));
    } else {
      contents += *file.content;
      request.has_contents = true;
    }
    request.files.push_back(std::move(entry));
  }
  bool ok = !request.has_contents || Add("files", contents);
  fds.insert(fds.end(), own.begin(), own.end());
  return ok;
}

absl::Status Fill(const Command& command, BlobFiles* blobs, Outgoing* out) {
  BoxRequest& request = out->request;
  request.argv = command.argv;
  request.environment = command.environment;
  request.policy = command.policy;
  request.profile = command.profile;
  request.has_input = command.input != nullptr;
  request.has_request = command.request != nullptr;
  request.wants_reply = command.wants_reply;
  request.collect = command.collect;
  request.limits = Convert(command.limits);
  bool ok = true;
  if (command.input != nullptr) {
    ok = out->AddBlob("input", command.input, blobs);
  }
  if (ok && command.request != nullptr) {
    ok = out->AddBlob("request", command.request, blobs);
  }
  ok = ok && out->AddFiles(command.files, blobs);
  for (const Channel& channel : command.channels) {
    request.channels.push_back(channel.number);
    out->fds.push_back(channel.fd);
  }
  if (!ok) {
    return absl::UnavailableError(
        absl::StrCat("memory file: ", std::string(std::strerror(errno))));
  }
  return absl::OkStatus();
}

absl::StatusOr<RunResult> Convert(BoxReport report) {
  switch (report.status) {
    case ReportStatus::kOk:
      break;
    case ReportStatus::kUnavailable:
      return absl::UnavailableError(report.status_text);
    case ReportStatus::kExhausted:
      return absl::ResourceExhaustedError(report.status_text);
  }
  RunResult result;
  result.outcome = static_cast<Outcome>(report.outcome);
  result.exit_code = report.exit_code;
  result.signal = report.signal;
  result.violation = std::move(report.violation);
  result.setup_error = std::move(report.setup_error);
  result.stdout_text = std::move(report.stdout_text);
  result.stderr_text = std::move(report.stderr_text);
  result.stderr_truncated = report.stderr_truncated;
  result.reply = std::move(report.reply);
  result.files = std::move(report.files);
  result.files_left_out = report.files_left_out;
  result.cpu = absl::Nanoseconds(report.cpu_ns);
  result.wall = absl::Nanoseconds(report.wall_ns);
  result.scheduling_delay = absl::Nanoseconds(report.scheduling_delay_ns);
  result.longest_delay = absl::Nanoseconds(report.longest_delay_ns);
  result.peak_memory_bytes = report.peak_memory_bytes;
  return result;
}

}  // namespace

RunClient::~RunClient() {
  if (WaitFor(absl::ZeroDuration())) return;
  Cancel();
  WaitFor(absl::InfiniteDuration());
}

bool RunClient::WaitFor(absl::Duration patience) {
  std::unique_lock lock(state_->mutex);
  auto ended = [this] { return state_->result.has_value(); };
  if (patience != absl::InfiniteDuration()) {
    return state_->ended.wait_for(lock, absl::ToChronoNanoseconds(patience),
                                  ended);
  }
  state_->ended.wait(lock, ended);
  return true;
}

absl::StatusOr<RunResult> RunClient::Wait() {
  WaitFor(absl::InfiniteDuration());
  const std::lock_guard lock(state_->mutex);
  return *state_->result;
}

void RunClient::Cancel() { lane_->Cancel(state_->id); }

LaneClient::~LaneClient() {
  std::thread reader;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    reader = std::move(reader_);
  }
  {
    const std::lock_guard send_lock(send_mutex_);
    if (socket_.valid()) shutdown(socket_.get(), SHUT_RDWR);
  }
  if (reader.joinable()) reader.join();
}

absl::Status LaneClient::Spawn() {
  absl::StatusOr<UniqueFd> socket = nursery_->SpawnLane(index_);
  if (!socket.ok()) return socket.status();
  socket_ = *std::move(socket);
  return absl::OkStatus();
}

absl::StatusOr<LauncherHello> LaneClient::Greet() {
  pollfd wish = {socket_.get(), POLLIN, 0};
  int ready;
  do {
    ready = poll(&wish, 1, kHelloTimeoutMs);
  } while (ready < 0 && errno == EINTR);
  std::string bytes;
  std::vector<UniqueFd> fds;
  LauncherHello hello;
  if (ready != 1 || !ReceiveMessage(socket_.get(), &bytes, &fds) ||
      !Decode(bytes, &hello)) {
    return absl::UnavailableError("the launcher did not start");
  }
  if (!hello.error.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("this host gives no sandbox: ", hello.error));
  }
  greeted_ = true;
  return hello;
}

absl::StatusOr<std::unique_ptr<Run>> LaneClient::Start(const Command& command) {
  absl::Status status = CheckCommand(command);
  if (!status.ok()) return status;
  Outgoing out;
  status = Fill(command, blobs_, &out);
  if (!status.ok()) return status;
  for (int attempt = 1;; ++attempt) {
    const int64_t deaths = deaths_;
    auto state = std::make_shared<RunState>();
    status = Send(out.fds, state, &out.request);
    if (status.ok()) {
      return std::unique_ptr<Run>(
          std::make_unique<RunClient>(this, std::move(state)));
    }
    // Nothing was asked of a launcher that is dead: the next one is.
    if (attempt == kSendTries || !absl::IsAborted(status) ||
        !AwaitDeath(deaths)) {
      return absl::UnavailableError(status.message());
    }
  }
}

// ABORTED where the launcher is dead.
absl::Status LaneClient::Send(const std::vector<int>& fds,
                              const std::shared_ptr<RunState>& state,
                              BoxRequest* request) {
  {
    const std::lock_guard lock(mutex_);
    if (broken_) return absl::UnavailableError("the lane's launcher is gone");
    state->id = request->id = next_id_++;
    runs_[state->id] = state;
    if (!reader_.joinable()) {
      reader_ = std::thread([this] { ReadReports(); });
    }
  }
  const std::string bytes = Encode(*request);
  const std::lock_guard lock(send_mutex_);
  if (SendMessage(socket_.get(), bytes, fds)) return absl::OkStatus();
  // EMFILE and its like are ours; a dead launcher is noticed by the reader.
  const int error = errno;
  const std::string text = absl::StrCat("launcher: ", std::strerror(error));
  const std::lock_guard state_lock(mutex_);
  runs_.erase(state->id);
  return error == EPIPE || error == ECONNRESET ? absl::AbortedError(text)
                                               : absl::UnavailableError(text);
}

// Until the reader has noticed a death after the first `deaths`.
bool LaneClient::AwaitDeath(int64_t deaths) const {
  constexpr absl::Duration kPause = absl::Milliseconds(2);
  const absl::Time end = absl::Now() + kReplaceWaitMax;
  while (deaths_ == deaths) {
    if (absl::Now() > end) return false;
    absl::SleepFor(kPause);
  }
  return true;
}

void LaneClient::Cancel(uint64_t id) {
  const std::lock_guard lock(send_mutex_);
  SendMessage(socket_.get(), EncodeCancel(id), {});
}

void LaneClient::ReadReports() {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (true) {
    if (!ReceiveMessage(socket_.get(), &bytes, &fds) || !Understand(bytes)) {
      if (!Replace()) return;
    }
  }
}

// False for what no launcher of this build says: whom it was meant for cannot
// be known, so none may wait for it.
bool LaneClient::Understand(const std::string& bytes) {
  BoxReport report;
  if (Decode(bytes, &report)) {
    Deliver(std::move(report));
    return true;
  }
  LauncherHello hello;
  const bool decoded = Decode(bytes, &hello);
  greeted_ = decoded && hello.error.empty();
  return decoded;
}

void LaneClient::Deliver(BoxReport report) {
  std::shared_ptr<RunState> state;
  {
    const std::lock_guard lock(mutex_);
    auto found = runs_.find(report.id);
    if (found == runs_.end()) return;
    state = std::move(found->second);
    runs_.erase(found);
  }
  absl::StatusOr<RunResult> result = Convert(std::move(report));
  const std::lock_guard lock(state->mutex);
  state->result = std::move(result);
  state->ended.notify_all();
}

void LaneClient::FailAll(const absl::Status& status) {
  std::map<uint64_t, std::shared_ptr<RunState>> runs;
  {
    const std::lock_guard lock(mutex_);
    runs.swap(runs_);
  }
  for (auto& [id, state] : runs) {
    const std::lock_guard lock(state->mutex);
    state->result = status;
    state->ended.notify_all();
  }
}

// Senders are kept out meanwhile: what is sent afterwards reaches the new
// launcher, and what was sent before is failed.
bool LaneClient::Replace() {
  if (!greeted_) absl::SleepFor(kRestartPause);
  const std::lock_guard send_lock(send_mutex_);
  bool stopping;
  {
    const std::lock_guard lock(mutex_);
    stopping = stopping_;
  }
  ++deaths_;
  FailAll(absl::UnavailableError(
      "the launcher died or is of another build; it is started again"));
  greeted_ = false;
  socket_.reset();  // One that lives still ends with its runs.
  if (!stopping && Spawn().ok()) return true;
  {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  // Those that came in between.
  FailAll(absl::UnavailableError("the lane's launcher is gone"));
  return false;
}

}  // namespace assay::sandbox
