#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

Value binomial(const Arguments& a) {
  constexpr long kMostExact = 100000;
  const long n = a.integer(0, 0), k = a.integer(1, 0);
  if (k > n) return Rational(0);
  if (n <= kMostExact) {
    Integer result;
    mpz_bin_uiui(result.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
    return Rational(result);
  }
  const Ball top = Ball(n) + Ball(1), chosen = Ball(k) + Ball(1);
  return exp(log_gamma(top) - log_gamma(chosen) - log_gamma(top - Ball(k)));
}

Value factorial(const Arguments& a) {
  constexpr long kMostExact = 20000;
  const long n = a.integer(0, 0);
  if (n > kMostExact) return exp(log_gamma(Ball(n) + Ball(1)));
  Integer result;
  mpz_fac_ui(result.get_mpz_t(), static_cast<unsigned long>(n));
  return Rational(result);
}

}  // namespace

std::vector<Function> discrete_functions() {
  return {
      {"binomial", {"n", "k"}, "n choose k, integers >= 0", "", binomial},
      {"factorial", {"n"}, "n!, an integer >= 0", "", factorial},
  };
}

}  // namespace shatterproof::expression
