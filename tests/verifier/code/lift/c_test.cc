// C tests, lifted or joined.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define ASSERTS "#undef NDEBUG\n#include <assert.h>\n#include <string.h>\n"
#define MAIN(body) ASSERTS "int main(void) {\n" body "\n}\n"

std::vector<LiftCase> Cases() {
  return {
      {"c", "Scalars",
       "#include <stdbool.h>\n#include <stdint.h>\n#include <limits.h>\n"
       "uint64_t a(uint64_t x) { return x; }\nlong long b(long long x) { "
       "return x; }\nbool c(bool x) { return !x; }\nchar d(char x) { return x "
       "+ 1; }\nfloat e(float x) { return x / 3; }\ndouble f(double x, int n) "
       "{ return x * n; }\nint8_t g(int8_t x) { return -x; }\n",
       MAIN("assert(a(UINT64_MAX) == UINT64_MAX);\n"
            "assert(b(LLONG_MIN) == LLONG_MIN);\n"
            "assert(c(false) && !c(true)); assert(d('y') == 'z');\n"
            "assert(e(1) == 1.0f / 3 && f(0.5, 3) == 1.5);\n"
            "assert(g(127) == -127); return 0;")},
      {"c", "Texts",
       "#include <stdlib.h>\n#include <string.h>\n"
       "int vowels(const char *s) { int n = 0; for (; *s; ++s) n += "
       "strchr(\"aeiou\", *s) != 0; return n; }\n"
       "char *twice(const char *s) { char *t = malloc(2 * strlen(s) + 1); "
       "strcpy(t, s); strcat(t, s); return t; }\n"
       "const char *none(int x) { return x ? \"some\" : 0; }\n",
       "#include <stdlib.h>\n" MAIN(
           "char *t = twice(\"ab%\\n\"); assert(strcmp(t, \"ab%\\nab%\\n\") == "
           "0);\nfree(t); assert(vowels(\"audio\") == 4);\n"
           "assert(none(0) == 0 && strcmp(none(1), \"some\") == 0);")},
      {"c", "TextsComeBack",
       "#include <string.h>\nvoid turn(char *s) { for (int i = 0, j = "
       "strlen(s) - 1; i < j; ++i, --j) { char c = s[i]; s[i] = s[j]; s[j] = "
       "c; } }\n",
       MAIN("char s[] = \"abc\"; turn(s); assert(strcmp(s, \"cba\") == 0);")},
      {"c", "Wrong", "int twice(int x) { return x * x; }\n",
       MAIN("assert(twice(3) == 6);"), Verdict::kWrongAnswer},
      {"c", "TextTooLong",
       "#include <string.h>\nvoid grow(char *s) { strcpy(s, "
       "\"a text that has no room in the tests\"); }\n",
       MAIN("char s[] = \"ab\"; grow(s); assert(s[0] == 'a');"),
       Verdict::kRuntimeError},
      {"c", "BufferOfTheTests",
       "#include <string.h>\nvoid copy(char *to, const char *s) { strcpy(to, "
       "s); }\n",
       MAIN("char s[16]; copy(s, \"abc\"); assert(strcmp(s, \"abc\") == 0);"),
       Verdict::kAccepted, Lift::kNo},
      {"c", "PointerAndLength",
       "int sum(const int *v, int n) { int s = 0; while (n--) s += v[n]; "
       "return s; }\n",
       MAIN("int v[] = {1, 2}; assert(sum(v, 2) == 3);"), Verdict::kAccepted,
       Lift::kNo},
      {"c", "AssertsNothing", "int twice(int x) { return 2 * x; }\n",
       MAIN("twice(2); return 0;"), Verdict::kNoVerdict, Lift::kNo},
      {"c", "FailsByAFunction", "int twice(int x) { return 2 * x; }\n",
       "#include <stdlib.h>\nvoid check(int ok) { if (!ok) exit(3); }\nint "
       "main(void) { check(twice(2) == 5); return 0; }\n",
       Verdict::kWrongAnswer},
      // In one program it would deceive the tests, and does: SHARED says so.
      {"c", "ComparesForTheTests",
       "int strcmp(const char* a, const char* b) { return 0; }\n"
       "const char* name(int x) { return \"none\"; }\n",
       MAIN("assert(strcmp(name(1), \"one\") == 0); return 0;"),
       Verdict::kAccepted, Lift::kNo},
      {"c", "EndsForTheTests",
       "void exit(int x) {}\nint twice(int x) { return x; }\n",
       "int main(void) { if (twice(2) != 4) exit(1); return 0; }\n",
       Verdict::kCompileError, Lift::kNo},
      {"c", "Exits", "#include <stdlib.h>\nint twice(int x) { exit(0); }\n",
       MAIN("assert(twice(2) == 4);"), Verdict::kRuntimeError},
      {"c", "SymbolOfOurs",
       "long write(int fd, const void *p, unsigned long n) { return n; }\nint "
       "twice(int x) { return 2 * x; }\n",
       MAIN("assert(twice(2) == 4);"), Verdict::kTimeLimit},
  };
}

INSTANTIATE_TEST_SUITE_P(C, Lifts, ::testing::ValuesIn(Cases()), Named);

}  // namespace
}  // namespace assay::code
