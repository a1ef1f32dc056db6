#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::reference {

inline nlohmann::json load(const std::string& name) {
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  std::ifstream file(std::string(root != nullptr ? root : ".") + "/tests/golden/" + name);
  if (!file) throw std::runtime_error("cannot open golden file " + name);
  return nlohmann::json::parse(file);
}

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
