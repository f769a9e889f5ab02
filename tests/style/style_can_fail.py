"""Shows that every rule of style.py can fail, and that a clean tree passes."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import style  # pylint: disable=wrong-import-position

_ROOT = "/" + "root/"


def _header(path, body):
    guard = path.replace("/", "_").replace(".", "_").upper() + "_"
    return "#ifndef %s\n#define %s\n%s\n#endif\n" % (guard, guard, body)


class StyleCanFail(unittest.TestCase):

    def _breaches(self, files):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            return list(style.breaches(root))

    def _assert_one(self, path, text, what):
        found = self._breaches({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(what, found[0])

    def test_a_clean_tree_passes(self):
        self.assertEqual([], self._breaches({
            "kernels/tape.h": _header("kernels/tape.h", "#include <vector>"),
            "verifier/judge.cc": '#include "sandbox/sandbox.h"\n'
                                 '#include "kernels/tape.h"\n',
            "verifier/server/codec.cc":
                '#include "proto/assay/v1/sample.pb.h"\n'
                "#include <grpcpp/grpcpp.h>\n",
            "clients/cli/main.cc": '#include "proto/assay/v1/sample.pb.h"\n',
            "tests/x_test.cc": '#include "clients/cli/words.h"\n'
                               '#include "kernels/tape.h"\n',
            "sandbox/launcher.cc": "int Start() { return fork(); }\n",
            "docs/DESIGN.md": "Opens /dev/null and /tmp/x.\n",
        }))

    def test_every_forbidden_arrow(self):
        rooms = sorted(style.ARROWS)
        for room in rooms:
            path = room if room.endswith(".cc") else room + "/a.cc"
            for target in ("proto", "kernels", "sandbox", "verifier",
                           "clients", "tests", "bench"):
                text = '#include "%s/a.h"\n' % target
                found = self._breaches({path: text})
                allowed = target in style.ARROWS[room]
                self.assertEqual(len(found), 0 if allowed else 1,
                                 (room, target, found))

    def test_walls_by_name(self):
        # Beside the table itself, so that a change of it is seen.
        for path, target in (("sandbox/a.cc", "kernels/b.h"),
                             ("kernels/a.cc", "sandbox/b.h"),
                             ("sandbox/a.cc", "verifier/b.h"),
                             ("kernels/a.cc", "verifier/b.h"),
                             ("verifier/code/a.cc", "proto/assay/v1/s.pb.h"),
                             ("verifier/math/a.cc", "proto/assay/v1/s.pb.h"),
                             ("verifier/judge.cc", "clients/cli/a.h"),
                             ("clients/cli/a.cc", "verifier/verdict.h"),
                             ("verifier/a.cc", "tests/a.h"),
                             ("kernels/a.cc", "bench/a.h")):
            self._assert_one(path, '#include "%s"\n' % target, target)

    def test_the_wire_stops_at_the_codec(self):
        for target in ("grpcpp/grpcpp.h", "google/protobuf/message.h"):
            for path in ("verifier/code/judge.cc", "sandbox/a.cc",
                         "kernels/a.cc"):
                self._assert_one(path, "#include <%s>\n" % target, "codec")

    def test_device_code_sees_no_wire(self):
        found = self._breaches({
            "kernels/a.cu": '#include <grpc/grpc.h>\n',
        })
        self.assertTrue(any("device code" in line for line in found), found)
        self._assert_one(
            "kernels/a.h",
            _header("kernels/a.h", "#include <thrust/sort.h>"), "thrust")

    def test_include_from_the_root(self):
        self._assert_one("kernels/a.cc", '#include "tape.h"\n', "root")

    def test_guard(self):
        self._assert_one("kernels/a.h", "#pragma once\n", "KERNELS_A_H_")
        self._assert_one("kernels/a.h", _header("kernels/b.h", ""),
                         "KERNELS_A_H_")

    def test_size(self):
        self._assert_one("kernels/a.py", "\n" * 601, "601 lines")
        self._assert_one("kernels/a.cc", "//" + "x" * 79 + "\n", "81 columns")
        # Columns are characters, not bytes.
        self.assertEqual([], self._breaches(
            {"kernels/a.cc": "//" + "\u00e9" * 78 + "\n"}))

    def test_machine_paths(self):
        for path in ("docs/a.md", "kernels/a.cc", "Makefile", "a.jsonl"):
            self._assert_one(os.path.join("x", path),
                             "see %sx\n" % _ROOT, "machine")
        self.assertEqual([], self._breaches({"x/a.md": "chroot" + _ROOT}))

    def test_words(self):
        for word in ("LaneMana" + "ger", "hel" + "per", "string_ut" + "ils"):
            self._assert_one("kernels/a.cc", "int %s;\n" % word, word)
        for word in ("TO" + "DO", "FIX" + "ME", "for " + "now"):
            self._assert_one("kernels/a.cc", "// %s: later\n" % word, word)

    def test_the_service_never_forks(self):
        for call in ("fork()", "::vfork()", "popen(x, y)", "clone3(a)"):
            self._assert_one("verifier/farm/a.cc", "  %s;\n" % call, "forks")
        self.assertEqual([], self._breaches(
            {"verifier/a.cc": "// fork() is not called.\nx.clone();\n"}))


if __name__ == "__main__":
    unittest.main()
