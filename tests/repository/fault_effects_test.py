"""What the scenarios about faults say is there: the effects, at some distance from chance. Numbers in comments are what
two seeds gave."""

import unittest

from effects import means, variants_of


class FaultEffects(unittest.TestCase):
    def test_a_deployment_costs_rate_times_restart_unless_it_drains(self):
        m = means("rolling-deployment.json")
        self.assertEqual(m["drained"]["requests.failed"], 0)
        self.assertAlmostEqual(m["abrupt"]["attempts.refused_outage"], 3200, delta=160)
        self.assertGreater(m["in halves"]["requests.failed"], 100)

    def test_balancers_that_look_avoid_a_gray_failure(self):
        m = means("gray-failure.json")
        self.assertLess(m["round robin"]["requests.success_rate"], 0.96)
        for balancing in ("two choices", "fewest calls"):
            self.assertGreater(m[balancing]["requests.success_rate"], 0.999)
            self.assertLess(m[balancing]["latency.p999"], m["round robin"]["latency.p999"])

    def test_a_zone_fails_by_powers_of_a_half_and_ejection_needs_room(self):
        m = means("zone-failure.json")
        in_zone = 660 * 30
        self.assertAlmostEqual(m["one try"]["requests.failed"] / in_zone, 1 / 2, delta=0.02)
        for tries in ("three tries", "three tries, room"):
            self.assertAlmostEqual(m[tries]["requests.failed"] / in_zone, 1 / 8, delta=0.02)
        self.assertLess(m["ejection, room"]["requests.failed"], 100)
        self.assertLess(m["ejection"]["requests.success_rate"], 0.5)

    def test_one_bad_endpoint_takes_the_workers_of_the_others_unless_a_bulkhead_keeps_them(self):
        rates = {
            name: {subject: each["mean"] for subject, each in v["metrics"]["requests.success_rate"]["by"].items()}
            for name, v in variants_of("one-bad-endpoint.json").items()
        }
        checkout, search = "services.shop/checkout", "services.shop/search"
        self.assertLess(rates["shared workers"][checkout], 0.75)
        self.assertGreater(rates["bulkhead"][checkout], 0.999)
        self.assertAlmostEqual(rates["bulkhead"][search], rates["shared workers"][search], delta=0.1)

    def test_only_what_is_optional_may_flap(self):
        m = means("flapping-dependency.json")
        self.assertGreater(m["retries"]["attempts.rejected_full"], 1000)
        self.assertLess(m["breaker"]["latency.p99"], 0.2 * m["retries"]["latency.p99"])
        self.assertLess(m["breaker"]["requests.success_rate"], m["retries"]["requests.success_rate"])
        self.assertEqual(m["breaker, optional"]["requests.failed"], 0)

    def test_long_queues_waste_what_is_left_in_a_brownout(self):
        m = means("brownout.json")
        self.assertGreater(m["long queue"]["retry.wasted_work"], 0.2)
        for queue in ("short queue", "last come first", "codel"):
            self.assertGreater(m[queue]["requests.success_rate"], m["long queue"]["requests.success_rate"] + 0.1)
            self.assertLess(m[queue]["retry.wasted_work"], 0.05)

    def test_a_short_queue_brings_a_cold_cache_back_sooner(self):
        m = means("cold-cache.json")
        self.assertLess(m["short queue"]["recovery.time"], 0.6 * m["retries"]["recovery.time"])
        self.assertLess(m["short queue"]["retry.wasted_work"], 0.01)
        self.assertGreater(m["retries"]["retry.wasted_work"], 0.4)
        self.assertLess(m["warms in 5 s"]["requests.failed"], m["short queue"]["requests.failed"])

    def test_a_day_of_chaos_is_the_same_for_all_variants_and_another_for_each_seed(self):
        variants = variants_of("chaos-day.json", 3)
        drawn = [v["drawn_faults"] for v in variants.values()]
        self.assertTrue(all(each == drawn[0] for each in drawn))
        self.assertEqual([each["seed"] for each in drawn[0]], [1, 2, 3])
        self.assertNotEqual(drawn[0][0]["faults"], drawn[0][1]["faults"])

    def test_an_incident_is_replayed_line_by_line(self):
        variants = variants_of("incident-replay.json")
        faults = variants["retries"]["faults"]
        self.assertIn({"kind": "outage", "subject": "services.db", "begin_s": 55.0, "end_s": 58.0}, faults)
        self.assertIn({"kind": "latency", "subject": "services.db", "begin_s": 20.0, "end_s": 75.0}, faults)
        rates = {n: v["metrics"]["requests.success_rate"]["mean"] for n, v in variants.items()}
        self.assertAlmostEqual(rates["retries"], rates["no retries"], delta=0.02)
        self.assertGreater(rates["short queue"], rates["retries"] + 0.05)


if __name__ == "__main__":
    unittest.main()
