#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace shatterproof {

/// What may be said of a claim (design: Verdicts). Only exact or enclosing arithmetic reaches proved or refuted.
enum class Verdict {
  proved,     ///< holds for every instance in the stated range
  refuted,    ///< a certified counterexample exists in the range
  vacuous,    ///< true, but a constant in it is trivial there
  supported,  ///< not a proof: an experiment or a finite sample of points agrees
  undecided   ///< the effort or precision cap was reached
};

[[nodiscard]] std::string_view to_text(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdict_from_text(std::string_view text);

/// The verdict on a conjunction: refuted beats undecided beats vacuous beats supported beats proved.
[[nodiscard]] Verdict both(Verdict a, Verdict b);

}  // namespace shatterproof
