#pragma once
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/box.hpp"

namespace shatterproof::prover {

/// An exact point where a claim certainly fails, and the sides of the comparison that fails there.
struct Witness {
  Bindings point;
  expression::Value left, right;
  [[nodiscard]] std::string text() const;  ///< "fails at d = 3, h = 1/4: left [..], right [..]"
};

/// Tries single points against a claim under a hypothesis.
class PointCheck {
 public:
  PointCheck(const expression::Claim& claim, const std::optional<expression::Claim>& given, Bits precision)
      : claim_(claim), given_(given), precision_(precision) {}

  /// Throws ExpressionError, with the point, when the claim is undefined there although the hypothesis certainly holds.
  [[nodiscard]] std::optional<Witness> witness_at(const Bindings& point);
  /// Whether some point tried so far certainly satisfies the hypothesis.
  [[nodiscard]] bool met_hypothesis() const { return met_; }
  [[nodiscard]] bool satisfies_hypothesis(const Bindings& point);

 private:
  const expression::Claim& claim_;
  const std::optional<expression::Claim>& given_;
  Bits precision_;
  bool met_ = false;
};

/// Exact points of a box, always the same: evenly spaced ones and ones that approach t = 0 geometrically.
[[nodiscard]] std::vector<Bindings> sample_points(const Box& box);

}  // namespace shatterproof::prover
