#include "tests/sandbox/hostile_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace assay::sandbox {
namespace {

constexpr char kTwin[] = ".honest";

// "key: value" of a comment line; false: it is none.
bool ReadHead(const std::string& line, HostileFile* file) {
  size_t start = line.rfind("# ", 0) == 0    ? 2
                 : line.rfind("// ", 0) == 0 ? 3
                                             : std::string::npos;
  const size_t colon = line.find(": ");
  if (start == std::string::npos || colon == std::string::npos) return false;
  const std::string key = line.substr(start, colon - start);
  if (key.find(' ') != std::string::npos) return false;
  file->head[key] = line.substr(colon + 2);
  return true;
}

}  // namespace

std::string HostileFile::Said(const std::string& key) const {
  const auto found = head.find(key);
  return found == head.end() ? "" : found->second;
}

std::string HostileFile::TwinPath() const {
  return path.substr(0, path.rfind('.')) + kTwin + "." + language;
}

std::string TestName(const HostileFile& file) {
  return file.kind + "_" + file.name + "_" + file.language;
}

void PrintTo(const HostileFile& file, std::ostream* out) { *out << file.path; }

HostileFile ReadHostileFile(const std::string& path) {
  const std::filesystem::path whole(path);
  HostileFile file;
  file.path = path;
  file.kind = whole.parent_path().filename().string();
  file.name = whole.stem().string();
  file.language = whole.extension().string().substr(1);
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  file.source = text.str();
  std::string line;
  while (std::getline(text, line) && ReadHead(line, &file)) continue;
  return file;
}

std::vector<HostileFile> HostileFiles(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& kind : std::filesystem::directory_iterator(folder)) {
    if (!kind.is_directory()) continue;
    for (const auto& entry : std::filesystem::directory_iterator(kind)) {
      const std::string path = entry.path().string();
      if (entry.path().stem().extension() != kTwin) paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<HostileFile> files;
  for (const std::string& path : paths) files.push_back(ReadHostileFile(path));
  return files;
}

}  // namespace assay::sandbox
