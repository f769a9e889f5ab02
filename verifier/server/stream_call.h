// One VerifyStream call: samples in, reports out as they are done.
//
//   return StreamCall::Start(edge, context);
//
// Theory of operation. Four things may happen next, and Advance does all that
// may: admit a sample of the message at hand, read the next message, write
// what is done, finish. The window counts samples, and what they and
// their reports hold, from their decoding until the report is written, so that
// neither a queue that is full nor a client that does not read makes this side
// grow: reading stops, and HTTP/2 flow control stops the client. At most
// one read and one write are outstanding. The messages at hand of all streams
// share a budget (Edge::messages): one that has no part of it stays in gRPC's
// buffers, which have a quota of their own, and is not looked at.
//
// Ends: the client half-closes and all is reported: OK. It dies or cancels,
// or its deadline passes: its samples are cancelled. The server drains: what
// was read is reported, done or CANCELLED, then UNAVAILABLE unless the client
// had half-closed. A message that is no VerifyRequest: INVALID_ARGUMENT after
// the reports of what came before. An empty message is ignored.
//
// Threads: reactions run on gRPC's threads, reports and wakes on the farm's;
// mutex_ guards all. The farm is never cancelled with mutex_ held.
// Ownership: the call owns itself until OnDone.
#ifndef VERIFIER_SERVER_STREAM_CALL_H_
#define VERIFIER_SERVER_STREAM_CALL_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "verifier/report.h"
#include "verifier/server/edge.h"

namespace assay::server {

// Of one response; a single report may be larger.
inline constexpr int kResponseReportsMax = 512;
inline constexpr std::size_t kResponseBytesMax = std::size_t{1} << 20;

// What the window's samples and their reports may hold (farm::CostBytes); one
// sample is always let in.
inline constexpr int64_t kWindowBytesMax = int64_t{256} << 20;

class StreamCall final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
      public Stoppable,
      public std::enable_shared_from_this<StreamCall> {
 public:
  static grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Start(
      Edge& edge, grpc::CallbackServerContext* context);

  StreamCall(Edge& edge, grpc::CallbackServerContext* context)
      : edge_(edge), context_(context) {}

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Stop() override;

 private:
  // Holds mutex_; gives back to the budget after that, because the budget may
  // then call another stream.
  class Lock;

  void OnReport(Report report);
  void OnRoom();
  void OnGranted();
  void CancelSamples(std::string_view why);

  // With mutex_ held. `woken`: the farm said that there is room.
  void OpenMessage();
  void Advance(bool woken = false);
  // No sample of the message at hand is left.
  void ReleaseMessage();
  void AdmitMore(bool woken);
  // Takes the next sample of the message at hand into parked_, or refuses it.
  void DecodeNext();
  void RefuseUnread();
  bool WindowIsFull() const;
  void ReadMore();
  void WriteMore();
  void FinishIfOver();
  absl::Status EndStatus() const;
  bool HasUnread() const {
    return parked_.has_value() || next_ < unread_.size();
  }
  bool Ending() const { return cancelled_ || stopping_ || !failure_.ok(); }

  Edge& edge_;
  grpc::CallbackServerContext* const context_;
  uint64_t farm_call_ = 0;

  std::mutex mutex_;
  std::shared_ptr<StreamCall> self_;
  grpc::ByteBuffer read_buffer_;
  grpc::ByteBuffer write_buffer_;

  grpc::Slice message_;                   // The message at hand,
  std::vector<std::string_view> unread_;  // its samples,
  std::size_t next_ = 0;                  // and the next one of them.
  std::optional<Sample> parked_;          // Decoded; waits for room.
  uint64_t next_ordinal_ = 0;

  std::deque<Report> done_;                      // To be written.
  int64_t window_used_ = 0;                      // Decoded and not yet written,
  int64_t window_bytes_ = 0;                     // what they hold,
  std::unordered_map<uint64_t, int64_t> costs_;  // and each, by ordinal.
  int64_t in_farm_ = 0;   // Admitted and not yet reported.
  int64_t in_write_ = 0;  // In the outstanding write.

  bool reading_ = false;
  bool writing_ = false;
  bool awaiting_ = false;       // The farm will call OnRoom.
  bool asking_ = false;         // The budget will call OnGranted.
  int64_t asked_bytes_ = 0;     // Of the budget, for the message,
  int64_t granted_bytes_ = 0;   // held,
  int64_t returned_bytes_ = 0;  // and to be given back.
  bool half_closed_ = false;
  bool cancelled_ = false;
  bool stopping_ = false;
  bool finished_ = false;
  absl::Status failure_;  // The client broke the contract.
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_STREAM_CALL_H_
