#pragma once
#include <optional>

#include "shatterproof/flatness/masked_hessian.hpp"

namespace shatterproof {

/// The numbers of a problem as sums of a few doubles, in the layout of MaskedHessian: one part is enough for doubles.
struct ExactInputs {
  using Index = Eigen::Index;
  struct Part {
    LaneRows<double> samples;       ///< n rows (x_i; -1; 0 ..), -1 in the first part only
    LaneRows<double> weights;       ///< A rows (w_k; b_k; 0 ..)
    AlignedVector<double> outputs;  ///< v_k
    Vector<double> labels;          ///< y_i
    double bias;                    ///< beta
  };
  Index lifted = 0;  ///< d + 1
  std::vector<Part> parts;
  double relative_error = 0;  ///< every number is within this relative distance of the sum of its parts

  /// With as few parts as give a relative error of at most `wanted`; nothing if the enclosures do not prove that.
  [[nodiscard]] static std::optional<ExactInputs> split(const Problem<Ball>& problem, const MaskedPattern& pattern,
                                                        double wanted);

  [[nodiscard]] Index samples() const { return parts.front().samples.rows(); }
  [[nodiscard]] Index neurons() const { return parts.front().weights.rows(); }
};

}  // namespace shatterproof
