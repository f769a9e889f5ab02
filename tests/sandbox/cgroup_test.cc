// Control groups of both versions, on a folder that plays the kernel: what is
// found, what is written, what is read, and what is left.
#include "sandbox/launcher/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/sandbox/fake_cgroup.h"

namespace assay::sandbox {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr int64_t kMiB = int64_t{1} << 20;

BoxLimits Limits(int64_t memory_bytes) {
  BoxLimits limits;
  limits.memory_bytes = memory_bytes;
  return limits;
}

class Cgroup : public ::testing::Test {
 protected:
  // The tree's own group, once it is open.
  std::string Top() const { return FakeCgroup::Below(fake_.ours(), "assay-"); }
  std::string Slot() const { return FakeCgroup::Below(Top(), "slot"); }
  static std::string Read(const std::string& path) {
    return FakeCgroup::Read(path);
  }
  static void Write(const std::string& path, const std::string& text) {
    FakeCgroup::Write(path, text);
  }

  FakeCgroup fake_;
  std::string reason_;
};

TEST_F(Cgroup, NoneIsMounted) {
  CgroupTree tree(fake_.host());
  EXPECT_FALSE(tree.Open(&reason_));
  EXPECT_EQ(reason_, "v2: not mounted; v1: memory is not mounted");
  EXPECT_EQ(tree.version(), CgroupVersion::kNone);
  // Slots of no tree bound nothing, and are no error.
  CgroupSlot slot(&tree, "slot");
  EXPECT_TRUE(slot.Begin(Limits(kMiB), 3) && slot.Attach(getpid()));
  EXPECT_EQ(slot.CpuNs() + slot.PeakBytes() + slot.OomKills(), 0);
  slot.End();
}

TEST_F(Cgroup, V2HandsTheControllersDown) {
  fake_.MountV2("cpuset cpu io memory hugetlb pids");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  EXPECT_EQ(tree.version(), CgroupVersion::kV2);
  EXPECT_THAT(Read(Top() + "/cgroup.subtree_control"),
              StartsWith("+memory +pids"));
  tree.Remove();
  EXPECT_THAT(Top(), IsEmpty());
}

TEST_F(Cgroup, V2NeedsBothControllers) {
  for (const char* controllers :
       {"", "hugetlb", "memory cpu", "pids memory2"}) {
    FakeCgroup fake;
    fake.MountV2(controllers);
    CgroupTree tree(fake.host());
    EXPECT_FALSE(tree.Open(&reason_)) << controllers;
    EXPECT_THAT(reason_, StartsWith("v2: no controller "));
  }
}

TEST_F(Cgroup, V2ThatIsNotDelegatedSaysSo) {
  if (geteuid() == 0) {
    // Root may write everything that is there.
    fake_.Lack("cgroup.subtree_control");
    fake_.MountV2("memory pids");
  } else {
    fake_.MountV2("memory pids");
    chmod((fake_.ours() + "/cgroup.subtree_control").c_str(), 0444);
    chmod(fake_.ours().c_str(), 0555);
  }
  CgroupTree tree(fake_.host());
  EXPECT_FALSE(tree.Open(&reason_));
  EXPECT_THAT(reason_, StartsWith("v2: not delegated: "));
  if (geteuid() == 0) {
    // Processes beside groups with controllers are forbidden: ours moved.
    EXPECT_EQ(Read(fake_.ours() + "/assay-service/cgroup.procs"),
              std::to_string(getpid()));
  }
  chmod(fake_.ours().c_str(), 0755);
}

TEST_F(Cgroup, HybridTakesV1WhereV2HasNoControllers) {
  fake_.MountV2("hugetlb");
  for (const char* name : {"memory", "pids", "cpuacct"}) fake_.MountV1(name);
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  EXPECT_EQ(tree.version(), CgroupVersion::kV1);
  EXPECT_EQ(tree.folders().size(), 3u);
  tree.Remove();
  EXPECT_THAT(FakeCgroup::Below(fake_.v1("memory"), "assay-"), IsEmpty());
}

TEST_F(Cgroup, HybridTakesV2WhereItHasThem) {
  fake_.MountV2("memory pids");
  fake_.MountV1("cpuacct");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  EXPECT_EQ(tree.version(), CgroupVersion::kV2);
}

TEST_F(Cgroup, V2SlotSetsLimitsAndReadsUsage) {
  fake_.MountV2("memory pids");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  CgroupSlot slot(&tree, "slot");
  ASSERT_TRUE(slot.Begin(Limits(64 * kMiB), 17));
  const std::string group = Slot();
  EXPECT_EQ(Read(group + "/memory.max"), std::to_string(64 * kMiB));
  EXPECT_THAT(Read(group + "/memory.swap.max"), StartsWith("0"));
  EXPECT_EQ(Read(group + "/memory.oom.group"), "1");
  EXPECT_THAT(Read(group + "/pids.max"), StartsWith("17"));
  EXPECT_TRUE(slot.EntranceFds().empty());
  ASSERT_TRUE(slot.Attach(4321));
  EXPECT_THAT(Read(group + "/cgroup.procs"), StartsWith("4321"));
  EXPECT_THAT(slot.Pids(), ::testing::ElementsAre(4321));
  Write(group + "/cpu.stat", "usage_usec 2500\nuser_usec 1\nsystem_usec 9\n");
  Write(group + "/memory.peak", std::to_string(9 * kMiB) + "\n");
  Write(group + "/memory.events", "low 0\nmax 7\noom 2\noom_kill 1\n");
  EXPECT_EQ(slot.CpuNs(), 2500000);
  EXPECT_EQ(slot.PeakBytes(), 9 * kMiB);
  EXPECT_TRUE(slot.keeps_peak());
  EXPECT_EQ(slot.OomKills(), 1);
  Write(group + "/cgroup.procs", "");
  slot.End();
  EXPECT_THAT(Slot(), IsEmpty());
}

TEST_F(Cgroup, V2OfAnOldKernelIsLookedAt) {
  fake_.Lack("memory.peak");       // Before 5.19.
  fake_.Lack("memory.oom.group");  // Before 4.19.
  fake_.Lack("memory.swap.max");   // Without swap.
  fake_.Lack("cgroup.kill");       // Before 5.14.
  fake_.MountV2("memory pids");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  CgroupSlot slot(&tree, "slot");
  ASSERT_TRUE(slot.Begin(Limits(kMiB), 1));
  EXPECT_FALSE(slot.keeps_peak());
  const std::string current = Slot() + "/memory.current";
  for (const int64_t bytes : {3 * kMiB, 8 * kMiB, 2 * kMiB}) {
    Write(current, std::to_string(bytes));
    slot.Look();
  }
  EXPECT_EQ(slot.PeakBytes(), 8 * kMiB);
  slot.End();
  // The next run starts from nothing.
  ASSERT_TRUE(slot.Begin(Limits(kMiB), 1));
  EXPECT_EQ(slot.PeakBytes(), 0);
}

TEST_F(Cgroup, V2GroupThatStaysLendsNothingToTheNextRun) {
  fake_.MountV2("memory pids");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  CgroupSlot slot(&tree, "slot");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(slot.Begin(Limits(kMiB), 1));
    EXPECT_EQ(slot.CpuNs() + slot.PeakBytes() + slot.OomKills(), 0) << i;
    for (const auto& entry : std::filesystem::directory_iterator(Top())) {
      if (!entry.is_directory()) continue;
      Write(entry.path() / "cpu.stat", "usage_usec 77\n");
      Write(entry.path() / "memory.peak", "77\n");
      Write(entry.path() / "memory.events", "oom_kill 7\n");
    }
    EXPECT_EQ(slot.CpuNs(), 77000);
    fake_.stuck = true;
    slot.End();
    fake_.stuck = false;
  }
}

