#include "verifier/code/extract.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::code {
namespace {

std::string Extract(const std::string& text, const char* language = "python") {
  const auto found = ExtractProgram(text, *FindLanguage(language));
  return found ? *found : "<none>";
}

TEST(Extract, Table) {
  EXPECT_EQ(Extract("no code"), "<none>");
  EXPECT_EQ(Extract(""), "<none>");
  EXPECT_EQ(Extract("```\n\n```"), "<none>");
  EXPECT_EQ(Extract("```python\nx\n```"), "x\n");
  EXPECT_EQ(Extract("```Python3 title=a\nx\n```"), "x\n");
  EXPECT_EQ(Extract("```{.python}\nx\n```"), "x\n");
  EXPECT_EQ(Extract("```py\r\nx\r\n```\r\n"), "x\r\n");
  EXPECT_EQ(Extract("~~~\nx\n~~~"), "x\n");
  EXPECT_EQ(Extract("```\na\n```\n```\nb\n```"), "b\n");
  EXPECT_EQ(Extract("```python\na\n```\n```cpp\nb\n```"), "a\n");
  EXPECT_EQ(Extract("```cpp\nb\n```"), "<none>");
  EXPECT_EQ(Extract("```c++\nb\n```", "cpp"), "b\n");
  EXPECT_EQ(Extract("```c\nb\n```", "cpp"), "<none>");
  EXPECT_EQ(Extract("```python\ncut off"), "cut off\n");
  EXPECT_EQ(Extract("```python\na\n```\nthen ```python\nb"), "a\n");
  EXPECT_EQ(Extract("````python\n```\na\n```\n````"), "```\na\n```\n");
  EXPECT_EQ(Extract("  ```python\n  if x:\n    y\n  ```"), "if x:\n  y\n");
  EXPECT_EQ(Extract("Use ```print(1)``` here"), "<none>");
}

TEST(Extract, HostileTextsAreReadInOnePass) {
  EXPECT_EQ(Extract(std::string(4 << 20, '`')), "<none>");
  std::string many;
  for (int i = 0; i < 200000; ++i) many += "```python\nx\n```\n";
  EXPECT_EQ(Extract(many), "x\n");
  EXPECT_EQ(Extract(std::string("```\n\0\xff\n```", 10)),
            std::string("\0\xff\n", 3));
}

}  // namespace
}  // namespace assay::code
