#include "verifier/server/test_set_calls.h"

#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/server/unary_call.h"

namespace assay::server {
namespace {

// A store of test sets in use gets room when their samples are done.
constexpr absl::Duration kStorePushback = absl::Seconds(1);

}  // namespace

grpc::Status FindMissing(Edge& edge, const v1::FindMissingRequest& request,
                         v1::FindMissingResponse* response) {
  if (request.digests_size() > kFindMissingMax) {
    return ToGrpc(absl::InvalidArgumentError(
        absl::StrCat("more than ", kFindMissingMax, " digests")));
  }
  for (const std::string& digest : request.digests()) {
    if (!IsDigest(digest)) {
      return ToGrpc(absl::InvalidArgumentError(
          "digests: not SHA-256 in lower-case hexadecimal"));
    }
    if (edge.test_sets().Find(digest) == nullptr) response->add_digests(digest);
  }
  return grpc::Status::OK;
}

grpc::ServerReadReactor<v1::PutRequest>* PutCall::Start(
    Edge& edge, grpc::CallbackServerContext* context,
    v1::PutResponse* response) {
  auto* const call = new PutCall(edge, context, response);
  if (edge.stopping()) {
    call->End(absl::UnavailableError("the server is stopping"));
  } else {
    call->StartRead(&call->chunk_);
  }
  return call;
}

void PutCall::OnReadDone(bool ok) {
  if (!ok) return End(Keep());
  const absl::Status status = Take();
  if (!status.ok() || response_->was_there()) return End(status);
  StartRead(&chunk_);
}

absl::Status PutCall::Take() {
  if (digest_.empty()) {
    digest_ = chunk_.digest();
    if (!IsDigest(digest_)) {
      return absl::InvalidArgumentError(
          "digest: not a SHA-256 in lower-case hexadecimal");
    }
    if (edge_.test_sets().Find(digest_) != nullptr) {
      response_->set_was_there(true);
      return absl::OkStatus();
    }
  } else if (!chunk_.digest().empty() && chunk_.digest() != digest_) {
    return absl::InvalidArgumentError("digest: another than before");
  }
  const int64_t more = static_cast<int64_t>(chunk_.chunk().size());
  const int64_t most = edge_.bounds().test_set_bytes_max;
  if (reserved_bytes_ + more > most) {
    return absl::InvalidArgumentError(
        absl::StrCat("a test set of more than ", most, " bytes"));
  }
  if (absl::Status status = edge_.test_sets().Reserve(more); !status.ok()) {
    return status;
  }
  reserved_bytes_ += more;
  bytes_ += chunk_.chunk();
  return absl::OkStatus();
}

absl::Status PutCall::Keep() {
  if (digest_.empty()) return absl::InvalidArgumentError("nothing was sent");
  if (DigestOf(bytes_) != digest_) {
    return absl::InvalidArgumentError(
        absl::StrCat("digest: the ", bytes_.size(), " bytes have another"));
  }
  // What decoding takes for a moment is not in the store's books.
  static std::mutex* const one_at_a_time = new std::mutex;
  std::lock_guard<std::mutex> lock(*one_at_a_time);
  absl::StatusOr<TestSet> set = edge_.decoder().DecodeTestSet(bytes_);
  if (!set.ok()) return set.status();
  response_->set_size_bytes(bytes_.size());
  return edge_.test_sets().Keep(*std::move(set),
                                std::exchange(reserved_bytes_, 0));
}

void PutCall::End(const absl::Status& status) {
  edge_.test_sets().Release(std::exchange(reserved_bytes_, 0));
  if (status.code() == absl::StatusCode::kResourceExhausted) {
    context_->AddTrailingMetadata(
        kPushbackTrailer,
        absl::StrCat(absl::ToInt64Milliseconds(kStorePushback)));
  }
  Finish(ToGrpc(status));
}

void PutCall::OnDone() { delete this; }

}  // namespace assay::server
