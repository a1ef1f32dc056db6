#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "constructions/construction.hpp"

namespace shatterproof {

inline nlohmann::json golden_lower_bounds() {
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  REQUIRE(root != nullptr);
  std::ifstream file(std::string(root) + "/tests/golden/lower-bounds.json");
  REQUIRE(file.good());
  return nlohmann::json::parse(file);
}

/// True if the ball is within a relative 10^-digits of the decimal text, counting the ball's own width.
inline bool agrees(const Ball& value, const std::string& text, int digits) {
  const Ball expected = Ball::decimal(text);
  const Ball tolerance = abs(expected) * power(Ball(10), -static_cast<long>(digits));
  return certainly_less_or_equal(abs(value - expected), tolerance);
}

inline const Quantity& quantity(const Construction& c, const std::string& name) {
  for (const Quantity& q : c.quantities) {
    if (q.name == name) return q;
  }
  FAIL("no quantity " << name);
  return c.quantities.front();
}

inline const JudgedClaim& claim(const Construction& c, const std::string& label) {
  for (const JudgedClaim& j : c.claims) {
    if (j.label == label) return j;
  }
  FAIL("no claim " << label);
  return c.claims.front();
}

}  // namespace shatterproof
