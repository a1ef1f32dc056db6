#include "random_problem.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {
namespace {

using Eigen::Index;

/// Uniform on the integers -bound..bound.
long integer(Random& random, long bound) {
  return static_cast<long>(random.below(2 * static_cast<std::uint64_t>(bound) + 1)) - bound;
}

/// A multiple of 1/64 in [-bound/64, bound/64].
Rational sixty_fourth(Random& random, long bound = 64) {
  Rational x(integer(random, bound), 64);
  x.canonicalize();
  return x;
}

/// A point of the unit ball with coordinates in multiples of 1/64. In high dimension hardly a point of the cube lies in
/// the ball; there the cube is the one inscribed in it.
Vector<Rational> point_in_ball(Random& random, long d) {
  constexpr long kLargestCube = 10;  // dimension up to which the whole cube is drawn from
  const long bound = d <= kLargestCube ? 64 : static_cast<long>(64 / std::sqrt(static_cast<double>(d)));
  Vector<Rational> x(d);
  Rational norm2;
  do {
    norm2 = 0;
    for (Index j = 0; j < d; ++j) {
      x(j) = sixty_fourth(random, bound);
      norm2 += x(j) * x(j);
    }
  } while (norm2 > 1);
  return x;
}

using Rows = std::vector<Vector<Rational>>;

/// Reduced row echelon form, in place; returns the pivot column of each remaining row.
std::vector<Index> reduce(Rows& rows, Index columns) {
  std::vector<Index> pivots;
  std::size_t done = 0;
  for (Index c = 0; c < columns && done < rows.size(); ++c) {
    std::size_t p = done;
    while (p < rows.size() && sgn(rows[p](c)) == 0) ++p;
    if (p == rows.size()) continue;
    std::swap(rows[done], rows[p]);
    const Rational pivot = rows[done](c);
    for (Index j = 0; j < columns; ++j) rows[done](j) /= pivot;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Rational factor = rows[i](c);
      if (i == done || sgn(factor) == 0) continue;
      for (Index j = 0; j < columns; ++j) rows[i](j) -= factor * rows[done](j);
    }
    pivots.push_back(c);
    ++done;
  }
  rows.resize(done);
  return pivots;
}

/// A solution of rows.r = 0 with random entries in its free places; all 0 if there is no other.
Vector<Rational> random_kernel_vector(Random& random, Rows rows, Index columns) {
  const std::vector<Index> pivots = reduce(rows, columns);
  Vector<Rational> r(columns);
  for (Index c = 0; c < columns; ++c) r(c) = integer(random, 8);
  for (const Index c : pivots) r(c) = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Rational sum = 0;
    for (Index j = 0; j < columns; ++j)
      if (j != pivots[i]) sum += rows[i](j) * r(j);
    r(pivots[i]) = -sum;
  }
  return r;
}

}  // namespace

Problem<Rational> random_problem(Random& random, long d, long K, long n, const Rational& R) {
  require(d >= 1 && K >= 0 && n >= 1 && R > 0, "a random problem needs d >= 1, K >= 0, n >= 1 and R > 0");
  Problem<Rational> p{{Matrix<Rational>(K, d), Vector<Rational>(K), Vector<Rational>(K), sixty_fourth(random)},
                      {Matrix<Rational>(n, d), Vector<Rational>(n), R}};
  for (Index i = 0; i < n; ++i) {
    const Vector<Rational> x = point_in_ball(random, d);
    for (Index j = 0; j < d; ++j) p.data.X(i, j) = R * x(j);
    p.data.y(i) = 2 * sixty_fourth(random);
  }
  for (Index k = 0; k < K; ++k) {
    for (Index j = 0; j < d; ++j) p.network.W(k, j) = 2 * sixty_fourth(random);
    // w.x is a multiple of R/2048 and b an odd multiple of R/4096: no ties.
    Rational odd(2 * integer(random, 2047) + 1, 4096);
    odd.canonicalize();
    p.network.b(k) = R * odd;
    p.network.v(k) = 2 * sixty_fourth(random);
  }
  return p;
}

bool make_stationary(Random& random, Problem<Rational>& problem, const ActivationPattern& pattern) {
  const Index n = problem.data.samples(), d = problem.network.dimension();
  Rows conditions{Vector<Rational>::Constant(n, Rational(1))};
  for (Index k = 0; k < problem.network.neurons(); ++k) {
    if (sgn(problem.network.v(k)) == 0) problem.network.v(k) = 1;
    for (Index j = 0; j <= d; ++j) {
      Vector<Rational> row(n);
      for (Index i = 0; i < n; ++i)
        row(i) = !pattern.active(i, k) ? Rational(0) : j < d ? problem.data.X(i, j) : Rational(1);
      conditions.push_back(std::move(row));
    }
  }
  const Vector<Rational> r = random_kernel_vector(random, std::move(conditions), n);
  const Vector<Rational> f = values(problem, pattern);
  bool interpolates = true;
  for (Index i = 0; i < n; ++i) {
    problem.data.y(i) = f(i) - r(i);
    interpolates = interpolates && sgn(r(i)) == 0;
  }
  return !interpolates;
}

}  // namespace shatterproof
