// Where boxes live on a host that gives no namespaces: a folder of the host's
// own tree, with one folder for each run.
//
//   <folder>/own/server.py      our own files
//   <folder>/lane0.slot3.17/    box/ and tmp/ of one run
//   <folder>/dead/              runs that have ended; swept by the nursery
//
// Trust: what lies in a run's folder is the candidate's: huge, deep,
// unreadable. Threads: none.
#ifndef SANDBOX_LAUNCHER_BARE_FOLDER_H_
#define SANDBOX_LAUNCHER_BARE_FOLDER_H_

#include <string>
#include <vector>

#include "sandbox/launcher/base_root.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {

// Makes it, and removes those of services that died. `lock` is held as long
// as the folder is in use. False with `error` set.
bool MakeBareFolder(const std::vector<OwnFile>& own_files, std::string* folder,
                    UniqueFd* lock, std::string* error);
// Makes box/ and tmp/ of one run, owned by `uid`, and box/ the working
// directory. False with errno.
bool EnterRunFolder(const std::string& run_folder, uint32_t uid);
// Whether box/ and tmp/ hold more than `bytes`, or too many files to count.
bool IsFull(const std::string& run_folder, int64_t bytes);
// A run has ended: nobody finds its folder under its name again.
void BuryRunFolder(const std::string& folder, const std::string& run_folder);
// Buries what a launcher that died left behind.
void BuryLane(const std::string& folder, int lane);
// Removes what is buried.
void SweepBareFolder(const std::string& folder);
void RemoveBareFolder(const std::string& folder);

// A path of a box as it is here: "/box/a.out" lies in <run_folder>/box. The
// same for each place in `text` where /box or /tmp begins a path.
std::string InRunFolder(const std::string& run_folder, const std::string& text);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BARE_FOLDER_H_
