// Large programs are shared by boxes, read-only and unfindable.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/blob_files.h"
#include "sandbox/wire/fd.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::StartsWith;

// A shell script of `size` bytes that prints `word`.
Blob Script(const std::string& word, size_t size) {
  std::string text = "#!/bin/sh\necho " + word + "; exit 0\n";
  text.resize(std::max(size, text.size()), '#');
  return MakeBlob(text);
}

Command WithProgram(const std::string& python, const Blob& blob) {
  Command command = Python(python);
  command.files = {{"prog", blob, 0755}};
  return command;
}

TEST(Store, AProgramIsALinkThatCannotBeChanged) {
  Command command = WithProgram(
      "import os\n"
      "link = os.readlink('/box/prog')\n"
      "folder = os.path.dirname(link)\n"
      "print(link)\n"
      "tries = (lambda: os.listdir(folder), lambda: "
      "os.listdir('/assay/store'),\n"
      "    lambda: open(link, 'r+'), lambda: os.chmod(link, 0o777),\n"
      "    lambda: os.chmod(folder, 0o777), lambda: os.unlink(link),\n"
      "    lambda: open(folder + '/x', 'w'), lambda: os.truncate(link, 0))\n"
      "for trick in tries:\n"
      "    try: trick(); print('worked')\n"
      "    except OSError: pass\n"
      "import sys; sys.stdout.flush()\n"
      "os.execv('/box/prog', ['/box/prog'])\n",
      Script("ran", 200000));
  RunResult first = RunOrDie(command);
  EXPECT_THAT(first.stdout_text, StartsWith("/assay/store/lane0/"));
  EXPECT_EQ(first.stdout_text.substr(first.stdout_text.find('\n')), "\nran\n")
      << first.stderr_text;
  EXPECT_EQ(RunOrDie(command).stdout_text, first.stdout_text);
}

TEST(Store, AFileOfAChannelLiesInPlaceAndCannotBeChanged) {
  if (!SharedSandbox().enforcement().proc) GTEST_SKIP() << "no /proc";
  const UniqueFd file = MakeMemoryFile("headers", "as it was");
  Command command = Python(
      "import os\n"
      "def write(fd): return os.pwrite(fd, b'X', 0)\n"
      "tries = (lambda: write(9), lambda: write(os.open('big', os.O_RDWR)),\n"
      "    lambda: os.truncate('big', 0), lambda: os.ftruncate(9, 0),\n"
      "    lambda: open('big', 'w').write('X'))\n"
      "for trick in tries:\n"
      "    try: trick(); print('worked')\n"
      "    except OSError: pass\n"
      "print(open('big').read(), os.readlink('big'))");
  command.files = {{"big", nullptr, 0644, 9}};
  command.channels = {{9, file.get()}};
  for (int i = 0; i < 2; ++i) {
    RunResult result = RunOrDie(command);
    EXPECT_EQ(result.stdout_text, "as it was /proc/self/fd/9\n")
        << result.stderr_text;
  }
}

TEST(Store, SmallOrWritableFilesAreCopies) {
  Command command = Python(
      "import os\n"
      "for name in ('small', 'data'):\n"
      "    print(os.path.islink(name), end=' ')\n"
      "    with open(name, 'r+') as f: f.write('changed')\n"
      "print(open('data').read(7), os.path.getsize('data'))");
  command.files = {{"small", Script("x", 100), 0755},
                   {"data", MakeBlob(std::string(300000, 'x')), 0644}};
  for (int i = 0; i < 2; ++i) {
    RunResult result = RunOrDie(command);
    EXPECT_EQ(result.stdout_text, "False False changed 300000\n")
        << result.stderr_text;
  }
}

TEST(Store, LargeInputsAreReadFromTheirStart) {
  Command command = Shell("head -c 5; cat <&3 | wc -c");
  command.input = MakeBlob("12345" + std::string(100000, 'x'));
  command.request = MakeBlob(std::string(90000, 'y'));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(RunOrDie(command).stdout_text, "1234590000\n");
  }
}

TEST(Store, MoreThanItHolds) {
  for (int round = 0; round < 2; ++round) {
    std::vector<std::unique_ptr<sandbox::Run>> runs;
    for (int i = 0; i < 30; ++i) {
      Command command = Shell("");
      command.argv = {"/box/prog"};
      command.limits.memory_bytes = int64_t{512} << 20;
      command.files = {{"prog", Script(std::to_string(i), 4 << 20), 0755}};
      auto run = SharedSandbox().lane(0).Start(command);
      ASSERT_TRUE(run.ok()) << run.status();
      runs.push_back(*std::move(run));
    }
    for (int i = 0; i < 30; ++i) {
      auto result = runs[static_cast<size_t>(i)]->Wait();
      ASSERT_TRUE(result.ok());
      EXPECT_EQ(result->stdout_text, std::to_string(i) + "\n")
          << result->setup_error << result->stderr_text;
    }
  }
}

TEST(BlobFiles, OneFileForOneBlob) {
  BlobFiles files;
  Blob large = MakeBlob(std::string(BlobFiles::kSmallestBytes, 'x'));
  EXPECT_EQ(files.Get(nullptr).fd, nullptr);
  EXPECT_EQ(files.Get(MakeBlob("small")).fd, nullptr);
  BlobFiles::Entry first = files.Get(large);
  ASSERT_NE(first.fd, nullptr);
  EXPECT_EQ(files.Get(large).id, first.id);
  EXPECT_EQ(files.Get(large).fd, first.fd);
  // The same text, but another blob, perhaps at a freed one's address.
  for (int i = 0; i < 100; ++i) {
    Blob other = MakeBlob(*large);
    EXPECT_NE(files.Get(other).id, first.id);
  }
  for (size_t i = 0; i < BlobFiles::kKept; ++i) {
    static std::vector<Blob> kept;
    kept.push_back(MakeBlob(*large));
    (void)files.Get(kept.back());
  }
  EXPECT_NE(files.Get(large).id, first.id);  // It went.
}

}  // namespace
}  // namespace assay::sandbox
