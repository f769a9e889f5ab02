// The subcommands of `assay`. Each adds itself to the command line; its
// callback leaves the exit code in `exit_code`.
//
//   CLI::App app("assay");
//   int exit_code = 0;
//   AddVerify(&app, &exit_code);
//   CLI11_PARSE(app, argc, argv);
//
// Exit codes of all subcommands are the constants below; `assay --help` and
// docs/OPERATIONS.md tell them to people.
#ifndef CLIENTS_CLI_COMMANDS_H_
#define CLIENTS_CLI_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <atomic>

namespace assay::cli {

// Done. `verify`: every sample has its report, none failed by our fault.
inline constexpr int kExitDone = 0;
// A wrong command line, or a file that cannot be read or written.
inline constexpr int kExitUsage = 1;
// No server could be reached, or it refused the call.
inline constexpr int kExitServer = 2;
// `verify`: some samples have NO_VERDICT by our fault (HOST, BROKER, POISON,
// CANCELLED). The same command again tries these again.
inline constexpr int kExitAgain = 3;
// `import`: some rows were not understood; the others were written.
inline constexpr int kExitRows = 4;
// Interrupted; `verify` goes on from there when started again.
inline constexpr int kExitInterrupted = 130;

void AddVerify(CLI::App* app, int* exit_code);
void AddImport(CLI::App* app, int* exit_code);
void AddReport(CLI::App* app, int* exit_code);
void AddExplain(CLI::App* app, int* exit_code);
void AddDoctor(CLI::App* app, int* exit_code);
void AddServe(CLI::App* app, int* exit_code);

// Set by SIGINT, SIGTERM and SIGHUP once CatchInterrupts was called.
extern std::atomic<bool> interrupted;
void CatchInterrupts();

}  // namespace assay::cli

#endif  // CLIENTS_CLI_COMMANDS_H_
