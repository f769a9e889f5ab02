// Hostile programs and their honest twins, one a file, by kind of trick.
//
//   for (const HostileFile& trick : HostileFiles(folder)) Run(trick.source);
//
// A folder holds one folder a kind, "16_daemons", and each of these pairs
// NAME.LANGUAGE and NAME.honest.LANGUAGE, the twin, which does by fair means
// what resembles the trick. A file begins with comment lines "key: value",
// whose keys its test explains.
#ifndef TESTS_SANDBOX_HOSTILE_FILES_H_
#define TESTS_SANDBOX_HOSTILE_FILES_H_

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace assay::sandbox {

struct HostileFile {
  std::string kind;      // "16_daemons"
  std::string name;      // "nohup"
  std::string language;  // The ending: "py", "c", "cpp", "java", "js", "sh".
  std::string path;
  std::string source;
  std::map<std::string, std::string> head;

  // "" where the file does not say it.
  std::string Said(const std::string& key) const;
  std::string TwinPath() const;
};

// "16_daemons_nohup_sh"
std::string TestName(const HostileFile& file);
void PrintTo(const HostileFile& file, std::ostream* out);

// The file of this path, which lies in the folder of its kind.
HostileFile ReadHostileFile(const std::string& path);
// Every trick below `folder`, without the twins, in the order of paths.
std::vector<HostileFile> HostileFiles(const std::string& folder);

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_HOSTILE_FILES_H_
