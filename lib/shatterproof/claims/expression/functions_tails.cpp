#include <arb_hypgeom.h>

#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

constexpr long kFar = 1000000000;  // of the thresholds k, in both directions

Rational choose(long n, long k) {
  Integer result;
  mpz_bin_uiui(result.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
  return result;
}

/// sum of choose(n, i) p^i (1-p)^(n-i) over first <= i <= last.
Rational exact_binomial(long n, const Rational& p, long first, long last) {
  const Integer &a = p.get_num(), b = p.get_den() - a;
  Integer sum = 0, high, low, whole;
  for (long i = first; i <= last; ++i) {
    mpz_pow_ui(high.get_mpz_t(), a.get_mpz_t(), static_cast<unsigned long>(i));
    mpz_pow_ui(low.get_mpz_t(), b.get_mpz_t(), static_cast<unsigned long>(n - i));
    sum += choose(n, i).get_num() * high * low;
  }
  mpz_pow_ui(whole.get_mpz_t(), p.get_den_mpz_t(), static_cast<unsigned long>(n));
  Rational result(sum, whole);
  result.canonicalize();
  return result;
}

bool is_moderate(long n, const Value& p) {
  return p.exact() && n <= 2000 && n * static_cast<long>(mpz_sizeinbase(p.exact()->get_den_mpz_t(), 2)) <= 20000;
}

/// P(Bin(n, p) >= k) = I_p(k, n-k+1).
Value binomial_tail(const Arguments& a) {
  const long n = a.integer(0, 0), k = a.integer(2, -kFar);
  const Ball p = a.within(1, 0, 1);
  if (k <= 0) return 1L;
  if (k > n) return 0L;
  if (is_moderate(n, a[1])) return exact_binomial(n, *a[1].exact(), k, n);
  return regularised_beta(Ball(k), Ball(n - k + 1), p);
}

/// P(Bin(n, p) <= k) = I_(1-p)(n-k, k+1).
Value binomial_cdf(const Arguments& a) {
  const long n = a.integer(0, 0), k = a.integer(2, -kFar);
  const Ball p = a.within(1, 0, 1);
  if (k < 0) return 0L;
  if (k >= n) return 1L;
  if (is_moderate(n, a[1])) return exact_binomial(n, *a[1].exact(), 0, k);
  return regularised_beta(Ball(n - k), Ball(k + 1), Ball(1) - p);
}

long integer_of(const Series& s) { return s[0].exact()->get_num().get_si(); }

void require_constant(const char* name, const Series& s) {
  if (!s.is_constant()) throw DomainError{std::string(name) + ": only p may depend on a real variable"};
}

/// d/dp P(Bin(n, p) >= k) = n choose(n-1, k-1) p^(k-1) (1-p)^(n-k), composed with p.
Series tail_in_p(const char* name, const std::vector<Series>& args, const Value& value, long k, long sign) {
  require_constant(name, args[0]);
  require_constant(name, args[2]);
  const long n = integer_of(args[0]);
  const Series& p = args[1];
  const int order = p.order();
  if (k <= 0 || k > n) return {value, order};
  const Rational scale = sign * n * choose(n - 1, k - 1);
  const Series rest = Series::variable(subtract(1L, p[0]), -1, order);
  const Series density = multiply(Series(nonnegative_power_coefficients(p[0], k - 1, order), order),
                                  compose(nonnegative_power_coefficients(rest[0], n - k, order), rest));
  return compose(integrate(multiply(Value(scale), density), value).coefficients(), p);
}

Series binomial_tail_series(const std::vector<Series>& args, const Value& value) {
  return tail_in_p("binomial_tail", args, value, integer_of(args[2]), 1);
}
Series binomial_cdf_series(const std::vector<Series>& args, const Value& value) {
  return tail_in_p("binomial_cdf", args, value, integer_of(args[2]) + 1, -1);
}

using Regularised = void (*)(arb_t, const arb_t, const arb_t, int, slong);

/// A regularised incomplete gamma function of (k, x), k >= 1, monotone in x >= 0.
template <Regularised kFunction>
Ball incomplete_gamma(long k, const Ball& x) {
  const Ball shape(k);
  return monotone(
      [&](const Ball& at) {
        Ball y;
        kFunction(y.get(), shape.get(), certainly_negative(at) ? Ball(0).get() : at.get(), 1, working_precision());
        return y;
      },
      x);
}

/// P(Poisson(m) >= k) and P(Poisson(m) <= k).
Value poisson_tail(const Arguments& a) {
  const Ball mean = a.at_least(0, 0);
  const long k = a.integer(1, -kFar);
  if (k <= 0) return 1L;
  return a[0].is_exactly(0) ? Value(0L) : Value(incomplete_gamma<arb_hypgeom_gamma_lower>(k, mean));
}

Value poisson_cdf(const Arguments& a) {
  const Ball mean = a.at_least(0, 0);
  const long k = a.integer(1, -kFar);
  if (k < 0) return 0L;
  return a[0].is_exactly(0) ? Value(1L) : Value(incomplete_gamma<arb_hypgeom_gamma_upper>(k + 1, mean));
}

/// d/dm P(Poisson(m) >= k) = exp(-m) m^(k-1)/(k-1)!.
Series poisson_in_mean(const std::vector<Series>& args, const Value& value, long k, long sign) {
  if (!args[1].is_constant()) throw DomainError{"poisson: the second argument must not depend on a real variable"};
  const Series& m = args[0];
  const int order = m.order();
  if (k <= 0) return {value, order};
  const Series fall = call(*find_function("exp"), {Series::variable(negate(m[0]), -1, order)});
  const Series power(nonnegative_power_coefficients(m[0], k - 1, order), order);
  const Value factorial = call(*find_function("factorial"), std::vector<Value>{Value(k - 1)});
  const Series density = multiply(divide(Value(sign), factorial), multiply(fall, power));
  return compose(integrate(density, value).coefficients(), m);
}

Series poisson_tail_series(const std::vector<Series>& args, const Value& value) {
  return poisson_in_mean(args, value, integer_of(args[1]), 1);
}
Series poisson_cdf_series(const std::vector<Series>& args, const Value& value) {
  return poisson_in_mean(args, value, integer_of(args[1]) + 1, -1);
}

}  // namespace

std::vector<Function> tail_functions() {
  return {
      {"binomial_tail", {"n", "p", "k"}, "P(Bin(n, p) >= k)", "", binomial_tail, nullptr, binomial_tail_series},
      {"binomial_cdf", {"n", "p", "k"}, "P(Bin(n, p) <= k)", "", binomial_cdf, nullptr, binomial_cdf_series},
      {"poisson_tail", {"m", "k"}, "P(Poisson with mean m >= k)", "", poisson_tail, nullptr, poisson_tail_series},
      {"poisson_cdf", {"m", "k"}, "P(Poisson with mean m <= k)", "", poisson_cdf, nullptr, poisson_cdf_series},
  };
}

}  // namespace shatterproof::expression
