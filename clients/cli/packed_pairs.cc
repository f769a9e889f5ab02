#include "clients/cli/packed_pairs.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace assay::cli {
namespace {

// A batch that broke is sent again in so many parts.
constexpr size_t kParts = 16;

v1::VerifyPairsRequest Pack(const std::vector<const PairLine*>& pairs) {
  v1::VerifyPairsRequest request;
  request.set_responses(pairs[0]->is_response);
  request.set_choice(pairs[0]->choice);
  // Candidates of one problem share their gold.
  std::unordered_map<std::string_view, uint32_t> golds;
  for (const PairLine* pair : pairs) {
    const auto next = static_cast<uint32_t>(golds.size());
    const auto [gold, is_new] = golds.emplace(pair->gold, next);
    if (is_new) {
      request.mutable_golds()->append(pair->gold);
      request.add_gold_sizes_bytes(static_cast<uint32_t>(pair->gold.size()));
    }
    request.add_gold_indices(gold->second);
    request.mutable_answers()->append(pair->answer);
    request.add_answer_sizes_bytes(static_cast<uint32_t>(pair->answer.size()));
  }
  return request;
}

size_t BytesOf(const PairLine& pair) {
  size_t bytes = pair.id.size() + pair.problem.size() + pair.source.size() +
                 pair.gold.size() + pair.answer.size();
  for (const auto& [name, value] : pair.labels) {
    bytes += name.size() + value.size();
  }
  return bytes;
}

// What another version of the server says beyond our words is not guessed.
PairVerdict VerdictAt(const v1::VerifyPairsResponse& response, size_t i) {
  const auto at = [i](const std::string& bytes) -> int {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
  };
  PairVerdict found;
  found.verifier_version = response.verifier_version();
  const int verdict = at(response.verdicts()), cause = at(response.causes());
  if (!v1::Verdict_IsValid(verdict) || verdict == v1::VERDICT_UNSPECIFIED ||
      !v1::Cause_IsValid(cause)) {
    found.verdict = v1::VERDICT_NO_VERDICT;
    found.cause = v1::CAUSE_HOST;
    found.reason = "the server's words are not this client's: verdict " +
                   std::to_string(verdict) + ", cause " + std::to_string(cause);
    return found;
  }
  found.verdict = static_cast<v1::Verdict>(verdict);
  found.cause = static_cast<v1::Cause>(cause);
  if (const int proof = at(response.proofs());
      v1::MathEvidence::Proof_IsValid(proof)) {
    found.proof = static_cast<v1::MathEvidence::Proof>(proof);
  }
  if (const int rung = at(response.rungs()); v1::Rung_IsValid(rung)) {
    found.rung = static_cast<v1::Rung>(rung);
  }
  found.error_bound_bits = at(response.error_bounds_bits());
  if (found.verdict == v1::VERDICT_NO_VERDICT) {
    found.reason = "packed pairs have no reason; `assay explain` tells it";
  }
  return found;
}

}  // namespace

PackedPairs::PackedPairs(Server* server, const RetryOptions& options,
                         PushFunction push)
    : server_(server),
      options_(options),
      push_(std::move(push)),
      channel_(server->NewChannel()) {
  options_.interrupted = [this, asked = options.interrupted] {
    return given_up_.load() || (asked && asked());
  };
  for (int i = 0; i < kCallers; ++i) {
    callers_.emplace_back([this] { Serve(); });
  }
}

PackedPairs::~PackedPairs() {
  given_up_.store(true);
  Fail(absl::CancelledError("given up"));
  for (std::thread& caller : callers_) caller.join();
}

void PackedPairs::Fail(const absl::Status& status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ending_ = true;
  if (status_.ok()) status_ = status;
  changed_.notify_all();
}

absl::Status PackedPairs::status() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return status_;
}

bool PackedPairs::IsKnown() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return pairs_max_ > 0;
}

absl::Status PackedPairs::Hand(Batch* batch) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] {
    return !status_.ok() || waiting_.size() < static_cast<size_t>(kCallers);
  });
  if (!status_.ok()) return status_;
  waiting_.push_back(std::exchange(*batch, Batch()));
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status PackedPairs::Add(PairLine pair, uint64_t position) {
  Batch& batch = open_[(pair.is_response ? 1 : 0) + (pair.choice ? 2 : 0)];
  batch.bytes += BytesOf(pair);
  batch.entries.push_back({std::move(pair), position});
  if (batch.entries.size() < kBatchPairsMax && batch.bytes < kBatchBytesMax) {
    return status();
  }
  return Hand(&batch);
}

absl::Status PackedPairs::Flush() {
  for (Batch& batch : open_) {
    if (batch.entries.empty()) continue;
    if (absl::Status handed = Hand(&batch); !handed.ok()) return handed;
  }
  return status();
}

absl::Status PackedPairs::Finish() {
  if (absl::Status flushed = Flush(); !flushed.ok()) return flushed;
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] {
    return !status_.ok() || (waiting_.empty() && busy_ == 0);
  });
  return status_;
}

void PackedPairs::Serve() {
  const auto stub = v1::Verifier::NewStub(channel_);
  Retry retry(server_, options_);
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    Batch batch = std::move(waiting_.front());
    waiting_.pop_front();
    ++busy_;
    changed_.notify_all();
    lock.unlock();
    retry.Heard();  // Its patience begins now.
    absl::Status sent =
        IsKnown() ? absl::OkStatus() : Probe(stub.get(), &retry);
    if (sent.ok()) sent = Send(std::move(batch), stub.get(), &retry);
    if (!sent.ok()) Fail(sent);
    lock.lock();
    --busy_;
    changed_.notify_all();
  }
}

