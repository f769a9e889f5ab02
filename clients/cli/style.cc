#include "clients/cli/style.h"

#include <stdlib.h>
#include <unistd.h>

namespace assay::cli {
namespace {

std::string Styled(const char* code, const std::string& text) {
  static const bool terminal =
      isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nullptr;
  if (!terminal) return text;
  return std::string("\033[") + code + "m" + text + "\033[0m";
}

}  // namespace

std::string Bold(const std::string& text) { return Styled("1", text); }
std::string Dim(const std::string& text) { return Styled("2", text); }
std::string Red(const std::string& text) { return Styled("31", text); }
std::string Green(const std::string& text) { return Styled("32", text); }
std::string Yellow(const std::string& text) { return Styled("33", text); }

std::string Printable(const std::string& text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool control =
        (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    printable += control ? '?' : c;
  }
  return printable;
}

}  // namespace assay::cli
