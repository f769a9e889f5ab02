// What do the boxes of this test program leave behind? One text, equal before
// and after a run that leaves nothing.
//
//   const std::string before = Residue();
//   RunOrDie(command);
//   EXPECT_EQ(Residue(), before);
//
// It names this program's descendants with their open descriptors and mounts,
// what is in their control groups, and what a fresh box finds: files,
// processes, mounts, System V objects, keys, sockets, locks, its host's name.
// What cannot be read on this host is left out of both.
#ifndef TESTS_SANDBOX_RESIDUE_H_
#define TESTS_SANDBOX_RESIDUE_H_

#include <string>

namespace assay::sandbox {

std::string Residue();

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_RESIDUE_H_
