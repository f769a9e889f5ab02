// Which process stands behind a pidfd?
//
//   pid_t pid = PidOf(pidfd.get());
//
// Its number in our own pid namespace, as long as it is not reaped; -1 where
// it has none there. Linux 6.13 and later are asked by a call; others by
// /proc/self/fdinfo, which takes some thirty times as long.
//
// Threads: none. Source: ioctl PIDFD_GET_INFO of linux/pidfd.h.
#ifndef SANDBOX_LAUNCHER_PIDFD_H_
#define SANDBOX_LAUNCHER_PIDFD_H_

#include <sys/types.h>

namespace assay::sandbox {

pid_t PidOf(int pidfd);
// The slow way, on every kernel.
pid_t PidFromFdinfo(int pidfd);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_PIDFD_H_
