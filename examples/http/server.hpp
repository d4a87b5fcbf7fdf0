#pragma once

#include <memory>

/// A price service on a free port of 127.0.0.1: GET /price answers a number, anything else 404.
class PriceServer {
public:
    PriceServer();
    ~PriceServer();
    [[nodiscard]] int port() const { return port_; }
    /// Closes the port: connections are refused until `start`.
    void stop();
    /// On the port that it had.
    void start();

private:
    struct Running;
    std::unique_ptr<Running> running_;
    int port_ = 0;
};
