// The pairs that the benches of mathematics judge: one JSON object a line,
// {"id", "gold", "answer", "response", "choice", "group"}.
//
//   std::vector<PairLine> lines;
//   if (!ReadPairs(path, &lines)) ...  // No file, or no such line.
#ifndef BENCH_PAIR_LINES_H_
#define BENCH_PAIR_LINES_H_

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace assay {

struct PairLine {
  std::string id;
  std::string gold;
  std::string answer;
  bool response = false;
  bool choice = false;
  std::string group;
};

inline bool ReadPairs(const std::string& path, std::vector<PairLine>* lines) {
  std::ifstream file(path);
  if (!file) return false;
  for (std::string line; std::getline(file, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) return false;
    PairLine pair;
    pair.id = json.value("id", "");
    pair.gold = json.value("gold", "");
    pair.answer = json.value("answer", "");
    pair.response = json.value("response", false);
    pair.choice = json.value("choice", false);
    pair.group = json.value("group", "all");
    lines->push_back(std::move(pair));
  }
  return true;
}

}  // namespace assay

#endif  // BENCH_PAIR_LINES_H_
