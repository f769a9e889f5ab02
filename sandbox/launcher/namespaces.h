// The namespaces of the launchers themselves, and what this host would give.
//
//   Trial trial = TryBoxes(world);       // In children of ours.
//   if (trial.boxes && EnterOwnNamespaces(&error)) ...
//
// Threads: none.
#ifndef SANDBOX_LAUNCHER_NAMESPACES_H_
#define SANDBOX_LAUNCHER_NAMESPACES_H_

#include <string>

#include "sandbox/launcher/world.h"

namespace assay::sandbox {

struct Trial {
  bool boxes = false;  // Namespaces and a tree of their own can be had.
  bool proc = false;   // And a /proc of an own pid namespace.
  std::string reason;  // Why there are no boxes.
  std::string proc_reason;
};

// Builds once, in a child, all that boxes stand on.
Trial TryBoxes(const World& world);

// Root makes a mount namespace at once; anyone else needs a user namespace
// around it. False with `error` set.
bool EnterOwnNamespaces(std::string* error);

// Whether a test takes this wall for absent.
bool Without(const World& world, const char* wall);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_NAMESPACES_H_
