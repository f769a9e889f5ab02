// C++ tests of classes, lifted: the objects stay with the candidate.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define ASSERTS "#undef NDEBUG\n#include <cassert>\n"
#define MAIN(body) ASSERTS "int main() {\n" body "\n}\n"

constexpr char kSolution[] = R"(
#include <bits/stdc++.h>
using namespace std;
class Solution {
  unordered_map<int, int> seen{};
  static constexpr int kNone = -1;
 public:
  vector<int> twoSum(vector<int>& nums, int target) {
    for (int i = 0; i < (int)nums.size(); ++i) {
      auto it = seen.find(target - nums[i]);
      if (it != seen.end()) return {it->second, i};
      seen[nums[i]] = i;
    }
    return {kNone, kNone};
  }
  void rotate(vector<vector<int>>& m) {
    for (auto& r : m) reverse(r.begin(), r.end());
  }
  bool isPalindrome(const string& s) const { return reads_back(s); }
  static int gcd(int a, int b = 6) { return b ? gcd(b, a % b) : a; }
 private:
  bool reads_back(const string& s) const {
    return string(s.rbegin(), s.rend()) == s;
  }
};
)";
constexpr char kSolutionTests[] = MAIN(
    "vector<int> v = {2, 7, 11};\n"
    "assert((Solution().twoSum(v, 9) == vector<int>{0, 1}));\n"
    "Solution s;\nvector<vector<int>> m = {{1, 2}, {3}};\ns.rotate(m);\n"
    "assert((m == vector<vector<int>>{{2, 1}, {3}}));\n"
    "Solution* p = new Solution();\nassert(p->isPalindrome(\"abba\"));\n"
    "delete p;\nassert(Solution::gcd(4, 6) == 2 && s.gcd(9) == 3);");

constexpr char kStack[] = R"(
#include <stdexcept>
#include <vector>
class Stack {
 public:
  Stack() : Stack(10) {}
  explicit Stack(int room) : items{}, room_{room} {}
  Stack(const std::vector<int>& from, int room = 5)
      : items(from), room_(room) {}
  virtual ~Stack() = default;
  void push(int x) {
    if ((int)items.size() == room_) throw std::length_error("full");
    items.push_back(x);
  }
  int pop() {
    if (items.empty()) throw std::out_of_range("empty");
    int x = items.back();
    items.pop_back();
    return x;
  }
  size_t size() const noexcept { return items.size(); }
  Stack joined(const Stack& other) const {
    Stack s(*this);
    for (int x : other.items) s.push(x);
    return s;
  }
  void take(Stack& other) { push(other.pop()); }
  int count = 0;
 private:
  std::vector<int> items; int room_ = 3;
};
int total(Stack s) {
  int sum = 0;
  while (s.size()) sum += s.pop();
  return sum;
}
Stack full(int n) {
  Stack s(n);
  for (int i = 0; i < n; ++i) s.push(i);
  return s;
}
)";

