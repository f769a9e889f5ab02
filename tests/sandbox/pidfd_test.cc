// Both ways to a pidfd's process name it, alive and dead, here and not there.
#include "sandbox/launcher/pidfd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

UniqueFd OpenPidfd(pid_t pid) {
  return UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

TEST(Pidfd, NamesAChildUntilItIsReaped) {
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  UniqueFd pidfd = OpenPidfd(child);
  EXPECT_EQ(PidOf(pidfd.get()), child);
  EXPECT_EQ(PidFromFdinfo(pidfd.get()), child);
  kill(child, SIGKILL);
  siginfo_t info = {};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT),
            0);
  EXPECT_EQ(PidOf(pidfd.get()), child);
  EXPECT_EQ(PidFromFdinfo(pidfd.get()), child);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(PidOf(pidfd.get()), -1);
  EXPECT_EQ(PidFromFdinfo(pidfd.get()), -1);
}

TEST(Pidfd, OfOurselves) {
  UniqueFd pidfd = OpenPidfd(getpid());
  EXPECT_EQ(PidOf(pidfd.get()), getpid());
}

TEST(Pidfd, OtherDescriptorsHaveNone) {
  UniqueFd null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(PidOf(null.get()), -1);
  EXPECT_EQ(PidOf(-1), -1);
}

}  // namespace
}  // namespace assay::sandbox
