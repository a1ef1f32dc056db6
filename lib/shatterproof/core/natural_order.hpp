#pragma once
#include <string_view>

namespace shatterproof {

/// True if a comes before b when runs of digits are compared as numbers: "step_9" before "step_10". A strict order on
/// texts: two that differ only in leading zeros are ordered as plain text.
[[nodiscard]] bool naturally_before(std::string_view a, std::string_view b);

}  // namespace shatterproof
