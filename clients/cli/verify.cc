// `assay verify`: samples of files in, reports out, in one stream.
#include <sys/stat.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/commands.h"
#include "clients/cli/input.h"
#include "clients/cli/output.h"
#include "clients/cli/packed_pairs.h"
#include "clients/cli/progress.h"
#include "clients/cli/server.h"
#include "clients/cli/stream.h"

namespace assay::cli {
namespace {

struct Flags {
  std::vector<std::string> inputs;
  std::string output = "-";
  std::string server;
  size_t window = 0;
  double patience_s = 60;
  bool explain = false;
  bool packed = false;
  bool no_resume = false;
  bool quiet = false;
};

constexpr char kFooter[] = R"(
A line of IN is the proto3 JSON of assay.v1.Sample, a line of OUT that of
assay.v1.Report; docs/SAMPLES.md shows one of every kind. Reports come in the
order of completion; `ordinal` is the sample's position in IN, from 0.

Where OUT is there already, samples with a report in it are skipped and the
others are added, so an interrupted run is resumed by repeating it. Reports
of NO_VERDICT by our own fault are tried again. A line that is no sample gets
a report too: NO_VERDICT, cause INVALID_SAMPLE, naming its place and field.

Exit codes:
  0    every sample has its report, and none failed by our fault
  1    wrong command line, or a file that cannot be read or written
  2    no server could be reached for --patience, or it refused the call
  3    every sample has its report, but some have NO_VERDICT by our fault
  130  interrupted; OUT can be resumed)";

bool SameFile(const std::string& a, const std::string& b) {
  struct stat first;
  struct stat second;
  return stat(a.c_str(), &first) == 0 && stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino &&
         S_ISREG(first.st_mode);
}

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitDone;
    case absl::StatusCode::kCancelled:
      return interrupted.load() ? kExitInterrupted : kExitServer;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kDataLoss:
      return kExitUsage;
    default:
      return kExitServer;
  }
}

// One run of the command: the state that pull and push share.
class Run {
 public:
  explicit Run(const Flags& flags)
      : flags_(flags),
        input_(flags.inputs, &interrupted, flags.packed && !flags.explain) {}

  absl::Status Prepare();
  absl::Status Verify();
  bool AnyOfOurs() const {
    return progress_ != nullptr && progress_->ours_count() > 0;
  }

 private:
  Stream::Pull Pull(Stream::Item* item, bool may_wait);
  absl::Status Push(const v1::Report& report);
  absl::Status PushPair(const PairLine& pair, uint64_t position,
                        const PairVerdict& found);

  const Flags& flags_;
  Input input_;
  std::unique_ptr<Output> output_;
  std::unique_ptr<Progress> progress_;
  PackedPairs* packed_ = nullptr;  // While Verify runs, where asked for.
  absl::Status input_status_;
  absl::Status local_status_;  // Of reports that are written without a server.
};

absl::Status Run::Prepare() {
  for (const std::string& path : flags_.inputs) {
    if (SameFile(path, flags_.output)) {
      return absl::FailedPreconditionError(
          path +
          " would be overwritten by its own reports; name another "
          "file after -o");
    }
    struct stat status;
    if (path != "-" && stat(path.c_str(), &status) != 0) {
      return absl::NotFoundError(path + ": no such file");
    }
  }
  auto output = Output::Open(flags_.output, !flags_.no_resume);
  if (!output.ok())
    return absl::FailedPreconditionError(output.status().message());
  output_ = *std::move(output);
  progress_ = std::make_unique<Progress>(Input::CountSamples(flags_.inputs),
                                         output_->kept_count(), flags_.quiet);
  return absl::OkStatus();
}

Stream::Pull Run::Pull(Stream::Item* item, bool may_wait) {
  for (;;) {
    if (!local_status_.ok()) return Stream::Pull::kEnd;
    if (!may_wait && !input_.Ready()) return Stream::Pull::kNotYet;
    if (packed_ != nullptr && !input_.Ready()) {
      local_status_ = packed_->Flush();
      if (!local_status_.ok()) continue;
    }
    Input::Entry entry;
    switch (input_.Next(&entry)) {
      case Input::Outcome::kEnd:
        return Stream::Pull::kEnd;
      case Input::Outcome::kInterrupted:
        return Stream::Pull::kInterrupted;
      case Input::Outcome::kFailed:
        input_status_ = absl::DataLossError(input_.error());
        return Stream::Pull::kEnd;
      case Input::Outcome::kEntry:
        break;
    }
    if (output_->TakeDone(entry.id())) continue;
    if (entry.pair) {
      local_status_ = packed_->Add(*std::move(entry.pair), entry.position);
      // A sample that was taken before need not wait for more pairs.
      if (!may_wait) return Stream::Pull::kNotYet;
      continue;
    }
    if (entry.line.report) {
      entry.line.report->set_ordinal(entry.position);
      local_status_ = Push(*entry.line.report);
      continue;
    }
    item->sample = std::move(entry.line.sample);
    item->position = entry.position;
    if (flags_.explain) item->sample.set_explain(true);
    return Stream::Pull::kSample;
  }
}

