// Rust: functions of the standard library's types.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_rust_candidate.h"
#include "embedded/code_rust_examiner.h"
#include "embedded/code_rust_wire.h"
#include "verifier/code/joined_text.h"
#include "verifier/code/lift/c_calls.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/lift/edits.h"
#include "verifier/code/lift/rust_source.h"
#include "verifier/code/lift/rust_types.h"

namespace assay::code {
namespace {

constexpr char kSourceFile[] = "main.rs";
constexpr char kTestsMain[] = "assay_tests_main";

absl::Status NotLifted(const std::string& why) {
  return absl::FailedPreconditionError(why);
}

using Object = RustParam::Object;

// How an argument is taken from the line, and given to the function.
void AddArgument(const RustParam& p, size_t i, std::string* takes,
                 std::string* arguments) {
  const bool refers = p.object == Object::kRef || p.object == Object::kMut;
  absl::StrAppend(takes, "    let ", p.changes ? "mut " : "", "a", i, ": ",
                  refers ? "&mut " : "", p.held, " = assay_lift::",
                  refers                       ? "held(input)"
                  : p.object == Object::kValue ? "given(input)"
                                               : "Take::take(input)",
                  ";\n");
  absl::StrAppend(arguments, i == 0 ? "" : ", ", p.changes ? "&mut " : "", "a",
                  i, p.is_slice ? "[..]" : "");
}

// Answers call number `index`.
std::string Answer(const RustSignature& s, size_t index) {
  std::string takes, arguments, puts;
  for (size_t i = 0; i < s.params.size(); ++i) {
    AddArgument(s.params[i], i, &takes, &arguments);
    if (s.params[i].changes) {
      absl::StrAppend(&puts, "    assay_lift::Put::put(&a", i, ", out);\n");
    }
  }
  const std::string owner =
      s.owner.empty() ? "" : absl::StrCat(std::string(s.owner), "::");
  return absl::StrCat(
      "#[allow(warnings)]\nfn assay_call", index,
      "(input: &mut assay_lift::In, out: &mut assay_lift::Out) {\n", takes,
      "    input.finish();\n    let r = crate::", owner, std::string(s.name),
      "(", arguments, ");\n    out.word(\"return\");\n",
      s.result_is_object ? "    assay_lift::hold(r, out);\n"
                         : "    assay_lift::Put::put(&r, out);\n",
      puts, "}\n");
}

std::string Dispatcher(const std::vector<RustSignature>& signatures) {
  std::string text, table;
  for (size_t i = 0; i < signatures.size(); ++i) {
    absl::StrAppend(&text, Answer(signatures[i], i));
    absl::StrAppend(&table, i == 0 ? "" : ", ", "assay_call", i);
  }
  return absl::StrCat(text, "fn main() {\n    assay_lift::serve(&[", table,
                      "]);\n}\n");
}

// A parameter of a stub: `self` in its form, or a name and a type.
std::string Declared(const RustSignature& s, size_t i) {
  const RustParam& p = s.params[i];
  if (i > 0 || !s.has_self) return absl::StrCat("a", i, ": ", p.declared);
  return p.object == Object::kRef   ? "&self"
         : p.object == Object::kMut ? "&mut self"
                                    : "self";
}

std::string Stub(const RustSignature& s, size_t index) {
  std::string params, puts, takes;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const RustParam& p = s.params[i];
    const std::string name =
        i == 0 && s.has_self ? "self" : absl::StrCat("a", i);
    absl::StrAppend(&params, i == 0 ? "" : ", ", Declared(s, i));
    absl::StrAppend(&puts, "    assay_lift::Put::put(&", name,
                    p.object == Object::kNone ? "" : ".assay_self",
                    ", &mut out);\n");
    if (!p.changes) continue;
    absl::StrAppend(&takes, "        let b: ", p.held,
                    " = assay_lift::Take::take(input);\n        ",
                    p.is_slice ? absl::StrCat("assay_lift::refill(a", i, ", b)")
                               : absl::StrCat("*a", i, " = b"),
                    ";\n");
  }
  const std::string function = absl::StrCat(
      "#[allow(warnings)]\npub fn ", std::string(s.name), "(", params, ") -> ",
      s.result, " {\n    let mut out = assay_lift::Out::call(", index, ");\n",
      puts, "    assay_lift::call(out, |input| {\n        let r: ",
      s.result_is_object ? "u64" : s.result,
      " = assay_lift::Take::take(input);\n", takes, "        ",
      s.result_is_object ? absl::StrCat(s.result, " { assay_self: r }") : "r",
      "\n    })\n}\n");
  if (s.owner.empty()) return function;
  return absl::StrCat("impl ", std::string(s.owner), " {\n", function, "}\n");
}

struct Called {
  RustTypeNames objects;  // Types that have stubs.
  std::vector<RustSignature> signatures;
};

absl::StatusOr<Called> CalledBy(const RustSource& tests,
                                const RustSource& program) {
  Called called;
  for (const RustImpl& impl : program.impls) {
    if (program.names.count(impl.name) > 0) called.objects.insert(impl.name);
  }
  for (const RustFunction& function : program.functions) {
    if (tests.words.count(function.name) == 0) continue;
    if (function.name == "main") continue;
    absl::StatusOr<RustSignature> s =
        ReadRustSignature(program, function, called.objects);
    if (!s.ok()) return s.status();
    called.signatures.push_back(*std::move(s));
  }
  for (const RustImpl& impl : program.impls) {
    if (called.objects.count(impl.name) == 0) continue;
    for (const RustFunction& function : impl.functions) {
      if (tests.words.count(function.name) == 0) continue;
      absl::StatusOr<RustSignature> s =
          ReadRustSignature(program, function, called.objects, impl.name);
      if (s.ok()) {
        called.signatures.push_back(*std::move(s));
      } else if (tests.words.count(impl.name) > 0) {
        return s.status();
      }
    }
  }
  if (called.signatures.size() > kCallsMax) return NotLifted("many functions");
  return called;
}

// The program with a main of its own set aside, under another name.
std::string WithoutMain(std::string_view text, const RustSource& program) {
  Edits edits;
  if (program.Find("main")) {
    for (const Token& token : program.tokens) {
      if (token.kind != Token::Kind::kWord || token.text != "main") continue;
      edits.Replace(token.begin, token.text.size(), "_assay_own_main");
    }
  }
  return edits.Apply(text);
}

// The tests with their main renamed.
std::string Renamed(std::string_view text, const RustSource& tests) {
  Edits edits;
  for (const RustFunction& function : tests.functions) {
    if (function.name != "main") continue;
    const Token& name = tests.tokens[function.at];
    edits.Replace(name.begin, name.text.size(), kTestsMain);
  }
  return edits.Apply(text);
}

bool AssertsNothing(const RustSource& tests) {
  for (std::string_view word : tests.words) {
    if (word.find("assert") != std::string_view::npos) return false;
    for (std::string_view known : {"panic", "exit", "abort", "unwrap", "expect",
                                   "unreachable", "macro_rules"}) {
      if (word == known) return false;
    }
  }
  const RustFunction* main = tests.Find("main");
  return main && main->body == main->close;
}

absl::StatusOr<Lifted> LiftRust(const LiftRequest& request) {
  const absl::StatusOr<RustSource> program = ReadRust(request.program);
  if (!program.ok()) return NotLifted(program.status().ToString());
  const absl::StatusOr<RustSource> tests = ReadRust(request.tests);
  if (!tests.ok()) return NotLifted("the tests do not lex");
  if (!tests->Find("main")) return NotLifted("the tests have no main");
  if (AssertsNothing(*tests)) return NotLifted("nothing is asserted");
  for (std::string_view name : tests->names) {
    if (name != "main" && program->names.count(name) > 0) {
      return NotLifted(
          absl::StrCat(std::string(name.substr(0, 80)), " is defined in both"));
    }
  }
  const absl::StatusOr<Called> called = CalledBy(*tests, *program);
  if (!called.ok()) return called.status();
  const std::vector<RustSignature>& signatures = called->signatures;
  const std::string wire(embedded::code_rust_wire);
  Lifted lifted;
  lifted.candidate = {
      {kSourceFile,
       absl::StrCat(WithoutMain(request.program, *program), "\n", wire,
                    std::string(embedded::code_rust_candidate),
                    Dispatcher(signatures))}};
  std::string examiner =
      absl::StrCat("#![allow(warnings)]\n", program->uses, wire,
                   std::string(embedded::code_rust_examiner));
  for (std::string_view object : called->objects) {
    absl::StrAppend(&examiner, "#[allow(warnings)]\npub struct ",
                    std::string(object), " { assay_self: u64 }\n");
  }
  for (size_t i = 0; i < signatures.size(); ++i) {
    absl::StrAppend(&examiner, Stub(signatures[i], i));
  }
  absl::StrAppend(&examiner, "fn main() -> ::std::process::ExitCode {\n",
                  "    assay_lift::examine(", kTestsMain, ")\n}\n",
                  Renamed(request.tests, *tests));
  lifted.examiner = {{kSourceFile, std::move(examiner)}};
  return lifted;
}

// A panic whose place is in the tests is their own.
constexpr char kProof[] = R"(
mod assay_proof {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    static FAILED: AtomicBool = AtomicBool::new(false);
    pub struct End;
    pub fn begin(tests: u32) -> End {
        let say = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let line = panic.location().map_or(0, |place| place.line());
            FAILED.store(line >= tests, SeqCst);
            say(panic);
        }));
        End
    }
    impl Drop for End {
        fn drop(&mut self) {
            use std::io::{Read, Write};
            use std::os::unix::io::FromRawFd;
            let (mut from, mut to) = unsafe {
                (std::fs::File::from_raw_fd(3), std::fs::File::from_raw_fd(4))
            };
            if std::thread::panicking() {
                if FAILED.load(SeqCst) {
                    let _ = to.write_all(b"failed\n");
                }
                return;
            }
            let mut secret = [0u8; 64];
            let size = from.read(&mut secret).unwrap_or(0);
            let _ = to.write_all(&secret[..size]);
        }
    }
}
)";

