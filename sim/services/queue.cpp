#include "sim/services/queue.hpp"

namespace stampede::sim {

using namespace scenarios;

Queue::Queue(const QueueSettings& settings) : classes_(1), codel_({}, {}) {
    struct Read {
        Queue& queue;
        void operator()(const FifoDiscipline&) const { queue.kind_ = Kind::fifo; }
        void operator()(const LifoDiscipline&) const { queue.kind_ = Kind::lifo; }
        void operator()(const AdaptiveLifoDiscipline& lifo) const {
            queue.kind_ = Kind::adaptive_lifo;
            queue.above_ = lifo.above;
        }
        void operator()(const CodelDiscipline& codel) const {
            queue.kind_ = Kind::codel;
            queue.codel_ = Codel{codel.target, codel.interval};
        }
        void operator()(const PriorityDiscipline& priority) const {
            queue.kind_ = Kind::priority;
            queue.classes_.resize(priority.classes);
        }
    };
    std::visit(Read{*this}, settings.discipline);
}

Visit Queue::pop_back(std::size_t number) {
    const Visit visit = classes_[number].back();
    classes_[number].pop_back();
    --size_;
    return visit;
}

std::optional<Visit> Queue::pop_by_discipline(Instant now, std::vector<Visit>& turned_away) {
    switch (kind_) {
        case Kind::fifo:
            break;
        case Kind::lifo:
            return pop_back(0);
        case Kind::adaptive_lifo:
            return size_ > above_ ? pop_back(0) : pop_front(0);
        case Kind::codel:
            return pop_codel(now, turned_away);
        case Kind::priority:
            for (std::size_t c = 0; c < classes_.size(); ++c)
                if (!classes_[c].empty()) return pop_front(c);
            break;
    }
    return pop_front(0);
}

std::optional<Visit> Queue::pop_codel(Instant now, std::vector<Visit>& turned_away) {
    while (size_ > 0) {
        const Visit head = pop_front(0);
        if (!codel_.drops(now, now - head.since(), size_ == 0)) return head;
        turned_away.push_back(head);
    }
    return std::nullopt;
}

Visit Queue::pop_oldest() {
    std::size_t c = classes_.size() - 1;
    while (classes_[c].empty()) --c;
    return pop_front(c);
}

std::optional<Visit> Queue::give_way(std::uint8_t priority) {
    for (std::size_t c = classes_.size() - 1; c > class_of(priority); --c)
        if (!classes_[c].empty()) return pop_back(c);
    return std::nullopt;
}

bool Queue::expire(std::uint32_t call, std::uint32_t token) {
    for (std::size_t c = 0; c < classes_.size(); ++c) {
        if (classes_[c].empty()) continue;
        const Visit& oldest = classes_[c].front();
        if (oldest.call != call || oldest.token != token) continue;
        (void)pop_front(c);
        return true;
    }
    return false;
}

void Queue::clear(std::vector<Visit>& gone) {
    for (std::size_t c = 0; c < classes_.size(); ++c)
        while (!classes_[c].empty()) gone.push_back(pop_front(c));
}

}  // namespace stampede::sim
