"""What the scenarios about hedging, limits, throttling and priorities say is there: the effects, at some distance from
chance. Numbers in comments are what two seeds gave."""

import unittest

from effects import means, variants_of


class ProtectionEffects(unittest.TestCase):
    def test_only_a_budget_without_a_reserve_for_each_client_ends_the_storm(self):
        m = means("retry-budget.json")
        self.assertEqual(m["none"]["recovery.metastable"], 1)
        self.assertEqual(m["a reserve for each client"]["recovery.metastable"], 1)
        self.assertLess(m["one for all"]["recovery.time"], 12)  # 8.5 s
        self.assertLess(m["a bucket for each client"]["recovery.time"], 8)  # 5.4 s
        self.assertGreater(m["none"]["retry.amplification"], 3.5)
        self.assertLess(m["one for all"]["retry.amplification"], 1.2)

    def test_three_tries_at_five_tiers_are_243_attempts_at_the_bottom_and_budgets_bound_them(self):
        bottom = {
            name: v["metrics"]["service.amplification"]["by"]["services.storage"]["per_seed"]
            for name, v in variants_of("retries-at-every-tier.json").items()
        }
        for attempts in bottom["three tries"]:
            self.assertTrue(3**5 * 0.95 < attempts <= 3**5, attempts)  # requests under way at the end are not done
        for attempts in bottom["no retries for retries"]:
            self.assertTrue((1 + 5 * 2) * 0.99 < attempts <= 1 + 5 * 2, attempts)
        self.assertLessEqual(max(bottom["budgets of a tenth"]), 1.1**5)
        self.assertLessEqual(max(bottom["one tier"]), 3)

    def test_a_database_stays_down_above_half_its_capacity_when_everything_is_asked_twice(self):
        m = means("metastable-retries.json")  # HotOS 2021: the border is at 150/s
        for rate in ("100/s", "140/s"):
            self.assertEqual(m[rate]["recovery.metastable"], 0)
            self.assertLess(m[rate]["recovery.time"], 200)
        for rate in ("160/s", "200/s", "280/s"):
            self.assertEqual(m[rate]["recovery.metastable"], 1)
            self.assertLess(m[rate]["recovery.goodput_at_end"], 0.1)

    def test_a_cap_after_the_jitter_keeps_the_waves_that_a_cap_before_it_spreads(self):
        m = means("jitter-at-the-cap.json")
        self.assertGreater(m["after the jitter"]["jitter.share_at_cap"], 0.65)  # 0.74
        self.assertEqual(m["before the jitter"]["jitter.share_at_cap"], 0)
        self.assertGreater(m["after the jitter"]["herd.peak_ratio"], 1.5 * m["before the jitter"]["herd.peak_ratio"])  # 20.5 and 9.7
        self.assertGreater(m["no jitter"]["herd.peak_ratio"], 5 * m["after the jitter"]["herd.peak_ratio"])  # 151

    def test_hedging_helps_where_there_is_room(self):
        m = means("hedging.json")
        self.assertLess(m["p95"]["latency.p99"], 0.7 * m["none"]["latency.p99"])
        self.assertLess(m["p95"]["attempts.total"], 1.07 * m["none"]["attempts.total"])
        self.assertLess(m["fixed"]["latency.p99"], m["p95"]["latency.p99"])
        self.assertGreater(m["fixed"]["attempts.total"], 1.2 * m["none"]["attempts.total"])

    def test_a_fixed_hedge_doubles_the_load_for_good_and_one_that_measures_does_not(self):
        m = means("hedge-storm.json")
        self.assertGreater(m["fixed"]["attempts.total"], 1.6 * m["none"]["attempts.total"])  # 1.75
        self.assertGreater(m["fixed"]["latency.p50"], 10 * m["none"]["latency.p50"])  # 0.50 s and 0.013 s
        self.assertLess(m["p95"]["attempts.total"], 1.15 * m["none"]["attempts.total"])  # 1.07
        self.assertLess(m["p95"]["latency.p50"], 1.5 * m["none"]["latency.p50"])

    def test_adaptive_limits_do_more_in_a_brownout_and_vegas_shrinks_where_service_times_vary(self):
        m = means("adaptive-limit.json")
        self.assertGreater(m["none"]["retry.wasted_work"], 0.3)  # 0.40
        for limit in ("aimd", "gradient2", "gradient"):
            self.assertGreater(m[limit]["requests.goodput"], 1.1 * m["none"]["requests.goodput"])  # 478 and 554 to 575
            self.assertLess(m[limit]["retry.wasted_work"], 0.1)
        self.assertLess(m["vegas"]["requests.goodput"], 0.6 * m["none"]["requests.goodput"])  # 217

    def test_throttling_spares_the_service_and_a_small_k_costs_goodput(self):
        m = means("throttling.json")
        self.assertLess(m["k=2"]["attempts.rejected_full"], 0.7 * m["none"]["attempts.rejected_full"])  # 41,000 of 66,000
        self.assertGreater(m["k=2"]["requests.goodput"], 0.93 * m["none"]["requests.goodput"])
        self.assertLess(m["k=1.1"]["requests.goodput"], 0.7 * m["none"]["requests.goodput"])

    def test_classes_keep_what_matters_at_the_same_goodput(self):
        m = means("priorities.json")
        for shed in ("partitions", "chance"):
            self.assertGreater(m[shed]["requests.success_by_priority"][0], 0.95)
            self.assertLess(m[shed]["requests.success_by_priority"][2], m["bulkhead"]["requests.success_by_priority"][2])
            self.assertAlmostEqual(m[shed]["requests.goodput"] / m["bulkhead"]["requests.goodput"], 1, delta=0.15)
        classes = m["bulkhead"]["requests.success_by_priority"]
        self.assertAlmostEqual(classes[0], classes[2], delta=0.03)


if __name__ == "__main__":
    unittest.main()
