"""Nsight Compute's table, on fixed text."""

import unittest

import ncu_table

_FP64 = "sm__inst_executed_pipe_fp64.avg.pct_of_peak_sustained_elapsed"
_SHARED = ("l1tex__data_pipe_lsu_wavefronts_mem_shared.avg."
           "pct_of_peak_sustained_elapsed")


class NcuTable(unittest.TestCase):

    def test_names_the_highest_part_first(self):
        lines = ["==PROF== Connected", "device: a device",
                 '"ID","Kernel Name","gpu__time_duration.sum","%s","%s"' % (
                     _FP64, _SHARED),
                 '"","","ns","%","%"',
                 '"0","EvaluateKernel(Portion, 8)","1200","31.5","64.2"']
        self.assertEqual(ncu_table.table(lines),
                         ["ncu EvaluateKernel: shared 64%, fp64 32%"])

    def test_says_why_there_is_nothing(self):
        for line in ("==ERROR== ERR_NVGPUCTRPERM - no permission",
                     "skipped: no device"):
            self.assertEqual(ncu_table.table(["x", line]),
                             ["ncu gave nothing: " + line])
        self.assertIn("no table", ncu_table.table([])[0])


if __name__ == "__main__":
    unittest.main()
