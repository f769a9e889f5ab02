// Which tests of bash read output as code, arithmetic or a pattern.
#include "verifier/code/lift/bash_reading.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace assay::code {
namespace {

TEST(BashReading, OfTextIsNone) {
  for (const char* tests : {
           "[[ $(f 1) = \"2\" ]]",
           "[[ $(f 1) == 2 && $(f 2) != '*' ]] || exit 1",
           "[ \"$(f 1)\" = \"2\" ] || exit 1",
           "test \"$(f 1)\" = 2",
           "candidate() {\n    f \"$@\"\n}\nset -e\nrun_test() {\n"
           "  [[ $(candidate \"a ) b\" '(' ) = $'x\\'y' ]]\n}\nrun_test",
           "f || s=$?\n[[ $s -eq 4 ]]\n[ $? -ne 0 ]",
           "for i in 1 2 3; do ((i < 9)); [[ $i -lt 5 ]]; done",
           "r=$(f)\n[[ ${#r} -eq 3 ]]\n[[ $r = *07 ]]",
           "echo \"$(f 3)\" | grep -qx 6",
           "diff <(f 2) <(echo 4) > /dev/null",
           "# it's [ $x ]\n[[ `f 1` = 2 ]]",
           "[[ $(f <<< 7) = \"$((3 + 4))\" ]]",
           "expected=4\n[[ $(f 2) = \"$expected\" ]]",
           "",
       }) {
    EXPECT_EQ(ReadsOutputAsCode(tests), "") << tests;
  }
}

TEST(BashReading, OfCodeIsFound) {
  for (const char* tests : {
           "[[ $(f 1) -eq 2 ]]",
           "[[ 2 -le \"$(f 1)\" ]]",
           "r=$(f 1)\n[[ $r -eq 2 ]]",
           "(( $(f 1) == 2 ))",
           "r=$(f 1); ((r == 2))",
           "x=$(($(f 1) + 1))",
           "[ $(f 1) = 2 ]",
           "r=`f 1`\ntest $r -eq 2",
           "check() { [[ $1 -eq $2 ]]; }\ncheck \"$(f 1)\" 2",
           "[[ 2 == $(f 1) ]]",
           "r=$(f 1)\n[[ 2 =~ $r ]]",
           "f 1 | { read -r r; ((r)); }",
           "let x=$(f 1)",
           "declare -i x",
           "echo \"$(f 1) == 2\" | bc",
           "eval \"$(f 1)\"",
           "grep -q \"$(f 1)\" <<< 2",
           "x=${r:-$(f 1)}",
           "echo $[$(f 1)]",
           "( cd / && [[ $(f 1) -ne 2 ]] && exit 1 )",
           "cat <<END\n'\nEND\n[[ $(f) -eq 1 ]]",
       }) {
    EXPECT_NE(ReadsOutputAsCode(tests), "") << tests;
  }
}

TEST(BashReading, OfAnyBytesEnds) {
  for (const std::string part :
       {"$(", "`", "${", "((", "$((", "[[ ", "'",   "\"", "\\", "$",
        "(",  ")", "<",  "$'", "#",   "|",   "x=$", "}",  "))", "]]"}) {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += part;
    ReadsOutputAsCode(text);
    ReadsOutputAsCode(text + " $(f) -eq 1 \"" + text);
  }
  constexpr std::string_view kSigns = "$(){}[]`'\"\\ \n;=#a1x-eq<";
  uint32_t state = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525 + 1013904223;
      text += kSigns[(state >> 24) % kSigns.size()];
    }
    ReadsOutputAsCode(text);
  }
}

}  // namespace
}  // namespace assay::code
