#pragma once
#include <optional>
#include <vector>

#include "shatterproof/flatness/flatness_report.hpp"
#include "shatterproof/flatness/loss_kind.hpp"
#include "shatterproof/flatness/neurons.hpp"

namespace shatterproof {

struct ReportRequest {
  int digits = 20;
  LossKind loss = LossKind::half_mean;
  std::optional<Rational> eta = {};  ///< a step size on that loss
  Eigen::Index top = 0;              ///< how many eigenvalues to estimate
  bool neurons = false;
  Vector<double> start = {};  ///< see enclose_lambda_max
};

/// A step size of the user's own.
struct StepReport {
  Rational eta;
  Ball threshold;                         ///< 2/eta
  Verdict stable = Verdict::undecided;    ///< lambda_max <= 2/eta, see certify_stability
  Ball corollary_bound = {};              ///< 1/eta' - 1/2 + (R+1) sqrt(2L), eta' = factor * eta the step on L
  std::vector<ChainLink> corollary = {};  ///< Corollary 3.3 for eta'; only where stability is proved
};

/// What is known of a network on its data for the loss that it was trained with.
struct NetworkReport {
  FlatnessReport theory;  ///< for the loss L = 1/(2n) sum r_i^2 of the theorems
  Rational factor;        ///< the loss asked for is factor * L
  // Of the loss asked for: factor times the number for L.
  Ball lambda_max, trace, loss;
  StableStep step;               ///< the largest decimal eta with lambda_max <= 2/eta, proved
  std::optional<StepReport> at;  ///< for the step asked for
  std::vector<double>
      approx_top;  ///< largest eigenvalues, descending, by Lanczos or a dense solver in double: no bound
  std::vector<NeuronFigures> neurons;
};

/// Throws as report_flatness does; UndecidedError for n K > 2e8 (see report_sharpness); PreconditionError for a step size that is not positive and for a negative top.
[[nodiscard]] NetworkReport report_network(const Problem<Rational>& problem, const ReportRequest& request);

/// lambda_max alone.
struct SharpnessReport {
  EigenvalueEnclosure lambda_max;  ///< of the loss asked for
  Rational factor;                 ///< the loss asked for is factor * L
  StableStep step;                 ///< the largest decimal eta with lambda_max <= 2/eta, proved
  std::optional<Verdict> stable;   ///< lambda_max <= 2/eta for the step asked for
};

/// For networks of any size: nothing of size n K is kept. Throws as enclose_lambda_max does.
[[nodiscard]] SharpnessReport report_sharpness(const Problem<Rational>& problem, const ReportRequest& request);

/// The conjunction of Theorem 3.2's links and of the stability asked for.
[[nodiscard]] Verdict verdict_of(const NetworkReport& report);

}  // namespace shatterproof
