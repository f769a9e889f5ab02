// Toolchains and runtimes start in a box, build a small program and run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::ElementsAre;

struct Toolchain {
  const char* name;
  const char* source_file;
  const char* source;
  std::vector<std::string> compile;  // Empty: none.
  std::vector<std::string> collect;
  std::vector<std::string> run;
  const char* policy;
};

void PrintTo(const Toolchain& toolchain, std::ostream* out) {
  *out << toolchain.name;
}

std::vector<Toolchain> Toolchains() {
  return {
      {"node",
       "main.js",
       "const {Worker} = require('worker_threads');\n"
       "new Worker('require(\"worker_threads\").parentPort.postMessage(40)',\n"
       "           {eval: true}).on('message', (x) => console.log(x + 2));\n",
       {},
       {},
       {"/usr/bin/node", "main.js"},
       "jit"},
      {"java",
       "Main.java",
       "public class Main {\n"
       "  interface F { int f(int x); }\n"
       "  static class Inner { F f = new F() {\n"
       "    public int f(int x) { return x + 2; } }; }\n"
       "  static int answer;\n"
       "  public static void main(String[] a) throws Exception {\n"
       "    Thread t = new Thread(() -> answer = new Inner().f.f(40));\n"
       "    t.start(); t.join(); System.out.println(answer); } }\n",
       {"/usr/bin/javac", "-J-XX:-UsePerfData", "Main.java"},
       {"*.class"},
       {"/usr/bin/java", "-XX:-UsePerfData", "-cp", "/box", "Main"},
       "jit"},
      {"go",
       "main.go",
       "package main\nimport \"fmt\"\n"
       "func main() { c := make(chan int); go func() { c <- 42 }();\n"
       "  fmt.Println(<-c) }\n",
       {"/usr/bin/go", "build", "-o", "a.out", "main.go"},
       {"a.out"},
       {"/box/a.out"},
       "jit"},
      {"rustc",
       "main.rs",
       "fn main() { let t = std::thread::spawn(|| 42);\n"
       "  println!(\"{}\", t.join().unwrap()); }\n",
       {"/usr/bin/rustc", "-o", "a.out", "main.rs"},
       {"a.out"},
       {"/box/a.out"},
       "native"},
      {"tsc",
       "main.ts",
       "const x: number = 40; console.log(x + 2);\n",
       {"/usr/bin/tsc", "--noLib", "--noResolve", "main.ts"},
       {"main.js"},
       {"/usr/bin/node", "main.js"},
       "jit"},
      {"bash",
       "main.sh",
       "read -r a b < <(echo 40 2); f() { echo $(( $1 + $2 )); }\n"
       "x=$(f \"$a\" \"$b\"); cat <<< \"$x\"\n",
       {},
       {},
       {"/usr/bin/bash", "main.sh"},
       "native"},
  };
}

class RunsInABox : public ::testing::TestWithParam<Toolchain> {};

Command In(const std::vector<std::string>& argv, const char* policy) {
  Command command;
  command.argv = argv;
  command.policy = policy;
  command.environment = {"PATH=/usr/bin:/bin",   "HOME=/box",
                         "LANG=C.UTF-8",         "TMPDIR=/tmp",
                         "GOCACHE=/tmp/gocache", "CGO_ENABLED=0"};
  command.limits.cpu = absl::Seconds(60);
  command.limits.wall = absl::Seconds(180);
  command.limits.file_bytes = int64_t{512} << 20;
  command.limits.memory_bytes = int64_t{1} << 30;
  return command;
}

TEST_P(RunsInABox, Hello) {
  const Toolchain& t = GetParam();
  for (const auto* argv : {&t.compile, &t.run}) {
    if (!argv->empty() && (*argv)[0].rfind("/box/", 0) != 0 &&
        access((*argv)[0].c_str(), X_OK) != 0) {
      GTEST_SKIP() << "no " << (*argv)[0] << " on this host";
    }
  }
  std::vector<BoxFile> files = {{t.source_file, MakeBlob(t.source), 0644}};
  if (!t.compile.empty()) {
    Command compile = In(t.compile, "compiler");
    compile.files = files;
    compile.collect = t.collect;
    RunResult made = RunOrDie(compile);
    // tsc --noLib complains, and writes its file all the same.
    ASSERT_EQ(Name(made.outcome), "exited") << made.stderr_text;
    ASSERT_FALSE(made.files.empty()) << made.stdout_text << made.stderr_text;
    EXPECT_FALSE(made.files_left_out);
    files.clear();
    for (auto& [name, content] : made.files) {
      files.push_back({name, MakeBlob(std::move(content)), 0755});
    }
  }
  Command run = In(t.run, t.policy);
  // Far below what these runtimes reserve.
  run.limits.memory_bytes = int64_t{256} << 20;
  run.files = files;
  RunResult result = RunOrDie(run);
  EXPECT_EQ(Name(result.outcome), "exited") << result.setup_error;
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  EXPECT_EQ(result.stdout_text, "42\n") << result.stderr_text;
}

INSTANTIATE_TEST_SUITE_P(Toolchains, RunsInABox,
                         ::testing::ValuesIn(Toolchains()),
                         [](const ::testing::TestParamInfo<Toolchain>& info) {
                           return std::string(info.param.name);
                         });

// What does not matter to the candidate's answer is bounded all the same.
TEST(Toolchains, AJitThatEatsMemoryIsStopped) {
  if (access("/usr/bin/node", X_OK) != 0) GTEST_SKIP() << "no node";
  Command command =
      In({"/usr/bin/node", "-e",
          "const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 7))"},
         "jit");
  command.limits.memory_bytes = int64_t{256} << 20;
  EXPECT_EQ(Name(RunOrDie(command).outcome), "memory");
}

std::vector<std::string> Collected(const Command& command, bool* left_out) {
  RunResult result = RunOrDie(command);
  std::vector<std::string> names;
  for (const auto& [name, content] : result.files) names.push_back(name);
  *left_out = result.files_left_out;
  return names;
}

TEST(Collect, ByNameAndByEnding) {
  Command command = Shell(
      "for n in b a c; do echo $n > $n.x; done; echo > d.y; mkdir f.x;"
      "ln -s /etc/passwd e.x; echo > .x");
  bool left_out = false;
  command.collect = {"*.x", "d.y", "a.x", "none"};
  EXPECT_THAT(Collected(command, &left_out),
              ElementsAre(".x", "a.x", "b.x", "c.x", "d.y"));
  EXPECT_FALSE(left_out);
}

TEST(Collect, WithinItsBounds) {
  Command command =
      Shell("truncate -s 3000 a.x; truncate -s 3000 b.x; truncate -s 900 c.x");
  command.collect = {"*.x"};
  command.limits.collect_bytes = 4000;
  bool left_out = false;
  EXPECT_THAT(Collected(command, &left_out), ElementsAre("a.x", "c.x"));
  EXPECT_TRUE(left_out);
  // Sparse files of the greatest size cost nothing to make.
  command = Shell("for i in $(seq 2000); do truncate -s 60000000 $i.x; done");
  command.collect = {"*.x"};
  command.limits.collect_bytes = 1 << 20;
  EXPECT_THAT(Collected(command, &left_out), ElementsAre());
  EXPECT_TRUE(left_out);
  command = Shell("for i in $(seq 2000); do : > $i.x; done");
  command.collect = {"*.x"};
  EXPECT_EQ(Collected(command, &left_out).size(), 1024u);
  EXPECT_TRUE(left_out);
}

}  // namespace
}  // namespace assay::sandbox
