#include "sim/kernel/event.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstdint>

using namespace stampede;
using namespace stampede::sim;

TEST_CASE("an event that was put together in words is the event field by field") {
    CHECK(rc::check("words = fields", [](std::uint32_t order, std::uint8_t detail, std::uint16_t place,
                                         std::uint32_t subject, std::uint32_t token) {
        const Instant at{Duration{*rc::gen::arbitrary<std::int64_t>()}};
        const auto kind =
            static_cast<EventKind>(*rc::gen::inRange<int>(0, static_cast<int>(EventKind::connection_wait_over) + 1));
        const Event made{.kind = kind, .detail = detail, .place = place, .subject = subject, .token = token};
        const EventWords words{made, Due{at, order}};
        RC_ASSERT(words.due().at == at);
        RC_ASSERT(words.due().order == order);

        Event written;
        words.write(written);
        for (const Event& event : {written, words.event(), EventWords{words.time, words.what, words.whom}.event()}) {
            RC_ASSERT(event.at == at);
            RC_ASSERT(event.order == order);
            RC_ASSERT(event.kind == kind);
            RC_ASSERT(event.detail == detail);
            RC_ASSERT(event.place == place);
            RC_ASSERT(event.subject == subject);
            RC_ASSERT(event.token == token);
        }
    }));
}