absl::Status Run::Push(const v1::Report& report) {
  const absl::Status written = output_->Append(report);
  if (!written.ok()) return absl::DataLossError(written.message());
  progress_->Count(report);
  return absl::OkStatus();
}

absl::Status Run::PushPair(const PairLine& pair, uint64_t position,
                           const PairVerdict& found) {
  const absl::Status written =
      output_->AppendLine(PairReportLine(pair, position, found));
  if (!written.ok()) return absl::DataLossError(written.message());
  progress_->Count(found.verdict, found.cause);
  return absl::OkStatus();
}

absl::Status Run::Verify() {
  auto server = Server::Open(flags_.server);
  if (!server.ok()) return server.status();
  Stream::Options options;
  options.window = flags_.window;
  options.retry.patience = absl::Seconds(flags_.patience_s);
  options.retry.interrupted = [] { return interrupted.load(); };
  options.retry.notice = [this](const std::string& text) {
    progress_->Notice(text);
  };
  std::optional<PackedPairs> packed;
  if (flags_.packed) {
    packed.emplace(server->get(), options.retry,
                   [this](const PairLine& pair, uint64_t position,
                          const PairVerdict& found) {
                     return PushPair(pair, position, found);
                   });
    packed_ = &*packed;
  }
  Stream stream(server->get(), options);
  absl::Status status =
      stream.Run([this](Stream::Item* item,
                        bool may_wait) { return Pull(item, may_wait); },
                 [this](const v1::Report& report) { return Push(report); });
  if (status.ok() && packed) status = packed->Finish();
  packed.reset();
  progress_->Finish();
  const TestSets& sets = stream.test_sets();
  if (!flags_.quiet && sets.saved_bytes() > 0) {
    fprintf(stderr,
            "assay: %llu test sets sent once each; %.1f MB of tests did not "
            "travel again\n",
            static_cast<unsigned long long>(sets.put_count()),
            static_cast<double>(sets.saved_bytes()) / 1e6);
  }
  if (!status.ok() && !(*server)->LogTail().empty() &&
      !absl::IsCancelled(status)) {
    progress_->Notice("the server's last words:\n" + (*server)->LogTail());
  }
  if (!status.ok()) return status;
  if (!local_status_.ok()) return local_status_;
  return input_status_;
}

int Verify(const Flags& flags) {
  CatchInterrupts();
  Run run(flags);
  absl::Status status = run.Prepare();
  if (status.ok()) status = run.Verify();
  if (status.ok()) return run.AnyOfOurs() ? kExitAgain : kExitDone;
  fprintf(stderr, "assay: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

void AddVerify(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "verify", "Verify a file of samples: one report for each");
  auto flags = std::make_shared<Flags>();
  command
      ->add_option("IN", flags->inputs,
                   "Files of samples, one JSON object a line; - is stdin")
      ->required();
  command
      ->add_option("-o,--output", flags->output,
                   "The file of reports; - is stdout")
      ->capture_default_str();
  command
      ->add_option("--server", flags->server,
                   "unix:/path or host:port. Without it a server is started "
                   "for this run and stopped after it")
      ->envname("ASSAY_SERVER");
  command->add_option("--window", flags->window,
                      "Samples under way at once (default: what the server "
                      "offers a stream)");
  command
      ->add_option("--patience", flags->patience_s,
                   "Seconds without any answer after which to give up")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command->add_flag("--explain", flags->explain,
                    "Ask for all that was found on the way");
  command->add_flag("--packed", flags->packed,
                    "Send plain mathematics packed (VerifyPairs): many times "
                    "quicker, reports without texts, witness and reason");
  command->add_flag("--no-resume", flags->no_resume,
                    "Overwrite OUT instead of going on with it");
  command->add_flag("-q,--quiet", flags->quiet, "No progress, no summary");
  command->footer(kFooter);
  command->callback([flags, exit_code] { *exit_code = Verify(*flags); });
}

}  // namespace assay::cli
