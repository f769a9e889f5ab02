#include "clients/cli/table.h"

#include <algorithm>

#include "clients/cli/style.h"

namespace assay::cli {
namespace {

bool IsTail(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

size_t Width(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return !IsTail(c); }));
}

// At most `width` characters, the middle left out.
std::string Cut(const std::string& text, size_t width) {
  if (Width(text) <= width) return text;
  std::vector<std::string> characters;
  for (const char c : text) {
    if (IsTail(c) && !characters.empty()) {
      characters.back() += c;
    } else {
      characters.emplace_back(1, c);
    }
  }
  const size_t head = (width - 2) / 2;
  const size_t tail = width - 2 - head;
  std::string cut;
  for (size_t i = 0; i < head; ++i) cut += characters[i];
  cut += "..";
  for (size_t i = characters.size() - tail; i < characters.size(); ++i) {
    cut += characters[i];
  }
  return cut;
}

std::string Line(const std::vector<std::string>& cells,
                 const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string cell =
        i == 0 ? Cut(Printable(cells[i]), Table::kFirstColumnMax) : cells[i];
    const std::string space(widths[i] - std::min(widths[i], Width(cell)), ' ');
    line += i == 0 ? cell + space : "  " + space + cell;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string Table::ToString() const {
  std::vector<size_t> widths;
  for (const std::string& cell : header_) widths.push_back(Width(cell));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], Width(row[i]));
    }
  }
  widths[0] = std::min(widths[0], kFirstColumnMax);
  size_t full = 0;
  for (const size_t width : widths) full += width + 2;
  const std::string rule(full - 2, '-');
  std::string text = Bold(Line(header_, widths)) + "\n" + rule + "\n";
  for (const auto& row : rows_) {
    text += (row.empty() ? rule : Line(row, widths)) + "\n";
  }
  return text;
}

}  // namespace assay::cli
