"""What the scenarios about crowds, reconnects, impatience and bursts say is there: the effects, at some distance from
chance. Numbers in comments are what two seeds gave."""

import unittest

from effects import means


class ClientEffects(unittest.TestCase):
    def test_a_short_queue_serves_a_flash_crowd_better_than_a_long_one(self):
        m = means("flash-crowd.json")
        self.assertGreater(m["short queue"]["requests.success_rate"], m["long queue"]["requests.success_rate"] + 0.15)
        self.assertGreater(m["long queue"]["retry.wasted_work"], 0.25)  # 0.29
        self.assertLess(m["short queue"]["retry.wasted_work"], 0.01)
        self.assertLess(m["budget"]["retry.amplification"], 1.1)  # 1.04, and 1.67 without
        self.assertLess(m["budget"]["requests.success_rate"], m["short queue"]["requests.success_rate"] - 0.1)

    def test_devices_that_reconnect_at_once_never_recover_and_over_twenty_seconds_nothing_fails(self):
        m = means("reconnect-storm.json")
        self.assertGreater(m["at once"]["arrivals.peak_per_s"], 4000)  # the service can do 400
        for storm in ("at once", "over 5 s"):
            self.assertLess(m[storm]["requests.success_rate"], 0.75)  # 0.54 and 0.66
            self.assertGreater(m[storm]["retry.wasted_work"], 0.6)
            self.assertEqual(m[storm]["recovery.metastable"], 1)
        self.assertGreater(m["over 20 s"]["requests.success_rate"], 0.995)

    def test_reloads_keep_a_search_down_unless_work_ends_with_its_user_or_queues_are_short(self):
        m = means("impatient-users.json")
        self.assertLess(m["reload"]["visits.success_rate"], 0.35)  # 0.22
        self.assertGreater(m["patient"]["visits.success_rate"], 2 * m["reload"]["visits.success_rate"])  # 0.65
        self.assertGreater(m["work is cancelled"]["visits.success_rate"], 0.93)  # 0.96
        self.assertGreater(m["short queue"]["visits.success_rate"], 0.85)  # 0.90

    def test_calls_that_hang_hold_the_connections_that_the_others_need(self):
        m = means("connection-pool-exhaustion.json")
        self.assertGreater(m["3 connections"]["connections.rejected"], 3000)  # 4,290 of 15,000 asked in the fault
        self.assertGreater(m["3 connections"]["connections.wait_mean"], 0.2)
        self.assertLess(m["10 connections"]["connections.rejected"], 20)
        for enough in ("10 connections", "3, gives up sooner"):
            self.assertAlmostEqual(m[enough]["requests.success_rate"], 0.96, delta=0.005)  # all but the tenth that hangs
            self.assertEqual(m[enough]["connections.broken"], m[enough]["attempts.timed_out"])

    def test_a_full_backlog_makes_waves_that_no_policy_has_made(self):
        m = means("full-backlog.json")
        self.assertGreater(m["128, dropped"]["connections.asked_again"], 3000)  # 4,470
        self.assertGreater(m["128, dropped"]["latency.p99"], 15)  # 20 s: given up once before a connection is accepted
        self.assertLess(m["2000"]["latency.max"], 4.1)  # 2,000 connections of 2 ms, begun in half a second
        self.assertGreater(m["2000"]["latency.max"], 3.2)
        self.assertLess(m["128, refused"]["latency.max"], 10)

    def test_bursts_cost_latency_at_the_same_load(self):
        m = means("bursty-arrivals.json")
        for way in m.values():
            self.assertAlmostEqual(way["service.utilisation"], 0.7, delta=0.06)
        self.assertAlmostEqual(m["poisson"]["herd.dispersion"], 1, delta=0.15)
        self.assertAlmostEqual(m["batches of 20"]["herd.dispersion"], 20, delta=2)
        self.assertGreater(m["batches of 20"]["latency.p99"], 1.5 * m["poisson"]["latency.p99"])  # 0.164 s and 0.094 s
        self.assertGreater(m["states"]["latency.p99"], 5 * m["poisson"]["latency.p99"])  # 2.1 s


if __name__ == "__main__":
    unittest.main()
