#include "shatterproof/certificate/definite_factor.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// floor(x 2^bits) of the midpoint.
Integer scaled_midpoint(const Ball& x, long bits) {
  Ball scaled;
  arb_mul_2exp_si(scaled.get(), x.mid().get(), bits);
  return floor(scaled.mid().lower_rational());
}

/// Each entry from exact sums and one rounding, so that the residual of an entry is that rounding alone.
void append_row(DefiniteFactor& factor, const std::vector<Integer>& A) {
  factor.rows.emplace_back();
  auto& row = factor.rows.back();
  for (std::size_t j = 0; j < A.size(); ++j) {
    Integer rest = A[j];
    const auto& other = factor.rows[j];
    for (std::size_t m = 0; m < j; ++m) mpz_submul(rest.get_mpz_t(), row[m].get_mpz_t(), other[m].get_mpz_t());
    const bool diagonal = j + 1 == A.size();
    if (diagonal && rest < 1) throw UndecidedError("no certificate: the shifted matrix is not definite");
    row.push_back(diagonal ? Integer(sqrt(rest)) : Integer(rest / other[j]));
  }
}

/// n sigma I - A.
Matrix<Ball> below_the_diagonal(const Hessian<Ball>& hessian, ShiftedMatrix matrix, const Rational& sigma) {
  if (matrix == ShiftedMatrix::of_samples) return Reduction<Ball>(hessian).scaled_at(Ball(sigma));
  Matrix<Ball> N = hessian.dense();
  const Ball n(static_cast<long>(hessian.samples()));
  for (Index j = 0; j < N.cols(); ++j)
    for (Index i = 0; i < N.rows(); ++i) N(i, j) *= n;
  return N;
}

}  // namespace

ShiftedMatrix cheaper_matrix(Index samples, Index neurons, Index parameters) {
  const auto n = static_cast<double>(samples), K = static_cast<double>(neurons), p = static_cast<double>(parameters);
  return n * p * p / 2 + p * p * p / 6 < n * n * K + n * n * n / 6 ? ShiftedMatrix::of_parameters
                                                                   : ShiftedMatrix::of_samples;
}

DefiniteFactor definite_factor(const Hessian<Ball>& hessian, ShiftedMatrix matrix, const Rational& sigma,
                               const Rational& room, Bits bits) {
  const Rational n(static_cast<long>(hessian.samples())), total = sigma * n, shift = room * n / 4;
  const Matrix<Ball> N = below_the_diagonal(hessian, matrix, sigma);
  DefiniteFactor factor;
  factor.matrix = matrix;
  // Row sums of the residual, order 2 sqrt(n sigma) 2^-scale, stay below an eighth of the shift.
  const Rational order(static_cast<long>(N.rows()));
  factor.scale = std::max(8L, exponent_above(order) + exponent_above(total) / 2 - exponent_above(shift) + 9);
  factor.scale = std::min(factor.scale, bits);
  std::vector<Integer> row;
  for (Index i = 0; i < N.rows(); ++i) {
    row.clear();
    for (Index j = 0; j <= i; ++j) {
      const Ball entry = -N(i, j);
      row.push_back(scaled_midpoint(i == j ? entry + Ball(Rational(total - shift)) : entry, 2 * factor.scale));
    }
    append_row(factor, row);
  }
  return factor;
}

Vector<Ball> approx_solve(const DefiniteFactor& factor, const Vector<Ball>& y) {
  const auto n = static_cast<Index>(factor.rows.size());
  const auto L = [&](Index i, Index j) {
    return Ball(factor.rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]);
  };
  Vector<Ball> x = y;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) x(i) -= L(i, j) * x(j);
    x(i) = (x(i) / L(i, i)).mid();
  }
  for (Index i = n; i-- > 0;) {
    x(i) = (x(i) / L(i, i)).mid();
    for (Index j = 0; j < i; ++j) x(j) = (x(j) - L(i, j) * x(i)).mid();
  }
  return x;
}

}  // namespace shatterproof
