"""The plot of batch sizes on fixed rows."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import plot_batches

_HEAD = "pairs of real balls, 16 points, by batch size; upload counted; 4 cores"
_HOST = ["     16 pairs  host    0.0100 ms 1.600e+06 pairs/s a core",
         "    256 pairs  host    0.1600 ms 1.600e+06 pairs/s a core",
         "   4096 pairs  host    2.5600 ms 1.600e+06 pairs/s a core"]
_DEVICE = ["  device    0.0400 ms 4.000e+05 pairs/s, kernels    0.0100 ms",
           "  device    0.0400 ms 6.400e+06 pairs/s, kernels    0.0100 ms",
           "  device    0.1600 ms 2.560e+07 pairs/s, kernels    0.1000 ms"]
_BOTH = [_HEAD] + [h + d for h, d in zip(_HOST, _DEVICE)]


class PlotBatches(unittest.TestCase):

    def test_reads_rows_with_and_without_a_device(self):
        self.assertEqual(plot_batches.read(_BOTH),
                         (4, [(16, .01, .04), (256, .16, .04),
                              (4096, 2.56, .16)]))
        cores, rows = plot_batches.read([_HEAD] + _HOST + ["ok"])
        self.assertEqual((cores, rows[2]), (4, (4096, 2.56, None)))
        self.assertEqual(plot_batches.read(["ok"]), (1, []))

    def test_break_even_lies_where_the_lines_cross(self):
        _, rows = plot_batches.read(_BOTH)
        # From 4 times slower at 16 to 4 times faster at 256: in the middle.
        self.assertAlmostEqual(plot_batches.break_even(rows, 1), 64, places=6)
        # Four cores are as fast as the device at 256.
        self.assertAlmostEqual(plot_batches.break_even(rows, 4), 256, places=6)
        self.assertIsNone(plot_batches.break_even(rows, 1000))
        self.assertIsNone(plot_batches.break_even([(1, .1, None)], 1))
        self.assertAlmostEqual(
            plot_batches.break_even([(16, 1., .5), (64, 4., .5)], 1), 16)

    def test_text_has_a_row_for_each_size_and_a_mark_for_each_line(self):
        cores, rows = plot_batches.read(_BOTH)
        lines = list(plot_batches.text_plot(rows, cores))
        self.assertEqual(len(lines), 5)
        self.assertIn("D", lines[3])
        self.assertTrue(lines[3].rstrip().endswith("D"))  # The highest rate.
        self.assertLess(lines[1].index("D"), lines[1].index("h"))
        self.assertLess(max(map(len, lines)), 81)

    def test_the_program_says_why_there_is_no_picture(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = pathlib.Path(folder, "rows.txt")
            rows.write_text("\n".join(_BOTH))
            picture = pathlib.Path(folder, "rows.svg")
            said = subprocess.run(
                [sys.executable, plot_batches.__file__, rows, "--svg", picture],
                check=True, stdout=subprocess.PIPE, text=True).stdout
            self.assertIn("break-even with 1 core: 64 pairs", said)
            if picture.exists():
                self.assertIn("<svg", picture.read_text())
            else:
                self.assertIn("python3-matplotlib is not installed", said)
            rows.write_text("nothing")
            self.assertEqual(subprocess.run(
                [sys.executable, plot_batches.__file__, rows], check=False,
                stdout=subprocess.DEVNULL).returncode, 1)


if __name__ == "__main__":
    unittest.main()
