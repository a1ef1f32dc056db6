#include "shatterproof/bounds/annulus.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

void require_binomial(long n, const Rational& p) {
  require(n >= 0, "the number of trials must not be negative, found " + std::to_string(n));
  require(p >= 0 && p <= 1, "a probability must lie in [0, 1], found " + to_text_exact(p));
}

Ball log_inverse(const Rational& delta) {
  require(delta > 0 && delta < 1, "delta must lie in (0, 1), found " + to_text_exact(delta));
  return -log(Ball(delta));
}

Integer integer_power(const Integer& base, long exponent) {
  Integer result;
  mpz_pow_ui(result.get_mpz_t(), base.get_mpz_t(), static_cast<unsigned long>(exponent));
  return result;
}

}  // namespace

Rational annulus_mass(long dimension, const Rational& eps) {
  require(dimension >= 1, "the dimension must be at least 1, found " + std::to_string(dimension));
  require(eps >= 0 && eps <= 1, "eps must lie in [0, 1], found " + to_text_exact(eps));
  return 1 - power(Rational(1 - eps), dimension);
}

Rational binomial_upper_tail(long n, const Rational& p, long k) {
  require_binomial(n, p);
  if (k <= 0) return 1;
  if (k > n) return 0;
  if (p == 1) return 1;
  // Over the common denominator den^n: sum_{i>=k} C(n, i) a^i b^(n-i) with p = a/den, 1-p = b/den.
  const Integer &a = p.get_num(), &den = p.get_den(), b = den - a;
  Integer term, sum = 0;  // Horner in b: sum_{i} C(n,i) a^i b^(n-i)
  mpz_bin_uiui(term.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
  term *= integer_power(a, k) * integer_power(b, n - k);
  for (long i = k; i <= n; ++i) {
    sum += term;
    if (i < n) term = term * (n - i) / (i + 1) * a / b;
  }
  Rational tail(sum, integer_power(den, n));
  tail.canonicalize();
  return tail;
}

long binomial_quantile(long n, const Rational& p, const Rational& delta) {
  require_binomial(n, p);
  require(delta >= 0 && delta < 1, "delta must lie in [0, 1), found " + to_text_exact(delta));
  long low = 0, high = n;  // P(n_A > n) = 0 <= delta
  while (low < high) {
    const long middle = low + (high - low) / 2;
    if (binomial_upper_tail(n, p, middle + 1) <= delta)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

Ball chernoff_annulus_bound(const Integer& n, const Ball& p, const Rational& delta) {
  return p + sqrt(Ball(3) * p * log_inverse(delta) / Ball(n));
}

Ball bernstein_annulus_bound(const Integer& n, const Ball& p, const Rational& delta) {
  const Ball rest = Ball(1) - p, level = log_inverse(delta) / Ball(n);
  return p + sqrt(Ball(2) * p * rest * level) + rest * level / Ball(3);
}

std::optional<Rational> probability_above(long n, const Rational& p, const Ball& bound) {
  const Ball scaled = Ball(n) * bound;
  if (!scaled.is_finite()) return std::nullopt;
  const Integer low = floor(scaled.lower_rational()), high = floor(scaled.upper_rational());
  if (low != high) return std::nullopt;
  if (low >= n) return Rational(0);
  return binomial_upper_tail(n, p, low.get_si() + 1);
}

bool is_certainly_chernoff_range(const Integer& n, const Ball& p, const Rational& delta) {
  return certainly_less_or_equal(Ball(3) * log_inverse(delta), Ball(n) * p);
}

}  // namespace shatterproof
