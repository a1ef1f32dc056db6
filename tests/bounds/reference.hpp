#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "numeric/golden.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::reference {

inline const nlohmann::json& load(const std::string& name) { return golden(name); }

inline Rational rational(const nlohmann::json& value) {
  return value.is_string() ? parse_rational(value.get<std::string>()) : parse_rational(value.dump());
}

inline Integer integer(const nlohmann::json& value) { return rational(value).get_num(); }

/// The enclosure holds at least `digits` digits and every value in it agrees with the reference to that many.
inline bool agrees(const Ball& value, const nlohmann::json& wanted, int digits) {
  const Rational x = rational(wanted);
  if (x == 0) return value.is_exact() && value.contains(x);
  const Ball relative = abs(value / Ball(x) - Ball(1));
  return certainly_less(relative, power(Ball(10), static_cast<long>(1 - digits)));
}

}  // namespace shatterproof::reference
