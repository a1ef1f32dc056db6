#pragma once
#include "shatterproof/claims/procedure.hpp"
#include "shatterproof/claims/prover/report.hpp"

namespace shatterproof {

/// The question that a claim block with the key `claim` asks.
[[nodiscard]] prover::Question question_of(const Parameters& parameters);

}  // namespace shatterproof
