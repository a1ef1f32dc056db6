#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof::rates {

/// One real parameter and the interval that it runs through.
struct ParameterRange {
  std::string name;
  Rational lower;
  bool lower_included = true;
  std::optional<Rational> upper = {};  ///< none: up to infinity
  bool upper_included = false;

  [[nodiscard]] bool contains(const Rational& value) const;
};

/// Reads "d >= 1", "alpha > 0", "m in [1, 8]", "s in (0, 3/2]", "d in [2, inf)" or "d = 5".
/// Throws PreconditionError that says what was expected, also for an empty interval.
[[nodiscard]] ParameterRange parse_parameter_range(std::string_view text);

/// "d >= 1", "s in (0, 3/2]", "d = 5".
[[nodiscard]] std::string to_text(const ParameterRange& range);

}  // namespace shatterproof::rates
