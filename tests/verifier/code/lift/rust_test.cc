// Rust tests, lifted: values of all shapes, ways to assert, and candidates
// that would rather not be judged.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define MAIN(body) "fn main() {\n" body "\n}\n"

constexpr char kAdd[] = "fn add(a: i32, b: i32) -> i32 { a + b }\n";
constexpr char kAddTests[] =
    MAIN("assert_eq!(add(1, 2), 3); assert_eq!(add(-4, 2), -2);");

std::vector<LiftCase> Values() {
  return {
      {"rust", "Scalars",
       "fn a(x: i8, y: u64, z: i128) -> (i8, u64, i128) { (-x, y, z) }\n"
       "fn b(x: f64, y: f32) -> (f64, f32) { (x / 3.0, y / 3.0) }\n"
       "fn c(x: char, y: bool) -> (char, bool) { (((x as u8) + 1) as char, "
       "!y) }\nfn d(x: char) -> char { x }\nfn e(x: f64) -> f64 { x * 0.0 }\n"
       "fn f(_: usize) {}\n",
       MAIN("assert_eq!(a(127, u64::MAX, i128::MIN), (-127, u64::MAX, "
            "i128::MIN));\nassert_eq!(b(1.0, 1.0), (1.0 / 3.0, 1.0f32 / "
            "3.0));\nassert_eq!(c('y', false), ('z', true));\n"
            "assert_eq!(d('\\u{1F600}'), '\\u{1F600}');\n"
            "assert!(e(f64::INFINITY).is_nan() && "
            "e(-1.0).is_sign_negative());\nassert_eq!(f(1), ());\n"
            "assert_eq!(b(f64::MAX, f32::MIN_POSITIVE).0, f64::MAX / 3.0);")},
      {"rust", "Texts",
       "fn twice(s: &str) -> String { format!(\"{}{}\", s, s) }\n"
       "fn cut(s: &str) -> &str { &s[1..] }\n"
       "fn own(s: String, t: &String) -> String { s + t }\n"
       "fn pick<'a>(a: &'a str, b: &'a str) -> &'a str { if a > b { a } else "
       "{ b } }\n"
       "fn words(v: Vec<&str>) -> Vec<String> { v.iter().map(|w| "
       "w.to_uppercase()).collect() }\n",
       MAIN("assert_eq!(twice(\"a\\0 \\n%\\u{e9}\"), "
            "\"a\\0 \\n%\\u{e9}a\\0 \\n%\\u{e9}\");\n"
            "assert_eq!(cut(\"abc\"), \"bc\"); assert_eq!(cut(\"a\"), \"\");\n"
            "assert_eq!(own(String::from(\"x\"), &String::from(\"y\")), "
            "\"xy\");\nassert_eq!(pick(\"a\", \"b\"), \"b\");\n"
            "assert_eq!(words(vec![\"a\", \"b\"]), vec![\"A\", \"B\"]);")},
      {"rust", "Collections",
       "use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};\n"
       "fn count(s: &str) -> HashMap<char, usize> { let mut m = "
       "HashMap::new(); for c in s.chars() { *m.entry(c).or_insert(0) += 1; } "
       "m }\nfn uniq(v: &[i32]) -> HashSet<i32> { v.iter().cloned().collect() "
       "}\nfn tree(v: &Vec<(String, i64)>) -> BTreeMap<String, Vec<i64>> { let "
       "mut m: BTreeMap<String, Vec<i64>> = BTreeMap::new(); for (k, x) in v { "
       "m.entry(k.clone()).or_default().push(*x); } m }\n"
       "fn deque(v: VecDeque<u8>) -> VecDeque<u8> { v.into_iter().rev()"
       ".collect() }\nfn arr(a: [i32; 3]) -> [i32; 3] { [a[2], a[1], a[0]] }\n"
       "fn grid(g: Vec<Vec<i32>>) -> i32 { g.iter().flatten().sum() }\n",
       MAIN("assert_eq!(count(\"aba\"), HashMap::from([('a', 2), ('b', "
            "1)]));\nassert_eq!(uniq(&[1, 2, 1]), HashSet::from([1, 2]));\n"
            "assert_eq!(tree(&vec![(\"k\".to_string(), 1)])[\"k\"], "
            "vec![1]);\nassert_eq!(deque(VecDeque::from([1, 2])), [2, 1]);\n"
            "assert_eq!(arr([1, 2, 3]), [3, 2, 1]);\n"
            "assert_eq!(grid(vec![vec![], vec![1, 2]]), 3);")},
      {"rust", "OptionsAndResults",
       "fn half(x: isize) -> Option<isize> { if x % 2 == 0 { Some(x / 2) } "
       "else { None } }\nfn parse(s: &str) -> Result<i32, String> { "
       "s.parse().map_err(|_| format!(\"bad {}\", s)) }\n"
       "fn deep(x: Option<Option<i32>>) -> Option<Option<i32>> { x }\n",
       MAIN("assert_eq!(half(4), Some(2)); assert_eq!(half(3), None);\n"
            "assert_eq!(parse(\"12\"), Ok(12));\n"
            "assert_eq!(parse(\"x\"), Err(\"bad x\".to_string()));\n"
            "assert_eq!(deep(Some(None)), Some(None));")},
      {"rust", "ArgumentsComeBack",
       "fn sort(v: &mut Vec<i32>) { v.sort(); v.push(9); }\n"
       "fn swap(v: &mut [u8], x: &mut u8) -> u8 { v.swap(0, 1); *x += 1; "
       "*x }\n",
       MAIN("let mut v = vec![2, 1]; sort(&mut v); assert_eq!(v, [1, 2, 9]);\n"
            "let mut a = [1u8, 2]; let mut x = 4;\n"
            "assert_eq!(swap(&mut a, &mut x), 5);\n"
            "assert_eq!((a, x), ([2, 1], 5));")},
  };
}

