// How many pairs a second does a whole service judge, packed and by message?
//
// usage: pairs_over_grpc PAIRS.jsonl [--batch N] [--rounds N] [--lanes N]
//                        [--in-flight N] [--group NAME] [--assayd PATH]
//
// PAIRS are those of math_pairs. Starts an assayd on a Unix socket and sends
// it all pairs of the group by VerifyPairs, then as messages by Verify, in
// turn, N batches in flight. The verdicts of both are compared first. Prints a
// JSON object: of each way the pairs a second by the wall's clock and the CPU
// time of the service a pair, of its quickest round. The
// service keeps no reports and no findings, so nothing is judged from a cache.
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/pair_lines.h"
#include "grpcpp/grpcpp.h"
#include "proto/assay/v1/verifier.grpc.pb.h"
#include "tests/e2e/daemon.h"

namespace assay {
namespace {

struct Batch {
  v1::VerifyPairsRequest packed;
  v1::VerifyRequest messages;
  std::string packed_verdicts;
  std::string message_verdicts;
};

struct Figures {
  double seconds = 0;      // Of the wall.
  double cpu_seconds = 0;  // Of the service.
};

// Batches of pairs that one VerifyPairs call may hold together.
std::vector<Batch> Cut(const std::vector<PairLine>& lines, int size) {
  std::map<std::pair<bool, bool>, std::vector<const PairLine*>> kinds;
  for (const PairLine& line : lines) {
    kinds[{line.response, line.choice}].push_back(&line);
  }
  std::vector<Batch> batches;
  for (const auto& [kind, pairs] : kinds) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i % static_cast<std::size_t>(size) == 0) {
        batches.emplace_back();
        batches.back().packed.set_responses(kind.first);
        batches.back().packed.set_choice(kind.second);
      }
      const PairLine& pair = *pairs[i];
      v1::VerifyPairsRequest& packed = batches.back().packed;
      packed.mutable_golds()->append(pair.gold);
      packed.add_gold_sizes_bytes(static_cast<uint32_t>(pair.gold.size()));
      packed.mutable_answers()->append(pair.answer);
      packed.add_answer_sizes_bytes(static_cast<uint32_t>(pair.answer.size()));
      v1::Sample& sample = *batches.back().messages.add_samples();
      sample.set_id(pair.id);
      v1::MathSample& math = *sample.mutable_math();
      math.add_gold(pair.gold);
      math.set_choice(pair.choice);
      if (pair.response) {
        math.set_response(pair.answer);
      } else {
        math.set_answer(pair.answer);
      }
    }
  }
  return batches;
}

bool SendPacked(v1::Verifier::Stub& stub, Batch* batch) {
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  if (!stub.VerifyPairs(&context, batch->packed, &response).ok()) return false;
  batch->packed_verdicts = response.verdicts();
  return true;
}

bool SendMessages(v1::Verifier::Stub& stub, Batch* batch) {
  grpc::ClientContext context;
  v1::VerifyResponse response;
  if (!stub.Verify(&context, batch->messages, &response).ok()) return false;
  batch->message_verdicts.clear();
  for (const v1::Report& report : response.reports()) {
    batch->message_verdicts += static_cast<char>(report.verdict());
  }
  return true;
}

// User and system time of the service so far.
double CpuSeconds(const Daemon& daemon) {
  std::ifstream file("/proc/" + std::to_string(daemon.pid()) + "/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream rest(line.substr(line.rfind(')') + 2));
  std::string field;
  double ticks = 0;
  for (int i = 3; i <= 15 && rest >> field; ++i) {
    if (i >= 14) ticks += std::stod(field);
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

template <typename Send>
bool Round(Daemon& daemon, std::vector<Batch>& batches, int in_flight,
           Send send, Figures* best) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> sound{true};
  const double cpu = CpuSeconds(daemon);
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> callers;
  for (int i = 0; i < in_flight; ++i) {
    callers.emplace_back([&] {
      auto stub = daemon.NewStub();
      for (std::size_t at; (at = next++) < batches.size();) {
        if (!send(*stub, &batches[at])) sound = false;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  const std::chrono::duration<double> wall =
      std::chrono::steady_clock::now() - start;
  const double spent = CpuSeconds(daemon) - cpu;
  if (best->seconds == 0 || wall.count() < best->seconds) {
    *best = {wall.count(), spent};
  }
  return sound;
}

void Print(const char* name, const Figures& f, std::size_t pairs,
           const char* end) {
  const auto count = static_cast<double>(pairs);
  std::printf(
      "\"%s\": {\"pairs_per_second\": %.0f, \"service_cpu_us_a_pair\": "
      "%.2f}%s",
      name, count / f.seconds, f.cpu_seconds * 1e6 / count, end);
}

int Main(int argc, char** argv) {
  std::string path, group = "main", assayd = ASSAYD_BINARY;
  int batch = 8192, rounds = 3, lanes = 1, in_flight = 2;
  CLI::App app("How many pairs a second does a whole service judge?");
  app.add_option("PAIRS", path)->required();
  app.add_option("--batch", batch)->check(CLI::Range(1, 8192));
  app.add_option("--rounds", rounds)->check(CLI::Range(1, 1000));
  app.add_option("--lanes", lanes)->check(CLI::Range(1, 1024));
  app.add_option("--in-flight", in_flight)->check(CLI::Range(1, 64));
  app.add_option("--group", group);
  app.add_option("--assayd", assayd);
  CLI11_PARSE(app, argc, argv);
  std::vector<PairLine> lines;
  if (!ReadPairs(path, &lines)) {
    std::fprintf(stderr, "pairs_over_grpc: cannot read %s\n", path.c_str());
    return 1;
  }
  std::erase_if(lines, [&](const PairLine& l) { return l.group != group; });
  std::vector<Batch> batches = Cut(lines, batch);
  Daemon daemon(assayd);
  if (!daemon.Start({"--code-lanes", "1", "--math-lanes", std::to_string(lanes),
                     "--reuse-bytes", "0"})) {
    std::fprintf(stderr, "%s\n", daemon.Log().c_str());
    return 1;
  }
  Figures packed, messages;
  for (int i = 0; i < rounds; ++i) {
    if (!Round(daemon, batches, in_flight, SendPacked, &packed) ||
        !Round(daemon, batches, in_flight, SendMessages, &messages)) {
      std::fprintf(stderr, "pairs_over_grpc: a call failed\n");
      return 1;
    }
  }
  for (const Batch& b : batches) {
    if (b.packed_verdicts == b.message_verdicts) continue;
    std::fprintf(stderr, "pairs_over_grpc: the two ways disagree\n");
    return 1;
  }
  std::printf("{\"pairs\": %zu, \"batch\": %d, ", lines.size(), batch);
  Print("packed", packed, lines.size(), ", ");
  Print("messages", messages, lines.size(), "}\n");
  daemon.Signal(SIGTERM);
  return daemon.Wait();
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::Main(argc, argv); }
