// Settings of toolchains that lie in the host's /etc, copied into the tree
// that boxes see: a mount costs every box, a copy none.
//
//   CopySettings("/host/etc", "/etc");   // alternatives, java-17-openjdk, ...
//
// Bounds: files of 256 KiB, 2048 entries, six levels. What others may not read
// on the host is not copied. Errors: what cannot be copied is left out.
#ifndef SANDBOX_LAUNCHER_SETTINGS_H_
#define SANDBOX_LAUNCHER_SETTINGS_H_

#include <string>

namespace assay::sandbox {

void CopySettings(const std::string& from, const std::string& to);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_SETTINGS_H_
