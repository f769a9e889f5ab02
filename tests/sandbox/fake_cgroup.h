// Control groups in a temporary folder: plain files, filled in as the kernel
// would. What is written stays readable; nothing is enforced.
//
//   FakeCgroup fake;
//   fake.MountV2("memory pids cpu");
//   CgroupTree tree(fake.host());
//
// Threads: one at a time; the last FakeCgroup made is the kernel.
// Source: Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst.
#ifndef TESTS_SANDBOX_FAKE_CGROUP_H_
#define TESTS_SANDBOX_FAKE_CGROUP_H_

#include <string>
#include <vector>

#include "sandbox/launcher/cgroup.h"

namespace assay::sandbox {

class FakeCgroup {
 public:
  FakeCgroup();
  ~FakeCgroup();

  // The hierarchy, and this process in a group "/ours" of it.
  void MountV2(const std::string& controllers);
  void MountV1(const std::string& controller);
  CgroupHost host() const;

  // Files that groups made from now on lack, as on older kernels.
  void Lack(const std::string& file) { lacking_.push_back(file); }
  // Groups made from now on cannot be removed, as with processes in them.
  bool stuck = false;

  std::string ours() const { return folder_ + "/unified/ours"; }
  std::string v1(const std::string& controller) const {
    return folder_ + "/" + controller + "/ours";
  }
  // The one group beneath `parent` whose name begins so; empty: none.
  static std::string Below(const std::string& parent,
                           const std::string& prefix);
  static std::string Read(const std::string& path);
  static void Write(const std::string& path, const std::string& text);

 private:
  static int Make(int parent, const char* name);
  static int Remove(int parent, const char* name);
  void Fill(const std::string& group) const;

  std::string folder_;
  std::string controllers_;
  std::vector<std::string> lacking_;
};

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_FAKE_CGROUP_H_
