#pragma once
#include "shatterproof/core/verdict.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// proved if a <= b certainly, refuted if b < a certainly, else undecided.
[[nodiscard]] inline Verdict judge_at_most(const Ball& a, const Ball& b) {
  if (certainly_less_or_equal(a, b)) return Verdict::proved;
  return certainly_less(b, a) ? Verdict::refuted : Verdict::undecided;
}

/// A few digits for statements, e.g. "0.0166667"; not exact.
[[nodiscard]] inline std::string short_text(const Ball& value) { return to_text(value, 6).mid; }

}  // namespace shatterproof
