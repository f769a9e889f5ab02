// Which cores a lane and its boxes use.
//
//   cores = KeepToOneCore(first + lane);  // The launcher, its fork servers.
//   UseCores(cores);                      // The box, before its command runs.
//
// A clone that starts on its maker's core finds warm caches, and no other
// core has to be told of each page that it copies: on two cores that was a
// sixth of a warm run's time. The command itself runs where there is room.
//
// Threads: each call is about the calling thread.
#ifndef SANDBOX_LAUNCHER_CORES_H_
#define SANDBOX_LAUNCHER_CORES_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace assay::sandbox {

// Keeps the caller to one of its cores, the `index`th of them counted around.
// The cores that it had, for UseCores; empty where it had one alone or they
// cannot be told, and nothing was changed.
std::string KeepToOneCore(uint32_t index);

// Keeps a process of ours to the cores that we have, where that may be.
void ShareCores(pid_t pid);

// Takes these cores again. A wish: those that a host has taken away meanwhile
// are not missed.
void UseCores(const std::string& cores);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_CORES_H_
