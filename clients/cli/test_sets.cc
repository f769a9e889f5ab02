#include "clients/cli/test_sets.h"

#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/escaping.h"

namespace assay::cli {
namespace {

constexpr std::chrono::seconds kPatience(60);

std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), size});
}

// The tests that are set; null: none are.
const google::protobuf::FieldDescriptor* TestsField(
    const v1::CodeSample& code) {
  const auto* group = v1::CodeSample::descriptor()->FindOneofByName("tests");
  return code.GetReflection()->GetOneofFieldDescriptor(code, group);
}

}  // namespace

void TestSets::Connect(const std::shared_ptr<grpc::Channel>& channel,
                       uint64_t test_set_bytes_max) {
  ++connection_;
  test_set_bytes_max_ = test_set_bytes_max;
  stub_.reset();
  if (channel != nullptr && test_set_bytes_max > 0) {
    stub_ = v1::TestSets::NewStub(channel);
  }
}

TestSets::Known& TestSets::Remember(const std::string& digest) {
  const auto found = index_.find(digest);
  if (found != index_.end()) {
    order_.splice(order_.begin(), order_, found->second);
    return order_.front();
  }
  order_.emplace_front().digest = digest;
  index_[digest] = order_.begin();
  if (order_.size() > kDigestsMax) {
    index_.erase(order_.back().digest);
    order_.pop_back();
  }
  return order_.front();
}

TestSets::Tests TestSets::Take(v1::Sample* sample) {
  if (!sample->has_code()) return nullptr;
  v1::CodeSample& code = *sample->mutable_code();
  const auto* field = TestsField(code);
  if (field == nullptr ||
      field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
    return nullptr;
  }
  const auto* reflection = code.GetReflection();
  if (reflection->GetMessage(code, field).ByteSizeLong() < kTestsBytesMin) {
    return nullptr;
  }
  v1::CodeSample tests;
  reflection->SwapFields(&code, &tests, {field});
  std::string bytes = tests.SerializeAsString();
  std::string digest = Sha256(bytes);
  Known& known = Remember(digest);
  ++known.taken_count;
  Tests shared = known.tests.lock();
  if (shared == nullptr) {
    shared = std::make_shared<const Shared>(
        Shared{std::move(digest), std::move(bytes)});
    known.tests = shared;
  }
  return shared;
}

v1::Sample TestSets::Give(const v1::Sample& sample, const Tests& tests,
                          bool whole, uint64_t inline_bytes_max) {
  v1::Sample wire = sample;
  if (tests == nullptr) return wire;
  Known& known = Remember(tests->digest);
  const bool fits =
      inline_bytes_max == 0 ||
      sample.ByteSizeLong() + tests->bytes.size() + 64 <= inline_bytes_max;
  if (!fits || (known.taken_count > 1 && !whole)) {
    if (known.connection != connection_ && Put(tests)) {
      known.connection = connection_;
    }
    if (known.connection == connection_) {
      wire.mutable_code()->set_test_set(tests->digest);
      return wire;
    }
  }
  wire.mutable_code()->MergeFromString(tests->bytes);
  return wire;
}

void TestSets::CountSent(const v1::Sample& wire, const Tests& tests) {
  if (tests != nullptr && !wire.code().test_set().empty()) {
    saved_bytes_ += tests->bytes.size();
  }
}

bool TestSets::Put(const Tests& tests) {
  if (stub_ == nullptr || tests->bytes.size() > test_set_bytes_max_) {
    return false;
  }
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  v1::FindMissingRequest request;
  request.add_digests(tests->digest);
  v1::FindMissingResponse missing;
  const grpc::Status status = stub_->FindMissing(&context, request, &missing);
  if (!status.ok()) {
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) stub_.reset();
    return false;
  }
  return missing.digests_size() == 0 || Send(tests);
}

bool TestSets::Send(const Tests& tests) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  v1::PutResponse response;
  const auto call = stub_->Put(&context, &response);
  for (size_t begin = 0; begin < tests->bytes.size(); begin += kChunkBytes) {
    v1::PutRequest chunk;
    if (begin == 0) chunk.set_digest(tests->digest);
    chunk.set_chunk(tests->bytes.substr(begin, kChunkBytes));
    if (!call->Write(chunk)) break;
  }
  call->WritesDone();
  if (!call->Finish().ok()) return false;
  ++put_count_;
  return true;
}

}  // namespace assay::cli
