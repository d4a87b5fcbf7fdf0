#include "policies/drivers/call_result.hpp"

#include <string>
#include <utility>

namespace stampede {

CallFailed::CallFailed(const CallResult& result, std::exception_ptr cause)
    : std::runtime_error("call ended with " + std::string(to_string(result.outcome)) + " after " +
                         std::to_string(result.attempts) + (result.attempts == 1 ? " attempt" : " attempts")),
      result_(result),
      cause_(std::move(cause)) {}

}  // namespace stampede
