#pragma once

#include <string>
#include <string_view>

namespace stampede::reports {

/// Text between tags or in a quoted attribute of XML 1.0. Characters that XML does not allow (section 2.2) and bytes
/// that are no UTF-8 become U+FFFD; line breaks and tabs are written as references, since a reader would make them
/// spaces in an attribute (section 3.3.3).
[[nodiscard]] std::string xml(std::string_view text);

}  // namespace stampede::reports
