#include "verifier/code/extract.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace assay::code {
namespace {

struct Fence {
  char mark = 0;
  size_t length = 0;
  size_t indent = 0;
  std::string word;  // Lower case; what follows the marks, up to a space.
  bool alone = false;
};

std::optional<Fence> ReadFence(std::string_view line) {
  Fence fence;
  while (fence.indent < line.size() &&
         (line[fence.indent] == ' ' || line[fence.indent] == '\t')) {
    ++fence.indent;
  }
  line.remove_prefix(fence.indent);
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return std::nullopt;
  fence.mark = line[0];
  while (fence.length < line.size() && line[fence.length] == fence.mark) {
    ++fence.length;
  }
  if (fence.length < 3) return std::nullopt;
  line.remove_prefix(fence.length);
  while (!line.empty() &&
         (line[0] == ' ' || line[0] == '{' || line[0] == '.')) {
    line.remove_prefix(1);
  }
  for (const char c : line) {
    if (std::isspace(static_cast<unsigned char>(c)) || c == '}' || c == ',' ||
        c == ':') {
      break;
    }
    if (c == '`') return std::nullopt;  // Inline code.
    fence.word.push_back(
        static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  fence.alone = line.find_first_not_of(" \t\r") == std::string_view::npos;
  return fence;
}

// `line` without the indent of its fence.
std::string_view Dedent(std::string_view line, size_t indent) {
  size_t i = 0;
  while (i < indent && i < line.size() && (line[i] == ' ' || line[i] == '\t')) {
    ++i;
  }
  return line.substr(i);
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> ExtractProgram(std::string_view response,
                                          const Language& language) {
  std::optional<std::string> found;
  std::optional<Fence> open;
  std::string body;
  const auto wanted = [&language](const Fence& fence) {
    const auto& words = language.fences;
    return fence.word.empty() ||
           std::find(words.begin(), words.end(), fence.word) != words.end();
  };
  while (!response.empty()) {
    const size_t end = std::min(response.find('\n'), response.size());
    const std::string_view line = response.substr(0, end);
    response.remove_prefix(std::min(end + 1, response.size()));
    const std::optional<Fence> fence = ReadFence(line);
    if (!open) {
      if (fence) open = fence;
      body.clear();
      continue;
    }
    if (fence && fence->alone && fence->mark == open->mark &&
        fence->length >= open->length) {
      if (wanted(*open) && !IsBlank(body)) found = body;
      open.reset();
      continue;
    }
    body.append(Dedent(line, open->indent));
    body.push_back('\n');
  }
  if (!found && open && wanted(*open) && !IsBlank(body)) found = body;
  return found;
}

}  // namespace assay::code
