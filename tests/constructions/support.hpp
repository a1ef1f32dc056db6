#pragma once
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "constructions/construction.hpp"
#include "numeric/golden.hpp"

namespace shatterproof {

/// The reference stays valid, so that a loop over one of its arrays does not outlive it.
inline const nlohmann::json& golden_lower_bounds() { return golden("lower-bounds.json"); }

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
