// Lays a warm interpreter out in huge pages, so that its clones cost less.
//
//   OpenHugeHeap();    // First: what is allocated from now on lies together.
//   ... import, exercise ...
//   SettleHugePages(); // Last, before the first clone.
//
// A clone copies one entry of a page table for 2 MB instead of 512, and gives
// as few back when it ends. A page that it writes to is copied alone, as ever.
// The interpreter's machine code is moved too: as memory without a file it is
// inherited, where clones would fault it in again.
//
// Both are wishes: on a host that does not grant them all stays as it was.
//
// Threads: the caller's must be the only one. Source: MADV_COLLAPSE of
// madvise(2), since Linux 6.1; PyObject_SetArenaAllocator of CPython.
#ifndef SANDBOX_FORK_SERVER_HUGE_PAGES_H_
#define SANDBOX_FORK_SERVER_HUGE_PAGES_H_

namespace assay::sandbox {

void OpenHugeHeap();
void SettleHugePages();

}  // namespace assay::sandbox

#endif  // SANDBOX_FORK_SERVER_HUGE_PAGES_H_
