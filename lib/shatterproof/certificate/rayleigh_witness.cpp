#include "shatterproof/certificate/rayleigh_witness.hpp"

#include <cmath>

#include "shatterproof/core/random.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kSteps = 4;  // of inverse iteration; each gains the digits to which sigma is close

Ball largest_entry(const Vector<Ball>& x) {
  Ball most(0);
  for (Index p = 0; p < x.size(); ++p) most = max(most, abs(x(p)));
  return most.mid();
}

/// Integers whose largest has so many bits; empty if x is zero or not finite.
std::vector<Integer> rounded(const Vector<Ball>& x, long bits) {
  const Ball size = largest_entry(x);
  if (!certainly_positive(size)) return {};
  std::vector<Integer> integers;
  for (Index p = 0; p < x.size(); ++p) {
    const Ball scaled = (x(p) / size * Ball(power(Rational(2), bits))).mid();
    if (!scaled.is_finite()) return {};
    integers.push_back(floor(scaled.lower_rational() + Rational(1, 2)));
  }
  return integers;
}

Vector<Ball> by_inverse_iteration(const Hessian<Ball>& hessian, const Rational& sigma, const DefiniteFactor& factor) {
  Random random(1);
  Vector<Ball> c(static_cast<Index>(factor.rows.size()));
  for (Index i = 0; i < c.size(); ++i) c(i) = Ball::exact(random.normal());
  for (int step = 0; step < kSteps; ++step) {
    c = approx_solve(factor, c);
    const Ball size = largest_entry(c);
    for (Index i = 0; i < c.size(); ++i) c(i) = (c(i) / size).mid();
  }
  if (factor.matrix == ShiftedMatrix::of_parameters) return c;
  Vector<Ball> gradient = hessian.apply_jacobian(c);
  for (Index p = 0; p < gradient.size(); ++p) gradient(p) = gradient(p).mid();
  return hessian.solve_blocks(Ball(sigma), gradient);
}

/// (1, s_k/|s_k|) in the coordinates (v_k; w_k, b_k) of the block with the largest |s_k|.
Vector<Ball> from_block(const Hessian<Ball>& hessian) {
  Vector<Ball> x(hessian.size());
  for (Index p = 0; p < x.size(); ++p) x(p) = Ball(0);
  Index best = -1;
  double most = 0;
  for (Index k = 0; k < hessian.neurons(); ++k)
    if (hessian.block_norm2(k).mid_double() > most) best = k, most = hessian.block_norm2(k).mid_double();
  if (best < 0) return x;
  const Index width = hessian.blocks().rows(), at = 1 + best * (width + 1);
  const Ball norm = sqrt(hessian.block_norm2(best));
  x(at) = Ball(1);
  for (Index j = 0; j < width; ++j) x(at + 1 + j) = hessian.blocks()(j, best) / norm;
  return x;
}

/// Encloses u^T H u/|u|^2.
Ball quotient(const Hessian<Ball>& hessian, const std::vector<Integer>& u) {
  Vector<Ball> x(static_cast<Index>(u.size()));
  for (Index p = 0; p < x.size(); ++p) x(p) = Ball(u[static_cast<std::size_t>(p)]);
  return dot(x, hessian.apply(x)) / dot(x, x);
}

}  // namespace

RayleighWitness rayleigh_witness(const Hessian<Ball>& hessian, const Rational& sigma, const DefiniteFactor& factor,
                                 int digits) {
  std::vector<Integer> beta(static_cast<std::size_t>(hessian.size()), 0);
  beta[0] = 1;
  RayleighWitness best{beta, 1};  // H_beta,beta = 1 (Fact 1.1)
  // The quotient's error is the square of the vector's.
  const long bits =
      bits_for_digits(digits) / 2 + static_cast<long>(std::log2(static_cast<double>(hessian.size()))) + 24;
  // Room for the roundings of the checker.
  const Ball share = Ball(1) - power(Ball(10), -digits - 2);
  for (const Vector<Ball>& x : {by_inverse_iteration(hessian, sigma, factor), from_block(hessian)}) {
    std::vector<Integer> u = rounded(x, bits);
    if (u.empty()) continue;
    const Ball reached = quotient(hessian, u) * share;
    if (!certainly_less(Ball(best.bound), reached)) continue;
    const Rational bound = parse_rational(to_text(reached, digits).lower);
    if (bound > best.bound) best = {std::move(u), bound};
  }
  return best;
}

}  // namespace shatterproof