absl::Status PackedPairs::Probe(v1::Verifier::Stub* stub, Retry* retry) {
  for (;;) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(10));
    v1::Capabilities capabilities;
    grpc::Status status;
    {
      const CancelOnInterrupt watch(&context, options_.interrupted);
      status = stub->GetCapabilities(&context, {}, &capabilities);
    }
    if (retry->interrupted()) return absl::CancelledError("interrupted");
    if (status.ok()) {
      retry->Heard();
      const std::lock_guard<std::mutex> lock(mutex_);
      pairs_max_ = capabilities.limits().batch_pairs_max();
      if (pairs_max_ > 0) return absl::OkStatus();
      return absl::FailedPreconditionError(
          server_->address() +
          ": this server takes no packed pairs; leave --packed out");
    }
    if (!IsTransient(status.error_code())) return FromGrpc(status);
    const absl::Status waited = retry->Wait(status, absl::ZeroDuration());
    if (!waited.ok()) return waited;
  }
}

grpc::Status PackedPairs::Call(const Batch& batch, v1::Verifier::Stub* stub,
                               v1::VerifyPairsResponse* response,
                               absl::Duration* pushback) const {
  std::vector<const PairLine*> pairs;
  pairs.reserve(batch.entries.size());
  for (const Entry& entry : batch.entries) pairs.push_back(&entry.pair);
  grpc::ClientContext context;
  const CancelOnInterrupt watch(&context, options_.interrupted);
  const grpc::Status status =
      stub->VerifyPairs(&context, Pack(pairs), response);
  *pushback = Pushback(context);
  if (status.ok() && response->verdicts().size() != pairs.size()) {
    return {grpc::StatusCode::INTERNAL, "not one verdict a pair"};
  }
  return status;
}

absl::Status PackedPairs::Take(const v1::VerifyPairsResponse& response,
                               Batch* batch) {
  Batch back;
  back.departures_count = batch->departures_count;
  const bool again = batch->departures_count + 1 < kDeparturesMax;
  for (size_t i = 0; i < batch->entries.size(); ++i) {
    Entry& entry = batch->entries[i];
    const PairVerdict found = VerdictAt(response, i);
    if (found.cause == v1::CAUSE_CANCELLED && again) {
      back.entries.push_back(std::move(entry));
      continue;
    }
    absl::Status pushed = push_(entry.pair, entry.position, found);
    if (!pushed.ok()) return pushed;
  }
  *batch = std::move(back);
  return absl::OkStatus();
}

absl::Status PackedPairs::GiveUp(const Batch& batch) {
  PairVerdict ours;
  ours.verdict = v1::VERDICT_NO_VERDICT;
  ours.cause = v1::CAUSE_HOST;
  ours.reason = WhyGivenUp(batch.departures_count);
  for (const Entry& entry : batch.entries) {
    absl::Status pushed = push_(entry.pair, entry.position, ours);
    if (!pushed.ok()) return pushed;
  }
  return absl::OkStatus();
}

absl::Status PackedPairs::SendParts(Batch batch, size_t pairs_max,
                                    v1::Verifier::Stub* stub, Retry* retry) {
  auto at = std::make_move_iterator(batch.entries.begin());
  const auto end = std::make_move_iterator(batch.entries.end());
  while (at != end) {
    const auto count = std::min<ptrdiff_t>(
        end - at, static_cast<ptrdiff_t>(std::max<size_t>(1, pairs_max)));
    Batch part;
    part.entries.assign(at, at + count);
    part.departures_count = batch.departures_count;
    at += count;
    absl::Status sent = Send(std::move(part), stub, retry);
    if (!sent.ok()) return sent;
  }
  return absl::OkStatus();
}

absl::Status PackedPairs::Send(Batch batch, v1::Verifier::Stub* stub,
                               Retry* retry) {
  size_t pairs_max = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!status_.ok()) return status_;
    pairs_max = pairs_max_;
  }
  if (batch.entries.size() > pairs_max) {
    return SendParts(std::move(batch), pairs_max, stub, retry);
  }
  while (!batch.entries.empty()) {
    const size_t count = batch.entries.size();
    v1::VerifyPairsResponse response;
    absl::Duration pushback;
    grpc::Status status = Call(batch, stub, &response, &pushback);
    if (retry->interrupted()) return absl::CancelledError("interrupted");
    retry->Heard();  // However long the call was: its patience begins now.
    if (status.ok()) {
      retry->Succeeded();
      absl::Status taken = Take(response, &batch);
      if (!taken.ok() || batch.entries.empty()) return taken;
      status = {grpc::StatusCode::UNAVAILABLE, "the server is stopping"};
    }
    if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT &&
        count > 1) {  // Its queue may be smaller than the batch.
      return SendParts(std::move(batch), (count + 1) / 2, stub, retry);
    }
    if (!IsTransient(status.error_code())) return FromGrpc(status);
    absl::Status ready = retry->Wait(status, pushback);
    if (ready.ok()) ready = Probe(stub, retry);
    if (!ready.ok()) return ready;
    if (pushback > absl::ZeroDuration()) continue;  // No pair is to blame.
    if (++batch.departures_count >= kDeparturesMax) return GiveUp(batch);
    if (batch.entries.size() > 1) {
      const size_t part = batch.entries.size() / kParts;
      return SendParts(std::move(batch), part, stub, retry);
    }
  }
  return absl::OkStatus();
}

}  // namespace assay::cli
