// Starts one sandbox for a test program and makes commands for it.
#ifndef TESTS_SANDBOX_BOXES_H_
#define TESTS_SANDBOX_BOXES_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/sandbox.h"

namespace assay::sandbox {

// The sandbox of this test program: one lane, started before any thread.
Sandbox& SharedSandbox();
// Options that every test starts from: where the launcher is, and the walls
// that ASSAY_TEST_WITHOUT, words with blanks between them, takes for absent.
// ASSAY_TEST_LAUNCHER names another launcher than the one of this build.
SandboxOptions TestOptions();

Blob MakeBlob(std::string bytes);
// A shell script as a command; its limits are small.
Command Shell(const std::string& script);
// A python program, cold.
Command Python(const std::string& program);
// A C program, compiled outside once a source, statically where possible.
// Empty argv where there is no compiler.
Command Native(const std::string& source);

// Runs to the end in the shared sandbox; an error fails the test.
RunResult RunOrDie(const Command& command);

// Descendants of this process: "pid name", however deep.
std::vector<std::pair<int, std::string>> Descendants();
// Those that were not there `before`, in which some may have been ending.
std::vector<std::pair<int, std::string>> NewSince(
    const std::vector<std::pair<int, std::string>>& before);
// One of them whose name is `name`; -1: none.
int FindDescendant(const std::string& name);
// The same, once there is one; -1: none within a minute.
int AwaitDescendant(const std::string& name);

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_BOXES_H_
