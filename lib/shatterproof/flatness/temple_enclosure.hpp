#pragma once
#include <optional>

#include "shatterproof/flatness/bounded_hessian.hpp"
#include "shatterproof/linalg/short_lanczos.hpp"

namespace shatterproof {

/// lower <= lambda_max(H) <= upper, both doubles.
struct DoubleEnclosure {
  double lower = 1, upper = 1;
  std::string method;
  AlignedVector<double> direction;  ///< the vector whose Rayleigh quotient is the lower bound
};

/// The top eigenpair of H' by Lanczos, from `start` (an eigenvector of a network nearby) or from the mean gradient if
/// that is empty: in float first where that pays, then in double.
/// No bound; the value is meant to be right to a relative `tolerance`.
[[nodiscard]] RitzPair<double> approx_top_pair(const MaskedHessian<double>& hessian, double tolerance,
                                               const AlignedVector<double>& start = {});
/// The same with as small a residual as double gives.
[[nodiscard]] RitzPair<double> polished_top_pair(const MaskedHessian<double>& hessian,
                                                 const AlignedVector<double>& start = {});

/// An upper bound mu of lambda_2(H'), the cheapest that lies below a Rayleigh quotient (steps 9, 10a and 10).
class SecondEigenvalue {
 public:
  explicit SecondEigenvalue(const BoundedHessian& bounded) : bounded_(bounded) {}
  /// True only if bound() certainly is below the quotient, by a relative 1e-6.
  [[nodiscard]] bool lies_below(const PairBounds& pair);
  [[nodiscard]] double bound() const { return bound_; }
  [[nodiscard]] const std::string& name() const { return name_; }  ///< what the bound rests on

 private:
  const BoundedHessian& bounded_;
  std::optional<double> block_bound_, gram_norm_;  // formed where the cheaper ones do not do
  double bound_ = 0;
  std::string name_;
};

/// Encloses lambda_max(H) in double arithmetic with every rounding error bounded.
/// Statement   lower: the Rayleigh quotient rho of u. Upper (Temple-Kato): lambda_2(H) <= mu < rho implies
///             lambda_max(H) <= rho + |Hu - rho u|^2/(|u|^2 (rho - mu)), where lambda_2(H) <= lambda_2(G) + ||D|| and
///             lambda_2(G) is at most tr G - lambda_1(G), or at most (||G||_F^2 - lambda_1(G)^2)^(1/2).
/// Guarantee   that of BoundedHessian; whatever vector Lanczos returned.
/// On failure  nothing, where neither bound of lambda_2 lies below rho or a width of tolerance * lower is not reached.
/// Source      proofs_notes/certificates/temple-ladder.md.
[[nodiscard]] std::optional<DoubleEnclosure> enclose_by_temple(const BoundedHessian& bounded, double tolerance,
                                                               const AlignedVector<double>& start = {});

}  // namespace shatterproof