std::vector<LiftCase> Classes() {
  return {
      {"cpp", "Solution", kSolution, kSolutionTests},
      {"cpp", "Stateful", kStack,
       MAIN("Stack s;\ns.push(1); s.push(2);\nassert(s.size() == 2 && s.pop() "
            "== 2);\nStack t({7, 8}, 9);\nStack u = s.joined(t);\n"
            "assert(u.size() == 3 && s.size() == 1);\n"
            "assert(total(u) == 16 && u.size() == 3);\nu.take(t);\n"
            "assert(t.size() == 1 && u.pop() == 8);\n"
            "assert(full(4).size() == 4);")},
      {"cpp", "ObjectsAreCopied", kStack,
       MAIN("Stack s;\ns.push(1);\nStack t = s;\nt.push(2);\n"
            "assert(s.size() == 1 && t.size() == 2);\ns = t;\ns.pop();\n"
            "assert(s.size() == 1 && t.size() == 2);\n"
            "std::vector<Stack> v(3, t);\nv[0].pop();\n"
            "assert(v[0].size() == 1 && v[2].size() == 2);")},
      {"cpp", "ObjectsAreDestroyed",
       "#include <vector>\nclass Guard { static int& n() { static int x = 0; "
       "return x; } public: Guard() { ++n(); } Guard(const Guard&) { ++n(); } "
       "~Guard() { --n(); } static int alive() { return n(); } int one() { "
       "return 1; } };\nstd::vector<Guard> many(int n) { return "
       "std::vector<Guard>(n); }\n",
       MAIN("{ Guard a; Guard b = a; assert(Guard::alive() == 2); b = a; "
            "assert(Guard::alive() == 2); }\nassert(Guard::alive() == 0);\n"
            "{ auto v = many(5); assert(v.size() == 5 && v[4].one() == 1); }\n"
            "Guard* g = new Guard(); assert(Guard::alive() == 1);\n"
            "delete g; assert(Guard::alive() == 0);")},
      {"cpp", "ObjectsThrow", kStack,
       "#include <stdexcept>\n#include <string>\n" MAIN(
           "Stack s(1);\ns.push(1);\nbool full = false;\n"
           "try { s.push(2); } catch (const std::length_error& e) { full = "
           "std::string(e.what()) == \"full\"; }\nassert(full);\n"
           "assert(s.pop() == 1);")},
      {"cpp", "ObjectsThrowUncaught", kStack,
       MAIN("Stack s;\ns.pop();"
            "assert(s.size() == 0);"),
       Verdict::kRuntimeError},
      {"cpp", "MoveOnly",
       "#include <memory>\nclass Box { std::unique_ptr<int> v; public: "
       "Box(int x) : v(new int(x)) {} Box(Box&&) = default; int get() const { "
       "return *v; } };\nBox make(int x) { return Box(x); }\n",
       MAIN("Box b = make(4); assert(b.get() == 4 && Box(5).get() == 5);")},
      {"cpp", "SolutionIsWrong",
       "class Solution { public: int twice(int x) { return x * x; } };\n",
       MAIN("assert(Solution().twice(2) == 4); assert(Solution().twice(3) == "
            "6);"),
       Verdict::kWrongAnswer},
      {"cpp", "SolutionWithMain",
       "#include <iostream>\nclass Solution { public: int twice(int x) { "
       "return "
       "2 * x; } };\nint main() { std::cout << Solution().twice(1); }\n",
       MAIN("assert(Solution().twice(3) == 6);")},
      {"cpp", "ClassesThatNobodyNames",
       "#include <string>\nstruct Trie { Trie* kids[26]; Trie* up; explicit "
       "Trie(Trie* u) : up(u) {} virtual int size() = 0; };\n"
       "class Lone { Lone() {} ~Lone() {} int length(); };\n"
       "std::string twice(const std::string& s) { return s + s; }\n",
       MAIN("assert(twice(\"ab\").size() == 4 && twice(\"\").length() == 0);")},
      // What shows more than methods is joined.
      {"cpp", "DataMember", kStack, MAIN("Stack s; assert(s.count == 0);"),
       Verdict::kAccepted, Lift::kNo},
      {"cpp", "DerivedClass",
       "struct A { int one() { return 1; } };\nstruct B : A { int two() { "
       "return 2; } };\n",
       MAIN("assert(B().two() == 2);"), Verdict::kAccepted, Lift::kNo},
      {"cpp", "PrivateMethod", "class A { int one() { return 1; } };\n",
       MAIN("assert(A().one() == 1);"), Verdict::kCompileError, Lift::kNo},
      {"cpp", "DeletedMaker",
       "class A { public: A() = delete; A(int) {} int one() { return 1; } };\n",
       MAIN("assert(A().one() == 1);"), Verdict::kCompileError, Lift::kNo},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"cpp", "EqualsEverything",
       "class Solution { public: Solution f(int) { return *this; } template "
       "<class T> bool operator==(const T&) const { return true; } };\n",
       MAIN("assert(Solution().f(1) == 3);"), Verdict::kWrongAnswer, Lift::kNo},
      {"cpp", "ConvertsToAnything",
       "class Solution { public: int f(int) { return 0; } operator int() { "
       "return 3; } };\n",
       MAIN("Solution s; assert(s.f(1) == 3);"), Verdict::kWrongAnswer},
      {"cpp", "ExitsInAConstructor",
       "#include <cstdlib>\nclass Solution { public: Solution() { exit(0); } "
       "int f(int) { return 0; } };\n",
       MAIN("assert(Solution().f(1) == 3);"), Verdict::kRuntimeError},
      {"cpp", "StubsOfOurNames",
       "class Solution { public: int assay_self; int f(int) { return 0; } };\n"
       "namespace assay_lift { int Held; }\n",
       MAIN("assert(Solution().f(1) == 3);"), Verdict::kWrongAnswer, Lift::kNo},
      {"cpp", "MethodAsAMacro",
       "#define f(x) f(x) + 3\nclass Solution { public: int f(int x) { return "
       "0; } };\n",
       MAIN("assert(Solution().f(1) == 3);"), Verdict::kCompileError,
       Lift::kNo},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Classes();
  for (const LiftCase& c : Hostile()) all.push_back(c);
  return all;
}

INSTANTIATE_TEST_SUITE_P(CppObjects, Lifts, ::testing::ValuesIn(Cases()),
                         Named);

}  // namespace
}  // namespace assay::code
