// Users of boxes: which host ids they map to, and how they are mapped.
//
// Where the host maps enough ids to us, each slot of each lane has its own;
// otherwise all boxes share ours, apart only by their user namespaces.
#ifndef SANDBOX_LAUNCHER_IDS_H_
#define SANDBOX_LAUNCHER_IDS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace assay::sandbox {

// The user that a candidate sees itself as in a cold box.
inline constexpr uint32_t kBoxUid = 1000;
// Ids of one lane: a fork server's own, then one for each slot.
inline constexpr uint32_t kIdsPerLane = 128;

struct IdRange {
  bool separate = false;
  uint32_t first = 0;  // Of lane 0, where separate.

  // The outer id of a slot, in the launcher's namespace. Slot -1: the lane's
  // fork servers.
  uint32_t Of(int lane, int slot) const {
    if (!separate) return 0;
    return first + static_cast<uint32_t>(lane) * kIdsPerLane +
           static_cast<uint32_t>(slot + 1);
  }
};

// Looks at the ids mapped to this process (which is privileged). `lanes`
// lanes need kIdsPerLane each.
IdRange FindIdRange(int lanes);

// Maps ids [inner, inner + count) of a fresh user namespace to [outer, ...).
// Needs /proc of our pid namespace. False with errno.
bool WriteIdMaps(pid_t pid, uint32_t inner, uint32_t outer, uint32_t count);

// As an unprivileged user: maps id 0 of our own fresh namespace to `uid`.
bool MapSelfToRoot(uid_t uid, gid_t gid);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_IDS_H_