TEST_F(Cgroup, V1SlotIsResetBetweenRuns) {
  for (const char* name : {"memory", "pids", "cpuacct"}) fake_.MountV1(name);
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  CgroupSlot slot(&tree, "slot");
  ASSERT_TRUE(slot.Begin(Limits(32 * kMiB), 5));
  auto group = [this](const char* name) {
    return FakeCgroup::Below(FakeCgroup::Below(fake_.v1(name), "assay-"),
                             "slot");
  };
  EXPECT_THAT(Read(group("memory") + "/memory.limit_in_bytes"),
              StartsWith(std::to_string(32 * kMiB)));
  EXPECT_THAT(Read(group("memory") + "/memory.swappiness"), StartsWith("0"));
  EXPECT_THAT(Read(group("pids") + "/pids.max"), StartsWith("5"));
  const std::vector<int> entrances = slot.EntranceFds();
  ASSERT_EQ(entrances.size(), 3u);
  for (const int fd : entrances) ASSERT_EQ(write(fd, "0", 1), 1);
  for (const char* name : {"memory", "pids", "cpuacct"}) {
    EXPECT_EQ(Read(group(name) + "/tasks"), "0") << name;
  }
  Write(group("cpuacct") + "/cpuacct.usage", "5000\n");
  Write(group("memory") + "/memory.oom_control", "under_oom 0\noom_kill 2\n");
  EXPECT_EQ(slot.CpuNs(), 5000);
  EXPECT_EQ(slot.OomKills(), 2);
  slot.End();
  // The same group again: counters count from here.
  const std::string before = group("memory");
  Write(group("memory") + "/memory.max_usage_in_bytes", "4096");
  ASSERT_TRUE(slot.Begin(Limits(16 * kMiB), 5));
  EXPECT_EQ(group("memory"), before);
  EXPECT_EQ(slot.CpuNs(), 0);
  EXPECT_EQ(slot.OomKills(), 0);
  EXPECT_THAT(Read(group("memory") + "/memory.limit_in_bytes"),
              StartsWith(std::to_string(16 * kMiB)));
}

