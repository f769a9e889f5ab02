#include "tests/sandbox/tongues.h"

#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr char kJava[] = "/usr/lib/jvm/default-java/bin/java";
constexpr char kJavac[] = "/usr/lib/jvm/default-java/bin/javac";
constexpr char kNode[] = "/usr/bin/node";
constexpr char kBash[] = "/bin/bash";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// A new folder; empty: it cannot be made.
std::string MakeFolder() {
  std::string folder = fs::temp_directory_path() / "assay-test-XXXXXX";
  return mkdtemp(folder.data()) == nullptr ? "" : folder;
}

bool IsThere(const char* program, std::string* why_not) {
  if (access(program, X_OK) == 0) return true;
  *why_not = std::string("no ") + program + " on this host";
  return false;
}

Blob CompileCpp(const HostileFile& file) {
  const std::string folder = MakeFolder();
  const std::string command = "c++ -O1 -w -std=c++17 -pthread -static -o " +
                              folder + "/a.out " + file.path;
  Blob binary;
  if (std::system(command.c_str()) == 0) {
    binary = MakeBlob(ReadFile(folder + "/a.out"));
  }
  fs::remove_all(folder);
  return binary;
}

Command Cpp(const HostileFile& file, std::string* why_not) {
  Command command = Shell("");
  if (std::system("c++ --version > /dev/null 2>&1") != 0) {
    *why_not = "no C++ compiler";
    return command;
  }
  const Blob binary = CompileCpp(file);
  command.argv = {"/box/a.out"};
  if (binary != nullptr) command.files = {{"a.out", binary, 0755}};
  return command;
}

// Every class of every file, by name, compiled together.
using Classes = std::map<std::string, Blob>;

const Classes& AllClasses() {
  static const auto* const classes = [] {
    auto* made = new Classes();
    const std::string folder = MakeFolder();
    std::string command = std::string(kJavac) + " -nowarn -d " + folder;
    for (const HostileFile& file : HostileFiles(ASSAY_HOSTILE)) {
      if (file.language != "java") continue;
      command += " " + file.path + " " + file.TwinPath();
    }
    if (std::system(command.c_str()) == 0) {
      for (const auto& entry : fs::directory_iterator(folder)) {
        (*made)[entry.path().filename().string()] =
            MakeBlob(ReadFile(entry.path().string()));
      }
    }
    fs::remove_all(folder);
    return made;
  }();
  return *classes;
}

// that_name.honest -> ThatNameHonest
std::string ClassName(const std::string& name) {
  std::string made;
  bool starts = true;
  for (char c : name) {
    const bool ends = c == '_' || c == '.';
    if (!ends) made += starts ? static_cast<char>(std::toupper(c)) : c;
    starts = ends;
  }
  return made;
}

Command Java(const HostileFile& file, std::string* why_not) {
  Command command = Shell("");
  if (!IsThere(kJavac, why_not)) return command;
  const std::string name = ClassName(file.name);
  command.policy = "jit";
  command.argv = {kJava,
                  "-XX:+UseSerialGC",
                  "-XX:-UsePerfData",
                  "-Xss4m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  "/box",
                  name};
  for (const auto& [file_name, content] : AllClasses()) {
    if (file_name == name + ".class" || file_name.rfind(name + "$", 0) == 0) {
      command.files.push_back({file_name, content, 0644});
    }
  }
  return command;
}

Command Script(const HostileFile& file, const char* interpreter,
               const char* policy, std::string* why_not) {
  Command command = Shell("");
  if (!IsThere(interpreter, why_not)) return command;
  const std::string name = "main." + file.language;
  command.policy = policy;
  command.argv = {interpreter, name};
  command.files = {{name, MakeBlob(file.source), 0644}};
  return command;
}

}  // namespace

Command InTongue(const HostileFile& file, std::string* why_not) {
  Command command;
  if (file.language == "c") {
    command = Native(file.source);
    if (command.argv.empty()) *why_not = "no C compiler";
  } else if (file.language == "cpp") {
    command = Cpp(file, why_not);
  } else if (file.language == "java") {
    command = Java(file, why_not);
  } else if (file.language == "js") {
    command = Script(file, kNode, "jit", why_not);
  } else if (file.language == "sh") {
    command = Script(file, kBash, "native", why_not);
  } else {
    command = Python(file.source);
  }
  return command;
}

}  // namespace assay::sandbox
