// What single signs beyond ASCII are folded to.
//
//   FoldSign(0x2264);  // "\\le "
//   FoldDigit(0x0663);  // 3
//
// Threads: static tables.
#ifndef VERIFIER_MATH_FOLD_TABLE_H_
#define VERIFIER_MATH_FOLD_TABLE_H_

#include <cstdint>
#include <string_view>

namespace assay::math {

// Null data where the sign stays as it is; "" where it is dropped.
std::string_view FoldSign(uint32_t code_point);
// 0 to 9 for a decimal digit of another script, -1 for none.
int FoldDigit(uint32_t code_point);
// The sign that a superscript or subscript stands for; 0 for none.
char SuperscriptOf(uint32_t code_point);
char SubscriptOf(uint32_t code_point);

}  // namespace assay::math

#endif  // VERIFIER_MATH_FOLD_TABLE_H_
