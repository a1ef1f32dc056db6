#pragma once
#include <string>
#include <string_view>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// How far a printed bound may be trusted, and whether it says anything.
enum class BoundStatus {
  certified,      ///< the value is an enclosure, or its certified end on the safe side
  numerical,      ///< computed in floating point: no guarantee
  vacuous,        ///< true, but 0 (lower bounds) or not below the trivial bound (upper bounds)
  not_applicable  ///< a hypothesis fails; there is no value
};
[[nodiscard]] std::string_view to_text(BoundStatus status);

/// One bound on a squared risk E||fhat - f||^2, as a number.
/// Normalisation: `value` is for X uniform with respect to the probability measure P on the unit ball; the Lebesgue
/// version is v_d times it. When not_applicable, `value` is indeterminate and `reason` says which hypothesis fails.
struct RiskBound {
  std::string name;    ///< stable identifier, e.g. "assouad_mmse"
  std::string source;  ///< label in the paper or the proof it comes from
  BoundStatus status = BoundStatus::not_applicable;
  Ball value = Ball::indeterminate();
  std::string reason;  ///< why it is vacuous or not applicable; else a remark or empty
};

}  // namespace shatterproof
