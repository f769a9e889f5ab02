#include "sandbox/wire/fd.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace assay::sandbox {
namespace {

// The first byte of a message says where its body is.
constexpr char kBodyInline = 'i';
constexpr char kBodyInFile = 'f';
// No message is larger: results are bounded by the limits of a run.
constexpr size_t kMaxMessageBytes = size_t{4} << 30;

}  // namespace

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

bool WriteWhole(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

UniqueFd MakeMemoryFile(const char* name, std::string_view bytes) {
  UniqueFd fd(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd.valid() || !WriteWhole(fd.get(), bytes) ||
      lseek(fd.get(), 0, SEEK_SET) != 0 ||
      fcntl(fd.get(), F_ADD_SEALS,
            F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
    return UniqueFd();
  }
  return fd;
}

UniqueFd ReopenToRead(int fd) {
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  return UniqueFd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

bool ReadWhole(int fd, size_t limit, std::string* bytes) {
  struct stat info;
  if (fstat(fd, &info) != 0) return false;
  size_t size = std::min(limit, static_cast<size_t>(info.st_size));
  bytes->resize(size);
  size_t have = 0;
  while (have < size) {
    ssize_t n =
        pread(fd, bytes->data() + have, size - have, static_cast<off_t>(have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) break;
    have += static_cast<size_t>(n);
  }
  bytes->resize(have);
  return true;
}

bool MakeSocketPair(UniqueFd* first, UniqueFd* second) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    return false;
  }
  first->reset(pair[0]);
  second->reset(pair[1]);
  return true;
}

bool SendPacket(int socket, std::string_view bytes, const std::vector<int>& fds,
                int flags) {
  if (fds.size() > kMaxMessageFds) {
    errno = E2BIG;
    return false;
  }
  alignas(cmsghdr) char control[CMSG_SPACE(kMaxMessageFds * sizeof(int))];
  iovec part = {const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (!fds.empty()) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(fds.size() * sizeof(int));
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(fds.size() * sizeof(int));
    std::memcpy(CMSG_DATA(header), fds.data(), fds.size() * sizeof(int));
  }
  ssize_t n;
  do {
    n = sendmsg(socket, &message, flags | MSG_NOSIGNAL);
  } while (n < 0 && errno == EINTR);
  return n == static_cast<ssize_t>(bytes.size());
}

bool ReceivePacket(int socket, std::string* bytes, std::vector<UniqueFd>* fds,
                   int flags) {
  alignas(cmsghdr) char control[CMSG_SPACE(kMaxMessageFds * sizeof(int))];
  // Not zeroed anew for each packet, as a string's own bytes would be.
  static thread_local char buffer[kInlineBytes + 64];
  iovec part = {buffer, sizeof(buffer)};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  ssize_t n;
  do {
    n = recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC);
  } while (n < 0 && errno == EINTR);
  fds->clear();
  if (n <= 0) {
    if (n == 0) errno = 0;
    bytes->clear();
    return false;
  }
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
      continue;
    }
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
      fds->emplace_back(fd);
    }
  }
  bytes->assign(buffer, static_cast<size_t>(n));
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
    errno = EMSGSIZE;
    return false;
  }
  return true;
}

bool SendMessage(int socket, std::string_view bytes,
                 const std::vector<int>& fds, int flags) {
  if (bytes.size() <= kInlineBytes) {
    std::string packet;
    packet.reserve(bytes.size() + 1);
    packet += kBodyInline;
    packet += bytes;
    return SendPacket(socket, packet, fds, flags);
  }
  UniqueFd body = MakeMemoryFile("message", bytes);
  if (!body.valid()) return false;
  std::vector<int> all = fds;
  all.push_back(body.get());
  return SendPacket(socket, std::string(1, kBodyInFile), all, flags);
}

bool ReceiveMessage(int socket, std::string* bytes, std::vector<UniqueFd>* fds,
                    int flags) {
  if (!ReceivePacket(socket, bytes, fds, flags)) return false;
  if ((*bytes)[0] == kBodyInline) {
    bytes->erase(0, 1);
    return true;
  }
  if ((*bytes)[0] != kBodyInFile || fds->empty()) {
    errno = EPROTO;
    return false;
  }
  UniqueFd body = std::move(fds->back());
  fds->pop_back();
  return ReadWhole(body.get(), kMaxMessageBytes, bytes);
}

}  // namespace assay::sandbox
