// Landlock by raw system calls: a second wall behind the read-only tree.
//
// The domain may read and execute everything that the box shows, write only
// beneath /box, /tmp and /dev, and neither open TCP ports nor reach abstract
// sockets or signal processes outside.
//
// Sources: linux/landlock.h; constants of newer ABIs are our own.
#ifndef SANDBOX_LAUNCHER_LANDLOCK_H_
#define SANDBOX_LAUNCHER_LANDLOCK_H_

#include <string>
#include <vector>

namespace assay::sandbox {

// 0 where the kernel has none or refuses.
int LandlockAbi();
// Restricts the calling thread for ever. False with errno set.
// Needs no_new_privs. `abi` is LandlockAbi()'s answer, above 0.
bool EnterLandlock(int abi);

// The same in the host's own tree: files and folders beneath which may be
// read and executed, also written, or used as devices. Those that are not
// there are left out.
struct LandlockTree {
  std::vector<std::string> read;
  std::vector<std::string> write;
  std::vector<std::string> device;
};
bool EnterLandlock(int abi, const LandlockTree& tree);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_LANDLOCK_H_
