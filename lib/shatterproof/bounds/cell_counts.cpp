#include "shatterproof/bounds/cell_counts.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Row = std::vector<Rational>;  // by the number of points used; entries carry 1/(k_1! k_2! ...)

/// x^k/k!, k = 0..n.
Row exponential_terms(const Rational& x, long n) {
  Row terms{1};
  for (long k = 1; k <= n; ++k) terms.emplace_back(terms.back() * x / k);
  return terms;
}

/// out += a * b, for b from index `first` on.
void add_product(Row& out, const Row& a, const Row& b, std::size_t first) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (sgn(a[i]) == 0) continue;
    for (std::size_t k = first; i + k < out.size(); ++k) out[i + k] += a[i] * b[k];
  }
}

}  // namespace

std::vector<Rational> empty_cell_distribution(const std::vector<Rational>& masses, long points) {
  require(!masses.empty() && points >= 0, "the law of the empty cells needs a cell and n >= 0");
  Rational rest = 1;
  for (const Rational& p : masses) {
    require(p >= 0, "a cell has the negative mass " + to_text_exact(p));
    rest -= p;
  }
  require(rest >= 0, "the cells have total mass above 1");
  const auto size = static_cast<std::size_t>(points) + 1;
  // by_empty[e]: the cells seen so far, e of them empty.
  std::vector<Row> by_empty{Row(size)};
  by_empty[0][0] = 1;
  for (const Rational& p : masses) {
    const Row terms = exponential_terms(p, points);
    std::vector<Row> next(by_empty.size() + 1, Row(size));
    for (std::size_t e = 0; e < by_empty.size(); ++e) {
      add_product(next[e], by_empty[e], terms, 1);
      for (std::size_t k = 0; k < size; ++k) next[e + 1][k] += by_empty[e][k];
    }
    by_empty = std::move(next);
  }
  const Row outside = exponential_terms(rest, points);
  Rational factorial = 1;
  for (long k = 2; k <= points; ++k) factorial *= k;
  std::vector<Rational> law;
  for (const Row& row : by_empty) {
    Rational sum = 0;
    for (std::size_t k = 0; k < size; ++k) sum += row[k] * outside[size - 1 - k];
    law.emplace_back(sum * factorial);
  }
  return law;
}

}  // namespace shatterproof
