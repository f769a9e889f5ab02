// How long does one warm python test take over gRPC, on an idle service?
//
// usage: one_test_latency [--calls N] [--assayd PATH]
//
// Starts an assayd, and beside it a python that has imported what the service
// warms and forks for each request, without isolation. Both run the same
// one-line program, in turn, one request at a time; every request asks to run
// afresh. Prints percentiles of both in milliseconds, and their ratios.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "proto/assay/v1/verifier.grpc.pb.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kProgram[] = "print(sum(map(int, input().split())))\n";
constexpr char kInput[] = "20 22\n";
constexpr char kExpected[] = "42\n";

// The baseline: a fork of a warm python, stdin and stdout through pipes.
constexpr char kForkServer[] = R"(
import array, bisect, collections, copy, functools, heapq, io, itertools
import json, math, os, random, re, string, sys, typing
program, given, expected = sys.argv[1:4]
gc = __import__('gc')
gc.freeze()
while os.read(0, 1):
    read_in, write_in = os.pipe()
    read_out, write_out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(read_in, 0)
        os.dup2(write_out, 1)
        for fd in (read_in, write_in, read_out, write_out):
            os.close(fd)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
        sys.stdout = io.TextIOWrapper(io.FileIO(1, 'w', closefd=False))
        exec(compile(program, 'main.py', 'exec'), {'__name__': '__main__'})
        sys.stdout.flush()
        os._exit(0)
    os.close(read_in)
    os.close(write_out)
    os.write(write_in, given.encode())
    os.close(write_in)
    out = b''
    while True:
        part = os.read(read_out, 65536)
        if not part:
            break
        out += part
    os.close(read_out)
    os.waitpid(pid, 0)
    os.write(3, b'y' if out.decode() == expected else b'n')
)";

bool Verify(v1::Verifier::Stub& stub) {
  v1::VerifyRequest request;
  *request.add_samples() = Stdio("s", "python", kProgram, kInput, kExpected);
  request.mutable_samples(0)->set_fresh(true);
  grpc::ClientContext context;
  v1::VerifyResponse response;
  return stub.Verify(&context, request, &response).ok() &&
         response.reports(0).verdict() == v1::VERDICT_ACCEPTED;
}

class Fork {
 public:
  Fork() {
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return;
    pid_ = Spawn({"python3", "-c", kForkServer, kProgram, kInput, kExpected},
                 "", {{in[0], 0}, {out[1], 3}});
    close(in[0]);
    close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }
  ~Fork() {
    close(in_);
    close(out_);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);  // Its stdin has ended.
  }
  bool Ask() {
    char answer = 'n';
    return write(in_, "1", 1) == 1 && read(out_, &answer, 1) == 1 &&
           answer == 'y';
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
};

template <typename Ask>
bool Time(const Ask& ask, std::vector<double>* spent_ms) {
  const Clock::time_point begin = Clock::now();
  const bool right = ask();
  spent_ms->push_back(
      std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  return right;
}

double Percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(place)];
}

void Print(const char* name, const std::vector<double>& spent_ms) {
  std::printf("%-8s p50 %6.2f  p90 %6.2f  p99 %6.2f  max %6.2f ms\n", name,
              Percentile(spent_ms, 0.5), Percentile(spent_ms, 0.9),
              Percentile(spent_ms, 0.99), Percentile(spent_ms, 1));
}

int Run(const std::string& assayd, int calls) {
  Daemon service(assayd);
  if (!service.Start({"--log-level", "error"})) {
    std::fprintf(stderr, "assayd does not start: %s\n", service.Log().c_str());
    return 1;
  }
  const auto stub = service.NewStub();
  Fork fork;
  constexpr int kWarmUp = 50;
  std::vector<double> own;
  std::vector<double> bare;
  for (int i = 0; i < kWarmUp + calls; ++i) {
    if (i == kWarmUp) {
      own.clear();
      bare.clear();
    }
    if (!Time([&] { return Verify(*stub); }, &own) ||
        !Time([&] { return fork.Ask(); }, &bare)) {
      std::fprintf(stderr, "a wrong answer\n");
      return 1;
    }
  }
  double load = 0;
  getloadavg(&load, 1);
  std::printf("# one python test, %d calls in turn, load %.1f\n", calls, load);
  Print("assay", own);
  Print("fork", bare);
  std::printf("assay / fork: p50 %.2f, p99 %.2f\n",
              Percentile(own, 0.5) / Percentile(bare, 0.5),
              Percentile(own, 0.99) / Percentile(bare, 0.99));
  service.Signal(SIGTERM);
  return service.Wait();
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  CLI::App app("How long does one warm python test take over gRPC?");
  std::string assayd = ASSAYD_BINARY;
  int calls = 1000;
  app.add_option("--assayd", assayd, "the server")->capture_default_str();
  app.add_option("--calls", calls, "calls of each")
      ->check(CLI::Range(1, 1 << 20));
  CLI11_PARSE(app, argc, argv);
  return assay::Run(assayd, calls);
}
