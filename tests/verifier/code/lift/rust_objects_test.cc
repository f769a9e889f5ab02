// Rust tests of types with methods, lifted: the objects stay with the
// candidate.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define MAIN(body) "fn main() {\n" body "\n}\n"

constexpr char kSolution[] = R"(
use std::collections::HashMap;
pub struct Solution;
impl Solution {
    pub fn two_sum(nums: Vec<i32>, target: i32) -> Vec<i32> {
        let mut seen: HashMap<i32, i32> = HashMap::new();
        for (i, x) in nums.iter().enumerate() {
            if let Some(&j) = seen.get(&(target - x)) {
                return vec![j, i as i32];
            }
            seen.insert(*x, i as i32);
        }
        Self::none()
    }
    pub fn rotate(matrix: &mut Vec<Vec<i32>>) {
        matrix.reverse();
    }
    fn none() -> Vec<i32> {
        vec![]
    }
}
)";

constexpr char kStack[] = R"(
#[derive(Debug, Clone, PartialEq)]
struct Stack {
    items: Vec<i32>,
    room: usize,
}
impl Stack {
    const ROOM: usize = 3;
    pub fn new() -> Self {
        Stack::with_room(Self::ROOM)
    }
    fn with_room(room: usize) -> Stack {
        Stack { items: Vec::new(), room }
    }
    fn push(&mut self, x: i32) -> Result<(), String> {
        if self.items.len() == self.room {
            return Err("full".to_string());
        }
        self.items.push(x);
        Ok(())
    }
    fn pop(&mut self) -> Option<i32> {
        self.items.pop()
    }
    fn top<'a>(&'a self) -> Option<&'a i32> {
        self.items.last()
    }
    fn len(&self) -> usize {
        self.items.len()
    }
    fn must_pop(&mut self) -> i32 {
        self.items.pop().expect("empty")
    }
    fn take(&mut self, other: &mut Stack) {
        self.items.append(&mut other.items);
    }
    fn joined(mut self, other: Stack) -> Self {
        self.items.extend(other.items);
        self
    }
}
impl Default for Stack {
    fn default() -> Self {
        Stack::new()
    }
}
fn total(s: &Stack) -> i32 {
    s.items.iter().sum()
}
fn full(n: i32) -> Stack {
    Stack { items: (0..n).collect(), room: n as usize }
}
fn boxed(x: Box<i32>) -> Option<Box<i32>> {
    if *x > 0 { Some(x) } else { None }
}
)";

std::vector<LiftCase> Types() {
  return {
      {"rust", "Solution", kSolution,
       MAIN("assert_eq!(Solution::two_sum(vec![2, 7, 11], 9), vec![0, 1]);\n"
            "assert!(Solution::two_sum(vec![], 9).is_empty());\n"
            "let mut m = vec![vec![1], vec![2]];\nSolution::rotate(&mut m);\n"
            "assert_eq!(m, [[2], [1]]);")},
      {"rust", "Stateful", kStack,
       MAIN("let mut s = Stack::new();\nassert_eq!(s.push(1), Ok(()));\n"
            "s.push(2).unwrap(); s.push(3).unwrap();\n"
            "assert_eq!(s.push(4), Err(String::from(\"full\")));\n"
            "assert_eq!(s.top(), Some(&3)); assert_eq!(s.pop(), Some(3));\n"
            "let mut t = full(4);\nassert_eq!(total(&t), 6);\n"
            "t.take(&mut s);\nassert_eq!((t.len(), s.len()), (6, 0));\n"
            "let u = t.joined(full(2));\nassert_eq!(total(&u), 10);\n"
            "assert_eq!(boxed(Box::new(3)), Some(Box::new(3)));")},
      {"rust", "ObjectsPanic", kStack,
       MAIN("let r = std::panic::catch_unwind(|| Stack::new().must_pop());\n"
            "assert!(r.is_err()); assert_eq!(Stack::new().len(), 0);")},
      {"rust", "ObjectsPanicUncaught", kStack,
       MAIN("assert_eq!(Stack::new().must_pop(), 1);"), Verdict::kRuntimeError},
      {"rust", "SolutionIsWrong",
       "struct Solution;\nimpl Solution { fn twice(x: i32) -> i32 { x * x } "
       "}\nfn main() {}\n",
       MAIN("assert_eq!(Solution::twice(2), 4);\n"
            "assert_eq!(Solution::twice(3), 6);"),
       Verdict::kWrongAnswer},
      // What shows more than functions is joined.
      {"rust", "DerivedTraits", kStack,
       MAIN("assert_eq!(Stack::new(), Stack::default());"), Verdict::kAccepted,
       Lift::kNo},
      {"rust", "Fields", kStack, MAIN("assert_eq!(Stack::new().room, 3);"),
       Verdict::kAccepted, Lift::kNo},
      {"rust", "TypeParameters",
       "struct Own<T> { x: T }\nimpl<T> Own<T> { fn new(x: T) -> Self { Own { "
       "x } } fn get(self) -> T { self.x } }\n",
       MAIN("assert_eq!(Own::new(3).get(), 3);"), Verdict::kAccepted,
       Lift::kNo},
      {"rust", "Missing", "struct Solution;\nimpl Solution {}\n",
       MAIN("assert_eq!(Solution::twice(2), 4);"), Verdict::kCompileError,
       Lift::kNo},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"rust", "EqualsEverything",
       "#[derive(Debug)]\nstruct E;\nimpl E { fn new(_: i32) -> E { E } }\n"
       "impl PartialEq<i32> for E { fn eq(&self, _: &i32) -> bool { true } }\n",
       MAIN("assert_eq!(E::new(2), 3);"), Verdict::kWrongAnswer, Lift::kNo},
      {"rust", "DerefsToAnything",
       "struct E(i32);\nimpl E { fn new(x: i32) -> E { E(x) } fn get(&self) -> "
       "i32 { -1 } }\nimpl std::ops::Deref for E { type Target = i32; fn "
       "deref(&self) -> &i32 { &self.0 } }\n",
       MAIN("assert_eq!(E::new(2).get(), 2);"), Verdict::kWrongAnswer},
      {"rust", "ExitsInNew",
       "struct E;\nimpl E { fn new() -> E { std::process::exit(0) } fn "
       "get(&self) -> i32 { 1 } }\n",
       MAIN("assert_eq!(E::new().get(), 1);"), Verdict::kRuntimeError},
      {"rust", "PanicsWhenDropped",
       "struct E;\nimpl E { fn new() -> E { E } fn get(self) -> i32 { 1 } }\n"
       "impl Drop for E { fn drop(&mut self) { panic!(\"no\") } }\n",
       MAIN("assert_eq!(E::new().get(), 1);"), Verdict::kRuntimeError},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Types();
  for (const LiftCase& c : Hostile()) all.push_back(c);
  return all;
}

INSTANTIATE_TEST_SUITE_P(RustObjects, Lifts, ::testing::ValuesIn(Cases()),
                         Named);

}  // namespace
}  // namespace assay::code
