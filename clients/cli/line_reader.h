// Reads lines from a file descriptor within bounded memory, and stays
// interruptible while it waits.
//
//   LineReader reader(fd, &interrupted);
//   std::string line;
//   while (reader.Read(&line) == LineReader::Outcome::kLine) Use(line);
//
// A last line without its newline counts. `\r\n` ends a line as `\n` does.
// Bounds: a line of more than kLineBytesMax is skipped and told as kTooLong.
// Errors: kFailed, with errno's text in error().
// Ownership: the descriptor stays the caller's. Threads: one at a time.
#ifndef CLIENTS_CLI_LINE_READER_H_
#define CLIENTS_CLI_LINE_READER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace assay::cli {

class LineReader {
 public:
  static constexpr size_t kLineBytesMax = size_t{128} << 20;

  enum class Outcome { kLine, kTooLong, kEnd, kInterrupted, kFailed };

  LineReader(int fd, const std::atomic<bool>* interrupted)
      : fd_(fd), interrupted_(interrupted) {}

  Outcome Read(std::string* line);
  // False where the next Read would wait for input that is not there yet.
  bool Ready();
  // Of the line that Read gave last, from 1.
  uint64_t line_number() const { return line_number_; }
  // Bytes consumed so far.
  uint64_t offset_bytes() const { return offset_bytes_; }
  const std::string& error() const { return error_; }

 private:
  enum class Fill { kMore, kEnd, kInterrupted, kFailed };
  Fill FillBuffer();

  int fd_;
  const std::atomic<bool>* interrupted_;
  std::string buffer_;
  size_t begin_ = 0;  // First byte of buffer_ not yet consumed.
  bool at_end_ = false;
  uint64_t line_number_ = 0;
  uint64_t offset_bytes_ = 0;
  std::string error_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_LINE_READER_H_
