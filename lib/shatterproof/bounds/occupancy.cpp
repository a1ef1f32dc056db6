#include "shatterproof/bounds/occupancy.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

// (1 - j p)_+^n.
Ball all_avoid(long j, const Ball& p, const Integer& points) {
  const Ball rest = Ball(1) - Ball(j) * p;
  if (points == 0) return Ball(1);
  if (certainly_positive(rest)) return exp(Ball(points) * log(rest));
  const Ball top = max(rest.upper(), Ball(0));
  return certainly_positive(top) ? Ball::hull(Ball(0), exp(Ball(points) * log(top))) : Ball(0);
}

}  // namespace

Ball Occupancy::empty_probability() const { return all_avoid(1, mass(), points); }

Ball Occupancy::mean() const { return Ball(cells) * empty_probability(); }

Ball Occupancy::variance() const {
  const Ball p = mass(), q = all_avoid(1, p, points);
  const Ball m(cells);
  return m * q * (Ball(1) - q) + m * (m - Ball(1)) * (all_avoid(2, p, points) - square(q));
}

std::vector<Ball> Occupancy::distribution() const {
  require(cells >= 1 && cells <= 2000, "the number of cells must lie in 1..2000, found " + std::to_string(cells));
  require(points >= 0, "the number of points must not be negative, found " + points.get_str());
  require(!certainly_less(Ball(1), Ball(cells) * mass()), "the cells have total mass above 1");
  // Terms reach 4^m, results may be as small as exp(-n p)^m: both are paid for in bits.
  const Ball q_bits = -log(empty_probability()) / log(Ball(2));
  const double small = std::max(0.0, std::min(q_bits.upper_double(), 1e3));
  const PrecisionScope guard(working_precision() + 64 + cells * (3 + static_cast<Bits>(small)));
  const Ball p = mass();
  std::vector<Ball> avoid;
  for (long j = 0; j <= cells; ++j) avoid.push_back(all_avoid(j, p, points));
  std::vector<Ball> law;
  for (long r = 0; r <= cells; ++r) {
    // sum_j (-1)^(j-r) C(j, r) C(m, j) (1 - jp)^n
    Integer choose_j_r = 1, choose_m_j;
    mpz_bin_uiui(choose_m_j.get_mpz_t(), static_cast<unsigned long>(cells), static_cast<unsigned long>(r));
    Ball sum(0);
    for (long j = r; j <= cells; ++j) {
      const Ball term = Ball(Integer(choose_j_r * choose_m_j)) * avoid[static_cast<std::size_t>(j)];
      sum += (j - r) % 2 == 0 ? term : -term;
      choose_j_r = choose_j_r * (j + 1) / (j + 1 - r);
      choose_m_j = choose_m_j * (cells - j) / (j + 1);
    }
    law.push_back(sum);
  }
  return law;
}

Ball probability_at_most(const std::vector<Ball>& distribution, long r) {
  Ball sum(0);
  for (long i = 0; i <= r && i < static_cast<long>(distribution.size()); ++i)
    sum += distribution[static_cast<std::size_t>(i)];
  return sum;
}

Ball bernoulli_kl(const Ball& x, const Ball& y) {
  const Ball one(1);
  const Ball second = (one - x) * log((one - x) / (one - y));
  return x.is_exact() && x.contains_zero() ? second : x * log(x / y) + second;
}

Ball empty_tail_chernoff(long cells, const Ball& q, const Ball& delta) {
  return exp(-Ball(cells) * bernoulli_kl(q - delta, q));
}

Ball empty_tail_hoeffding(long cells, const Ball& delta) { return exp(-Ball(2) * square(delta) * Ball(cells)); }

}  // namespace shatterproof
