"""What the scenarios about networks and platforms say is there. Numbers in comments are what five seeds gave."""

import unittest

from effects import means


class NetworkEffects(unittest.TestCase):
    def test_more_tries_over_a_lossy_link_save_requests_and_cost_time(self):
        m = means("slow-link.json")
        self.assertGreater(m["4 tries"]["requests.success_rate"], 0.99)
        self.assertLess(m["budget"]["requests.success_rate"], 0.97)  # 0.958
        self.assertGreater(m["4 tries"]["latency.p99"], 4 * m["budget"]["latency.p99"])  # 1.14 s and 0.12 s

    def test_calls_that_keep_to_their_zone_do_not_notice_a_split(self):
        m = means("split-network.json")
        self.assertEqual(m["own zone first"]["requests.success_rate"], 1)
        self.assertLess(m["round robin"]["requests.success_rate"], 0.8)  # 0.71: its workers wait
        self.assertGreater(m["timeout 100 ms"]["requests.success_rate"], 0.87)  # 0.91

    def test_a_platforms_traces_are_faults(self):
        m = means("platform-trace.json")
        self.assertLess(m["in turn"]["requests.success_rate"], 0.99)  # 0.985
        self.assertGreater(m["ejection"]["requests.success_rate"], 0.997)
        self.assertGreater(m["in turn"]["latency.p99"], 2 * m["ejection"]["latency.p99"])  # 1.04 s and 0.45 s


if __name__ == "__main__":
    unittest.main()