std::vector<LiftCase> Forms() {
  return {
      {"rust", "CandidateVariable", kAdd,
       MAIN("let candidate = add; assert_eq!(candidate(1, 2), 3);")},
      {"rust", "ModuleOfTests", kAdd,
       "mod tests {\n    use super::*;\npub\n fn test_add() { assert!(add(1, "
       "2) == 3); }\n}\nfn main() { tests::test_add(); }\n"},
      {"rust", "Wrong", "fn add(a: i32, b: i32) -> i32 { a * b }\n", kAddTests,
       Verdict::kWrongAnswer},
      {"rust", "Panics", "fn add(_: i32, _: i32) -> i32 { panic!(\"no\") }\n",
       kAddTests, Verdict::kRuntimeError},
      {"rust", "ExpectsAPanic",
       "fn root(x: i32) -> i32 { assert!(x >= 0, \"below zero\"); x }\n",
       MAIN("assert!(std::panic::catch_unwind(|| root(-1)).is_err());\n"
            "assert_eq!(root(4), 4);")},
      {"rust", "TestsOfItsOwn",
       "fn add(a: i32, b: i32) -> i32 { a + b }\n#[cfg(test)]\nmod tests { use "
       "super::*; #[test] fn t() { assert_eq!(add(1, 1), 2); } fn main() {} "
       "}\n",
       kAddTests},
      {"rust", "MainThatFails", kAdd,
       "fn main() -> Result<(), String> { if add(1, 1) == 2 { Ok(()) } else { "
       "Err(\"no\".into()) } }\n"},
      {"rust", "BracesInTexts",
       "/* } /* nested */ fn add( */ const S: &str = r#\"}\"{\"#; const C: "
       "char "
       "= '{'; const Q: char = '\\'';\nfn add<'a>(a: i32, b: i32) -> i32 { a + "
       "b }\n",
       kAddTests},
      {"rust", "TypeOfItsOwn",
       "#[derive(Debug, PartialEq)]\nstruct P(i32);\nfn make(x: i32) -> P { "
       "P(x) }\n",
       MAIN("assert_eq!(make(2), P(2));"), Verdict::kAccepted, Lift::kNo},
      {"rust", "Generic", "fn same<T>(x: T) -> T { x }\n",
       MAIN("assert_eq!(same(2), 2);"), Verdict::kAccepted, Lift::kNo},
      {"rust", "MainOfItsOwn",
       "#![deny(warnings)]\nfn add(a: i32, b: i32) -> i32 { a + b }\n"
       "fn main() { println!(\"{}\", add(1, 2)); }\n",
       kAddTests},
      {"rust", "MainOfItsOwnIsNotRun",
       "fn add(a: i32, b: i32) -> i32 { a - b }\n"
       "pub fn main() -> Result<(), String> { std::process::exit(0) }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"rust", "MainOfItsOwnJoined",
       "#[derive(Debug, PartialEq)]\nstruct P(i32);\nfn make(x: i32) -> P { "
       "P(x) }\nfn main() {}\n",
       MAIN("assert_eq!(make(2), P(2));"), Verdict::kAccepted, Lift::kNo},
      {"rust", "JoinedAndWrong",
       "#[derive(Debug, PartialEq)]\nstruct P(i32);\nfn make(x: i32) -> P { "
       "P(x + 1) }\nfn main() {}\n",
       MAIN("assert_eq!(make(2), P(2));"), Verdict::kWrongAnswer, Lift::kNo},
      {"rust", "JoinedAndPanics",
       "#[derive(Debug, PartialEq)]\nstruct P(i32);\nfn make(x: i32) -> P { "
       "assert_eq!(x, 3);\n\n\nP(x) }\n",
       MAIN("assert_eq!(make(2), P(2));"), Verdict::kRuntimeError, Lift::kNo},
      {"rust", "NeverCalled", kAdd, MAIN("let x = 1; assert_eq!(x + 1, 2);"),
       Verdict::kNoVerdict},
      {"rust", "AssertsNothing", kAdd, MAIN("add(1, 2);"), Verdict::kNoVerdict,
       Lift::kNo},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"rust", "Exits",
       "fn add(_: i32, _: i32) -> i32 { std::process::exit(0) }\n", kAddTests,
       Verdict::kRuntimeError},
      {"rust", "MacroOfItsOwn",
       "macro_rules! assert_eq { ($($x:tt)*) => {}; }\nfn add(_: i32, _: i32) "
       "-> i32 { 9 }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"rust", "AlwaysEqual",
       "#[derive(Debug)]\nstruct E;\nimpl PartialEq<i32> for E { fn eq(&self, "
       "_: &i32) -> bool { true } }\nfn add(_: i32, _: i32) -> E { E }\n",
       kAddTests, Verdict::kWrongAnswer, Lift::kNo},
      {"rust", "ForgesTheSecret",
       "#[derive(Debug, PartialEq)]\nstruct P(i32);\nfn make(_: i32) -> P { "
       "use std::io::*; use std::os::unix::io::*; let mut s = [0u8; 64]; "
       "unsafe { let n = std::fs::File::from_raw_fd(3).read(&mut "
       "s).unwrap(); std::fs::File::from_raw_fd(4).write_all(&s[..n])"
       ".unwrap(); } std::process::exit(0) }\n",
       MAIN("assert_eq!(make(2), P(2));"), Verdict::kWrongAnswer, Lift::kNo},
      {"rust", "AnswersItself",
       "fn add(_: i32, _: i32) -> i32 { use std::io::Write; use "
       "std::os::unix::io::*; let mut f = unsafe { "
       "std::fs::File::from_raw_fd(5) }; f.write_all(b\"pass\\n\").unwrap(); "
       "std::mem::forget(f); 9 }\n",
       kAddTests, Verdict::kRuntimeError},
      {"rust", "PrintsAndReads",
       "fn add(a: i32, b: i32) -> i32 { let mut s = String::new(); "
       "std::io::stdin().read_line(&mut s).unwrap(); println!(\"return i9\"); "
       "a + b + s.len() as i32 }\n",
       kAddTests},
      {"rust", "LoopsForEver",
       "fn add(_: i32, _: i32) -> i32 { let x = 0u64; loop { unsafe { "
       "std::ptr::read_volatile(&x); } } }\n",
       kAddTests, Verdict::kTimeLimit},
      {"rust", "RecursesForEver",
       "#[inline(never)]\nfn add(a: i32, b: i32) -> i32 { let s = vec![a]; "
       "add(a, b.wrapping_add(s[0])) + s[0] }\n",
       kAddTests, Verdict::kRuntimeError},
      {"rust", "LeavesAThread",
       "fn add(a: i32, b: i32) -> i32 { std::thread::spawn(|| loop { "
       "std::thread::yield_now() }); a + b }\n",
       MAIN("assert_eq!(add(1, 2), 3);")},
      {"rust", "UnclosedComment", "fn add(a: i32, b: i32) -> i32 { a + b } /*",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"rust", "UnclosedText",
       "fn add(a: i32, b: i32) -> i32 { a + b }\nconst S: &str = r#\"",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"rust", "DoesNotCompile", "fn add(a: i32, b: i32) -> i32 { a + c }\n",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"rust", "ShadowedString",
       "struct String;\nfn name(_: i32) -> String { String }\n",
       MAIN("assert_eq!(name(2), \"x\");"), Verdict::kCompileError, Lift::kNo},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Values();
  for (auto* more : {&Forms, &Hostile}) {
    for (const LiftCase& c : (*more)()) all.push_back(c);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Rust, Lifts, ::testing::ValuesIn(Cases()), Named);

}  // namespace
}  // namespace assay::code
