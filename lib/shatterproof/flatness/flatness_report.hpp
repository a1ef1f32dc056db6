#pragma once
#include <string>

#include "shatterproof/flatness/chain.hpp"
#include "shatterproof/flatness/lambda_max.hpp"

namespace shatterproof {

/// A step size eta = a decimal with lambda_max(H) <= 2/eta, so that theta lies in Theta_flat(eta; D) (Proposition 2.1).
struct StableStep {
  Rational value;
  std::string text;  ///< the same decimal, exactly
};

/// The largest decimal of so many significant digits whose stability the enclosure proves. At most 2 for the
/// loss L, because lambda_max >= 1. Throws UndecidedError when the enclosure is not finite or not positive.
[[nodiscard]] StableStep certify_stable_step(const Ball& lambda_max, int digits);

/// Everything `shatterproof flatness` says about one network and data set.
struct FlatnessReport {
  EigenvalueEnclosure lambda_max;
  Ball trace;  ///< of the Hessian (H4)
  StableStep step;
  Chain chain;  ///< with Corollary 3.3 for that step as further links
  Bits bits;    ///< working precision that was used
};

/// Encloses the numbers to about that many significant digits and judges every link.
/// Throws PreconditionError for ties (naming neuron and sample), shapes that disagree and samples outside the ball;
/// UndecidedError when lambda_max could not be enclosed.
[[nodiscard]] FlatnessReport report_flatness(const Problem<Rational>& problem, int digits);
/// The same for the problem's activation pattern, decided before; start: see enclose_lambda_max.
[[nodiscard]] FlatnessReport report_flatness(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                             int digits, const Vector<double>& start = {});

/// Corollary 3.3 for a step with lambda_max <= 2/eta: |f|_Vg <= 1/eta - 1/2 + (R+1) sqrt(2L), and without the residual
/// term at a stationary theta. `chain` holds the links it rests on.
[[nodiscard]] std::vector<ChainLink> corollary_links(const Chain& chain, const Rational& eta);

}  // namespace shatterproof
