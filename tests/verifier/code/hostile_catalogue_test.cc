// The files of tricks, counted: every kind of the catalogue, every language,
// and an honest twin for each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sandbox/hostile_files.h"

namespace assay::sandbox {
namespace {

constexpr size_t kTricksMin = 90;
constexpr int kTricksOfKindMin = 2;
constexpr char kRoot[] = ASSAY_SOURCE_DIR "/tests/";

// The 30 kinds by which programs have cheated judges or left their boxes.
constexpr const char* kKinds[] = {
    "01_early_exit",
    "02_always_equal",
    "03_patched_judge",
    "04_memory_hunt",
    "05_inherited_secrets",
    "06_forged_frames",
    "07_swallowed_failures",
    "08_clocks_and_alarms",
    "09_state_between_tests",
    "10_hard_coded",
    "11_changed_arguments",
    "12_test_collection",
    "13_compiler_attacks",
    "14_native_hooks",
    "15_bombs",
    "16_daemons",
    "17_signals_and_tracing",
    "18_memory",
    "19_disk",
    "20_output",
    "21_collected_files",
    "22_value_bombs",
    "23_hidden_time",
    "24_sockets",
    "25_covert_channels",
    "26_kernel_surface",
    "27_chance",
    "28_shadowed_modules",
    "29_warm_interpreter",
    "30_caches",
};

std::vector<HostileFile> AllTricks() {
  std::vector<HostileFile> all;
  for (const char* folder : {"sandbox/hostile", "verifier/code/hostile"}) {
    for (HostileFile& file : HostileFiles(std::string(kRoot) + folder)) {
      all.push_back(std::move(file));
    }
  }
  return all;
}

TEST(Catalogue, HasEveryKindAndNoOther) {
  std::map<std::string, int> counts;
  for (const HostileFile& trick : AllTricks()) ++counts[trick.kind];
  for (const char* kind : kKinds) {
    EXPECT_GE(counts[kind], kTricksOfKindMin) << kind;
  }
  EXPECT_EQ(counts.size(), std::size(kKinds));
}

TEST(Catalogue, HasEnoughOfEveryLanguage) {
  std::map<std::string, int> counts;
  for (const HostileFile& trick : AllTricks()) ++counts[trick.language];
  EXPECT_GE(AllTricks().size(), kTricksMin);
  for (const char* language : {"py", "c", "cpp", "java", "js", "sh"}) {
    EXPECT_GE(counts[language], 10) << language;
  }
}

TEST(Catalogue, EachHasATwinThatDiffers) {
  std::set<std::string> sources;
  for (const HostileFile& trick : AllTricks()) {
    EXPECT_TRUE(trick.Said("outcome").size() + trick.Said("refused").size() > 0)
        << trick.path;
    ASSERT_TRUE(std::filesystem::exists(trick.TwinPath())) << trick.path;
    const HostileFile twin = ReadHostileFile(trick.TwinPath());
    EXPECT_NE(twin.Said("honest"), "") << twin.path;
    EXPECT_TRUE(sources.insert(trick.source).second) << trick.path;
    EXPECT_TRUE(sources.insert(twin.source).second) << twin.path;
  }
}

// A twin whose trick has gone is no one's twin.
TEST(Catalogue, NoTwinIsAlone) {
  size_t files = 0;
  for (const char* folder : {"sandbox/hostile", "verifier/code/hostile"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::string(kRoot) + folder)) {
      files += entry.is_regular_file();
    }
  }
  EXPECT_EQ(files, 2 * AllTricks().size());
}

}  // namespace
}  // namespace assay::sandbox
