// `assay serve`: the server itself, in place of this program.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/commands.h"
#include "clients/cli/server.h"

namespace assay::cli {
namespace {

int Serve(std::vector<std::string> words) {
  std::string program = ProgramBeside("assayd");
  std::vector<char*> arguments = {program.data()};
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(program.c_str(), arguments.data());
  fprintf(stderr, "assay: cannot start %s: %s\n", program.c_str(),
          std::strerror(errno));
  return kExitServer;
}

}  // namespace

void AddServe(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "serve", "Serve others: runs assayd with the flags that follow");
  // Everything, --help included, is assayd's.
  command->set_help_flag();
  command->prefix_command();
  command->callback(
      [command, exit_code] { *exit_code = Serve(command->remaining()); });
}

}  // namespace assay::cli
