#pragma once
#include <functional>
#include <vector>

#include "constructions/common/ball_sample.hpp"
#include "shatterproof/sphere/cap_finder.hpp"

namespace shatterproof {

/// N unit centres: enclosures at any precision, and doubles each coordinate of which is off by at most 2^-53 + 2^-60.
class CapCentres {
 public:
  /// Requires N x d enclosures of unit vectors; throws UndecidedError if they are too wide for the doubles to be good.
  explicit CapCentres(std::function<Matrix<Ball>()> enclosures);
  [[nodiscard]] long count() const { return count_; }
  [[nodiscard]] long dimension() const { return dimension_; }
  [[nodiscard]] const double* rounded(long j) const { return rounded_.data() + j * dimension_; }
  [[nodiscard]] Matrix<Ball> enclosures() const { return enclosures_(); }
  /// Bound of |fl(u.x) - u.x| for a sample point x in the unit ball: rounding of the centre and of the inner product.
  /// No coordinate vector is farther from its centre either.
  [[nodiscard]] double error_bound() const { return static_cast<double>(dimension_ + 2) * 0x1p-51; }

 private:
  std::function<Matrix<Ball>()> enclosures_;
  long count_ = 0, dimension_ = 0;
  std::vector<double> rounded_;
};

/// Finds the caps of depth h around the centres, which must outlive it.
[[nodiscard]] CapFinder cap_finder(const CapCentres& centres, const Rational& h);

/// Calls visit(i, j, fl(u_j.x_i)) at least for every pair with u_j.x_i > 1 - h, and for no pair with
/// u_j.x_i <= 1 - h - 4 error_bound(); i in no particular order.
void visit_near_caps(const CapCentres& centres, const Rational& h, const BallSample& sample,
                     const std::function<void(long i, long j, double inner)>& visit);

/// The cap of each point (count x dimension numbers, in the ball), or -1, decided certainly: in doubles with an error
/// bound first, then in balls of rising precision. Throws UndecidedError naming the cap if u_j.x and 1 - h cannot be
/// told apart. The finder is that of the centres and h.
[[nodiscard]] std::vector<std::int32_t> certain_caps_of(const CapFinder& finder, const CapCentres& centres,
                                                        const Rational& h, const double* points, long count);

/// Which open cap {u_j.x > 1 - h} holds each sample point. The caps are assumed disjoint (a certified packing).
struct CapMembership {
  std::vector<long> cap_of;                       ///< per sample: index of its cap, or -1
  std::vector<long> counts;                       ///< Z_j, number of samples in cap j
  [[nodiscard]] long most() const;                ///< Zmax
  [[nodiscard]] std::vector<long> empty() const;  ///< Gamma: indices j with Z_j = 0
};

/// Decides every membership certainly, see certain_caps_of.
[[nodiscard]] CapMembership cap_membership(const CapCentres& centres, const Rational& h, const BallSample& sample);

}  // namespace shatterproof