absl::StatusOr<Sources> JoinRust(std::string_view program,
                                 std::string_view tests) {
  const absl::StatusOr<RustSource> read = ReadRust(tests);
  if (!read.ok()) return read.status();
  const RustFunction* main = read->Find("main");
  if (!main) return absl::InvalidArgumentError("no main function");
  if (AssertsNothing(*read)) {
    return absl::InvalidArgumentError("nothing is asserted");
  }
  const absl::StatusOr<RustSource> own = ReadRust(program);
  const std::string first =
      own.ok() ? WithoutMain(program, *own) : std::string(program);
  Edits edits;
  edits.Replace(
      read->tokens[main->body].begin, 1,
      absl::StrCat("{ let _assay_end = assay_proof::begin(",
                   std::count(first.begin(), first.end(), '\n') + 2, ");"));
  return Sources{
      {kSourceFile, absl::StrCat(first, "\n", edits.Apply(tests), kProof)}};
}

// The index after the argument that begins at `begin`.
size_t ArgumentEnd(const RustSource& tests, size_t begin, size_t end) {
  while (begin < end && tests.at(begin) != ",") begin = tests.closes[begin];
  return begin;
}

// A literal that is expected: of the second argument of assert_eq, or behind
// the == of an assert.
std::optional<size_t> ExpectedLiteral(const RustSource& tests,
                                      const RustAssertion& a) {
  const bool two = tests.at(a.name).find("_eq") != std::string_view::npos;
  size_t begin = a.begin, end = ArgumentEnd(tests, a.begin, a.end);
  if (two) {
    begin = end + 1;
    end = ArgumentEnd(tests, begin, a.end);
  } else {
    if (tests.at(a.name) == "assert_ne") return std::nullopt;
    size_t equals = 0;
    for (size_t i = begin; i < end; i = tests.closes[i]) {
      if (tests.at(i) == "&&" || tests.at(i) == "||") return std::nullopt;
      if (tests.at(i) == "==") equals = i;
    }
    if (equals == 0) return std::nullopt;
    begin = equals + 1;
  }
  for (size_t i = begin; i < end; ++i) {
    if (OtherLiteral(tests.tokens[i])) return i;
  }
  return std::nullopt;
}

