// The samples of one or more files, in order, each with its place.
//
//   Input input({"code.jsonl", "-"}, &interrupted);
//   Input::Entry entry;
//   while (input.Next(&entry) == Input::Outcome::kEntry) ...
//
// Blank lines are skipped; a line that is no sample comes as an entry whose
// report says why. `-` is stdin.
// Errors: kFailed, with a message in error(). Threads: one at a time.
#ifndef CLIENTS_CLI_INPUT_H_
#define CLIENTS_CLI_INPUT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/line_reader.h"
#include "clients/cli/pair_line.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {

class Input {
 public:
  struct Entry {
    ParsedLine line;
    std::optional<PairLine> pair;  // Instead of `line`, where asked for.
    uint64_t position = 0;         // Among the samples of all files, from 0.
    // The sample's id, or that of the report.
    std::string id() const {
      if (pair) return pair->id;
      return ReportId(line.report ? line.report->id() : line.sample.id());
    }
  };
  enum class Outcome { kEntry, kEnd, kInterrupted, kFailed };

  // `pairs`: lines of plain mathematics come as such (pair_line.h).
  Input(std::vector<std::string> paths, const std::atomic<bool>* interrupted,
        bool pairs = false)
      : paths_(std::move(paths)), interrupted_(interrupted), pairs_(pairs) {}
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  Outcome Next(Entry* entry);
  // False where Next would wait for input that is not there yet.
  bool Ready();
  const std::string& error() const { return error_; }

  // Lines that hold something, over all files; -1 where one is no regular
  // file, so that its length is not known beforehand.
  static int64_t CountSamples(const std::vector<std::string>& paths);

 private:
  bool OpenNext();
  void CloseFile();

  std::vector<std::string> paths_;
  const std::atomic<bool>* interrupted_;
  const bool pairs_;
  size_t next_path_ = 0;
  int fd_ = -1;
  std::string name_;  // Of the open file, for places.
  std::unique_ptr<LineReader> reader_;
  uint64_t position_ = 0;
  std::string error_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_INPUT_H_
