// `assay doctor`: what a server can judge and enforce here, what is missing.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/commands.h"
#include "clients/cli/sample_line.h"
#include "clients/cli/server.h"
#include "clients/cli/style.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

struct Flags {
  std::string server;
  bool json = false;
};

std::string Bytes(uint64_t bytes) {
  if (bytes >= uint64_t{1} << 30 && bytes % (1 << 30) == 0) {
    return absl::StrFormat("%d GiB", bytes >> 30);
  }
  if (bytes >= 1 << 20) return absl::StrFormat("%d MiB", bytes >> 20);
  if (bytes >= 1 << 10) return absl::StrFormat("%d KiB", bytes >> 10);
  return absl::StrFormat("%d bytes", bytes);
}

void PrintLanguages(const v1::Capabilities& capabilities) {
  printf("%s\n", Bold("Languages").c_str());
  for (const v1::Language& language : capabilities.languages()) {
    if (!language.available()) {
      printf("  %s %-8s %s\n", Red("no ").c_str(), language.name().c_str(),
             language.unavailable_reason().c_str());
      continue;
    }
    std::vector<std::string> kinds;
    for (const auto& [kind, integrity] : language.test_kinds()) {
      kinds.push_back(absl::StrCat(kind, " ", IntegrityName(integrity)));
    }
    std::sort(kinds.begin(), kinds.end());
    printf("  %s %-8s %s\n", Green("yes").c_str(), language.name().c_str(),
           language.version().c_str());
    printf("               %s\n", absl::StrJoin(kinds, ", ").c_str());
    for (const v1::Profile& profile : language.profiles()) {
      printf(
          "               profile %s: %s\n", profile.name().c_str(),
          profile.available() ? "warm" : profile.unavailable_reason().c_str());
    }
  }
}

void PrintIsolation(const v1::Capabilities& capabilities) {
  printf("%s\n", Bold("Isolation").c_str());
  printf("  active   %s\n", capabilities.enforcement().c_str());
  for (const std::string& missing : capabilities.missing_enforcement()) {
    printf("  %s  %s\n", Yellow("missing").c_str(), missing.c_str());
  }
}

void PrintLimits(const v1::ServerLimits& limits) {
  printf("%s\n", Bold("Limits").c_str());
  printf("  a message %s, a sample %s, a batch %u samples or %u pairs\n",
         Bytes(limits.message_bytes_max()).c_str(),
         Bytes(limits.sample_bytes_max()).c_str(), limits.batch_samples_max(),
         limits.batch_pairs_max());
  printf("  queue %u samples, stream window %u samples, %u tests a sample\n",
         limits.queue_samples_max(), limits.stream_window_samples(),
         limits.tests_count_max());
  printf("  a test set %s, %s of them kept\n",
         Bytes(limits.test_set_bytes_max()).c_str(),
         Bytes(limits.test_sets_bytes_max()).c_str());
  const v1::Limits& standard = limits.run_default();
  const v1::Limits& most = limits.run_max();
  printf("  a run, by default and at most:\n");
  printf("    CPU time   %u ms, %u ms\n", standard.time_limit_ms(),
         most.time_limit_ms());
  printf("    memory     %s, %s\n",
         Bytes(standard.memory_limit_bytes()).c_str(),
         Bytes(most.memory_limit_bytes()).c_str());
  printf("    stdout     %s, %s\n",
         Bytes(standard.output_limit_bytes()).c_str(),
         Bytes(most.output_limit_bytes()).c_str());
  printf("    processes  %u, %u\n", standard.process_limit_count(),
         most.process_limit_count());
}

// Samples that broke two workers, by source, the worst first.
void PrintPoison(const v1::Capabilities& capabilities) {
  if (capabilities.poisoned_counts().empty()) return;
  constexpr size_t kSourcesMax = 20;
  std::vector<std::pair<uint64_t, std::string>> counts;
  for (const auto& [source, count] : capabilities.poisoned_counts()) {
    counts.emplace_back(count, source);
  }
  std::sort(counts.rbegin(), counts.rend());
  printf("%s\n", Bold("Poison").c_str());
  for (size_t i = 0; i < std::min(counts.size(), kSourcesMax); ++i) {
    printf("  %llu samples of %s broke two workers each\n",
           static_cast<unsigned long long>(counts[i].first),
           counts[i].second.empty() ? "no source" : counts[i].second.c_str());
  }
}

void Print(const v1::Capabilities& capabilities, const std::string& address) {
  printf("%s %s at %s\n", Bold("Verifier").c_str(),
         capabilities.verifier_version().c_str(), address.c_str());
  printf("  lanes: %u code, %u mathematics; evaluators: %s\n",
         capabilities.code_lanes_count(), capabilities.math_lanes_count(),
         absl::StrJoin(capabilities.evaluators(), ", ").c_str());
  printf("  comparisons: %s\n",
         absl::StrJoin(capabilities.comparisons(), ", ").c_str());
  PrintLanguages(capabilities);
  PrintIsolation(capabilities);
  PrintLimits(capabilities.limits());
  PrintPoison(capabilities);
}

int Doctor(const Flags& flags) {
  CatchInterrupts();
  auto server = Server::Open(flags.server);
  if (!server.ok()) {
    fprintf(stderr, "assay: %s\n",
            std::string(server.status().message()).c_str());
    return kExitServer;
  }
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  v1::Capabilities capabilities;
  const grpc::Status status =
      (*server)->NewStub()->GetCapabilities(&context, {}, &capabilities);
  if (!status.ok()) {
    fprintf(stderr, "assay: %s: %s\n", (*server)->address().c_str(),
            status.error_message().c_str());
    return kExitServer;
  }
  if (flags.json) {
    printf("%s\n", ToJsonLine(capabilities).c_str());
  } else {
    Print(capabilities, (*server)->is_child() ? "a Unix socket of its own"
                                              : (*server)->address());
  }
  return kExitDone;
}

}  // namespace

void AddDoctor(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "doctor", "What can be judged and enforced here, and what is missing");
  auto flags = std::make_shared<Flags>();
  command
      ->add_option("--server", flags->server,
                   "unix:/path or host:port. Without it a server is started")
      ->envname("ASSAY_SERVER");
  command->add_flag("--json", flags->json,
                    "One line of proto3 JSON: assay.v1.Capabilities");
  command->callback([flags, exit_code] { *exit_code = Doctor(*flags); });
}

}  // namespace assay::cli