std::vector<std::string> AlterRust(std::string_view text, uint64_t random) {
  std::vector<std::string> altered;
  const absl::StatusOr<RustSource> tests = ReadRust(text);
  if (!tests.ok()) return altered;
  const std::vector<RustAssertion> all = RustAssertions(*tests);
  if (all.empty()) return altered;
  const RustAssertion& a = all[random % all.size()];
  if (const std::optional<size_t> i = ExpectedLiteral(*tests, a)) {
    const Token& token = tests->tokens[*i];
    Edits edits;
    edits.Replace(token.begin, token.text.size(), *OtherLiteral(token));
    altered.push_back(edits.Apply(text));
  }
  Edits edits;
  const Token& name = tests->tokens[a.name];
  if (name.text == "assert" || name.text == "debug_assert") {
    const Token& last = tests->tokens[ArgumentEnd(*tests, a.begin, a.end)];
    edits.Replace(tests->tokens[a.begin].begin, 0, "!(");
    edits.Replace(last.begin, 0, ")");
  } else {
    const bool equal = name.text.find("_eq") != std::string_view::npos;
    edits.Replace(name.begin, name.text.size(),
                  equal ? "assert_ne" : "assert_eq");
  }
  altered.push_back(edits.Apply(text));
  return altered;
}

}  // namespace

const Dialect& RustDialect() {
  static constexpr Dialect kDialect = {"rust", LiftRust, JoinRust, AlterRust};
  return kDialect;
}

}  // namespace assay::code
