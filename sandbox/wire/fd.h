// Descriptors: their ownership, and how they travel.
//
//   UniqueFd file = MakeMemoryFile("input", bytes);   // sealed, at offset 0
//   SendMessage(socket, payload, {file.get()});
//
// Errors: false or an invalid descriptor, with errno set.
// Threads: free functions are thread-safe; a UniqueFd is not.
#ifndef SANDBOX_WIRE_FD_H_
#define SANDBOX_WIRE_FD_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::sandbox {

// A message of more bytes than this travels as a memory file.
inline constexpr size_t kInlineBytes = 48 << 10;
// Descriptors beside one message.
inline constexpr size_t kMaxMessageFds = 64;

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(other.release());
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release() {
    int fd = fd_;
    fd_ = -1;
    return fd;
  }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// A memory file that holds `bytes`, sealed against every change.
UniqueFd MakeMemoryFile(const char* name, std::string_view bytes);

// The same file opened once more for reading alone, with an offset of its own.
UniqueFd ReopenToRead(int fd);

// The first `limit` bytes of a regular or memory file, from its start.
bool ReadWhole(int fd, size_t limit, std::string* bytes);
// All bytes, or false.
bool WriteWhole(int fd, std::string_view bytes);

// A connected pair of SOCK_SEQPACKET sockets, close-on-exec.
bool MakeSocketPair(UniqueFd* first, UniqueFd* second);
// One packet. `flags` as for sendmsg (MSG_NOSIGNAL is added).
bool SendPacket(int socket, std::string_view bytes, const std::vector<int>& fds,
                int flags = 0);
// False at end of stream (errno 0) or on error. Descriptors that arrive are
// close-on-exec.
bool ReceivePacket(int socket, std::string* bytes, std::vector<UniqueFd>* fds,
                   int flags = 0);
// As above, for messages of any size: a large one goes as a memory file.
bool SendMessage(int socket, std::string_view bytes,
                 const std::vector<int>& fds, int flags = 0);
bool ReceiveMessage(int socket, std::string* bytes, std::vector<UniqueFd>* fds,
                    int flags = 0);

}  // namespace assay::sandbox

#endif  // SANDBOX_WIRE_FD_H_
