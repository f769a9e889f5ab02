// `assay import`: rows of other data sets in, lines of samples out.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "clients/cli/commands.h"
#include "clients/cli/import_cases.h"
#include "clients/cli/line_reader.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

constexpr int kTellMax = 50;  // Rows told one by one.

struct Flags {
  std::string format;
  std::string path;
  std::string language;
  bool quiet = false;
};

// Counts of one import, and the messages of rows that were not understood.
struct Tally {
  uint64_t written_count = 0;
  uint64_t failed_count = 0;

  void Fail(const std::string& place, const std::string& why) {
    if (++failed_count <= kTellMax) {
      fprintf(stderr, "assay: %s: %s\n", place.c_str(), why.c_str());
    }
  }
};

// Whether stdout took it.
bool ImportLine(const std::string& line, const std::string& place,
                const Flags& flags, Tally* tally) {
  if (line.find_first_not_of(" \t\r") == std::string::npos) return true;
  const auto sample = SampleFromCase(line);
  if (!sample.ok()) {
    tally->Fail(place, std::string(sample.status().message()));
    return true;
  }
  if (!flags.language.empty() &&
      (!sample->has_code() || sample->code().language() != flags.language)) {
    return true;
  }
  ++tally->written_count;
  const std::string out = ToJsonLine(*sample) + "\n";
  return fwrite(out.data(), 1, out.size(), stdout) == out.size();
}

int Import(const Flags& flags) {
  CatchInterrupts();
  const bool is_stdin = flags.path == "-";
  const int fd =
      is_stdin ? STDIN_FILENO : open(flags.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    fprintf(stderr, "assay: %s: %s\n", flags.path.c_str(),
            std::strerror(errno));
    return kExitUsage;
  }
  LineReader reader(fd, &interrupted);
  Tally tally;
  std::string line;
  for (;;) {
    const LineReader::Outcome outcome = reader.Read(&line);
    const std::string place = (is_stdin ? "stdin" : flags.path) + ":" +
                              std::to_string(reader.line_number());
    if (outcome == LineReader::Outcome::kEnd) break;
    if (outcome == LineReader::Outcome::kInterrupted) return kExitInterrupted;
    if (outcome == LineReader::Outcome::kFailed) {
      fprintf(stderr, "assay: %s: %s\n", flags.path.c_str(),
              reader.error().c_str());
      return kExitUsage;
    }
    if (outcome == LineReader::Outcome::kTooLong) {
      tally.Fail(place, "a line longer than this reads");
    } else if (!ImportLine(line, place, flags, &tally)) {
      break;
    }
  }
  if (fflush(stdout) != 0 || ferror(stdout) != 0) {
    fprintf(stderr, "assay: cannot write samples: %s\n", std::strerror(errno));
    return kExitUsage;
  }
  if (!flags.quiet) {
    fprintf(stderr, "assay: %llu samples written, %llu rows not understood\n",
            static_cast<unsigned long long>(tally.written_count),
            static_cast<unsigned long long>(tally.failed_count));
  }
  return tally.failed_count == 0 ? kExitDone : kExitRows;
}

}  // namespace

void AddImport(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "import", "Turn rows of other data sets into lines of samples");
  auto flags = std::make_shared<Flags>();
  command->add_option("FORMAT", flags->format, "cases: labelled cases")
      ->required()
      ->check(CLI::IsMember({"cases"}));
  command
      ->add_option("FILE", flags->path,
                   "Rows, a JSON object a line; - is "
                   "stdin")
      ->required();
  command->add_option("--language", flags->language,
                      "Only code rows of this language");
  command->add_flag("-q,--quiet", flags->quiet, "No summary");
  command->footer(
      "\nSamples go to stdout. A row that is not understood is told on stderr "
      "with\nits line and field; the others are written.\n\n"
      "Exit codes: 0 every row was written; 1 wrong command line, or a file "
      "that\ncannot be read or written; 4 some rows were not understood.");
  command->callback([flags, exit_code] { *exit_code = Import(*flags); });
}

}  // namespace assay::cli
