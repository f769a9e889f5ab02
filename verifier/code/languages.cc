#include "verifier/code/languages.h"

namespace assay::code {
namespace {

Language Python() {
  Language l;
  l.name = "python";
  l.fences = {"python", "python3", "py", "py3"};
  l.source_file = "main.py";
  l.profile = kPythonProfile;
  l.policy = "python";
  l.version = {kPythonInterpreter, "--version"};
  return l;
}

// Static, so that a run of many short tests does not pay a dynamic linker.
Language C() {
  Language l;
  l.name = "c";
  l.fences = {"c"};
  l.source_file = "main.c";
  l.compile = {"/usr/bin/gcc", "-O2",   "-std=gnu17", "-w", "-static",
               "-o",           kBinary, "main.c",     "-lm"};
  l.policy = "native";
  l.version = {"/usr/bin/gcc", "--version"};
  return l;
}

Language Cpp() {
  Language l;
  l.name = "cpp";
  l.fences = {"cpp", "c++", "cc", "cxx"};
  l.source_file = "main.cpp";
  l.compile = {"/usr/bin/g++", "-O2", "-std=c++17", "-w",
               "-static",      "-o",  kBinary,      "main.cpp"};
  l.policy = "native";
  l.version = {"/usr/bin/g++", "--version"};
  return l;
}

}  // namespace

const std::vector<Language>& AllLanguages() {
  static const auto* languages =
      new std::vector<Language>{Python(), C(), Cpp()};
  return *languages;
}

const Language* FindLanguage(std::string_view name) {
  for (const Language& language : AllLanguages()) {
    if (language.name == name) return &language;
  }
  return nullptr;
}

}  // namespace assay::code
