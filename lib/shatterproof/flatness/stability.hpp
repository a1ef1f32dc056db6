#pragma once
#include "shatterproof/core/verdict.hpp"
#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// Whether theta is linearly stable under gradient descent with step eta on L: lambda_max(H) <= 2/eta
/// (Proposition 2.1). Statement   proved: lambda_max(H) <= 2/eta; refuted: lambda_max(H) > 2/eta; else undecided.
/// Guarantee   from the enclosure lambda_max that is handed over, from a finer one, or (few samples) from the exact
///             count of the eigenvalues above 2/eta, which also settles lambda_max = 2/eta.
/// Requires    eta > 0, else PreconditionError; lambda_max contains the largest eigenvalue.
[[nodiscard]] Verdict certify_stability(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                        const Ball& lambda_max, const Rational& eta);

/// The same from the enclosure alone.
[[nodiscard]] Verdict certify_stability(const Ball& lambda_max, const Rational& eta);

}  // namespace shatterproof
