#include "server.hpp"

#include <httplib.h>

#include <stdexcept>
#include <thread>

struct PriceServer::Running {
    httplib::Server server;
    std::thread thread;

    Running() {
        server.Get("/price", [](const httplib::Request&, httplib::Response& response) {
            response.set_content("42", "text/plain");
        });
        server.set_keep_alive_max_count(1);  // a connection that is kept open would outlive the port
    }
    void serve() {
        thread = std::thread([this] { server.listen_after_bind(); });
        while (!server.is_running()) std::this_thread::yield();
    }
    ~Running() {
        server.stop();
        if (thread.joinable()) thread.join();
    }
};

PriceServer::PriceServer() : running_(std::make_unique<Running>()) {
    port_ = running_->server.bind_to_any_port("127.0.0.1");
    if (port_ < 0) throw std::runtime_error("no free port on 127.0.0.1");
    running_->serve();
}

PriceServer::~PriceServer() = default;

void PriceServer::stop() { running_.reset(); }

void PriceServer::start() {
    running_ = std::make_unique<Running>();
    if (!running_->server.bind_to_port("127.0.0.1", port_)) throw std::runtime_error("the port is taken");
    running_->serve();
}