TEST_F(Cgroup, V1WithoutPidsOrCpuacctStillBoundsMemory) {
  fake_.MountV1("memory");
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  CgroupSlot slot(&tree, "slot");
  EXPECT_TRUE(slot.Begin(Limits(kMiB), 5));
  EXPECT_EQ(slot.EntranceFds().size(), 1u);
  EXPECT_EQ(slot.CpuNs(), 0);
}

TEST_F(Cgroup, WhatADeadServiceLeftIsRemovedAtTheStart) {
  fake_.MountV2("memory pids");
  const std::string dead = fake_.ours() + "/assay-0123456789ab";
  const std::string others = fake_.ours() + "/assay-of-others";
  const std::string leaf = fake_.ours() + "/assay-service";
  for (const std::string& path : {dead, others, leaf}) {
    std::filesystem::create_directories(path + "/lane0.slot1");
    Write(path + "/cgroup.kill", "");
    Write(path + "/cgroup.procs", "12\n");
  }
  CgroupTree living(fake_.host());
  ASSERT_TRUE(living.Open(&reason_)) << reason_;
  const std::string top = Top();
  CgroupTree tree(fake_.host());
  ASSERT_TRUE(tree.Open(&reason_)) << reason_;
  EXPECT_FALSE(std::filesystem::exists(dead));
  EXPECT_TRUE(std::filesystem::exists(others));
  // Nobody else's processes are killed, and ours least of all.
  EXPECT_EQ(Read(leaf + "/cgroup.kill"), "");
  EXPECT_EQ(Read(others + "/cgroup.kill"), "");
  // The living one is locked.
  EXPECT_TRUE(std::filesystem::exists(top)) << top;
}

}  // namespace
}  // namespace assay::sandbox
