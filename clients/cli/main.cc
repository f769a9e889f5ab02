// The `assay` command: a client of the farm, speaking nothing but gRPC.
#include <CLI/CLI.hpp>

#include "absl/synchronization/mutex.h"
#include "clients/cli/commands.h"

int main(int argc, char** argv) {
  // Debian's Abseil looks for deadlocks at every lock by default.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  CLI::App app(
      "Assay verifies model-written code and mathematics, and keeps the gold.",
      "assay");
  app.require_subcommand(1);
  app.footer(
      "\nExit codes: 0 done; 1 wrong command line or file; 2 no server; "
      "3 some\nsamples failed by our fault, run again; 4 some rows not "
      "understood;\n130 interrupted. `assay COMMAND --help` tells more.");
  int exit_code = assay::cli::kExitDone;
  assay::cli::AddVerify(&app, &exit_code);
  assay::cli::AddImport(&app, &exit_code);
  assay::cli::AddReport(&app, &exit_code);
  assay::cli::AddExplain(&app, &exit_code);
  assay::cli::AddDoctor(&app, &exit_code);
  assay::cli::AddServe(&app, &exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : assay::cli::kExitUsage;
  }
  return exit_code;
}
