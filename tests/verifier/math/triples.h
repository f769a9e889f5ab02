// The lines of triples/*.tsv: GOLD tab ANSWER tab what comes out.
//
//   =  equal, both ways round        #  different, both ways round
//   >  equal, but not exchanged      <  different, but equal exchanged
//   ?  undecided or different        !  the answer cannot be read
//
// A line that begins with "# " names a feature.
#ifndef TESTS_VERIFIER_MATH_TRIPLES_H_
#define TESTS_VERIFIER_MATH_TRIPLES_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace assay::math {

struct Triple {
  std::string file;
  int line = 0;
  std::string gold;
  std::string answer;
  char expected = ' ';
};

inline std::vector<Triple> ReadTriples() {
  std::vector<Triple> triples;
  std::set<std::filesystem::path> paths;
  const std::string folder =
      std::string(ASSAY_SOURCE_DIR) + "/tests/verifier/math/triples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".tsv") paths.insert(entry.path());
  }
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path);
    std::string text;
    for (int line = 1; std::getline(in, text); ++line) {
      if (text.empty() || text.compare(0, 2, "# ") == 0) continue;
      const size_t first = text.find('\t');
      const size_t second = text.find('\t', first + 1);
      EXPECT_NE(second, std::string::npos) << path << ":" << line;
      if (second == std::string::npos) continue;
      triples.push_back({path.filename().string(), line, text.substr(0, first),
                         text.substr(first + 1, second - first - 1),
                         text[second + 1]});
    }
  }
  return triples;
}

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_TRIPLES_H_
