// Lays out cells in columns for a terminal.
//
//   Table table({"source", "accepted"});
//   table.Add({"gpt-7", "12"});
//   printf("%s", table.ToString().c_str());
//
// The first column is set left, the others right. A cell counts its
// characters, not its bytes. Threads: plain value.
#ifndef CLIENTS_CLI_TABLE_H_
#define CLIENTS_CLI_TABLE_H_

#include <string>
#include <vector>

namespace assay::cli {

class Table {
 public:
  // Wider cells of the first column are cut in the middle.
  static constexpr size_t kFirstColumnMax = 40;

  explicit Table(std::vector<std::string> header)
      : header_(std::move(header)) {}
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  // A thin line before the next row.
  void AddRule() { rows_.emplace_back(); }
  std::string ToString() const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_TABLE_H_
