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

/// An entry for the list of functions; the parser knows what to do.
Function binder(const char* name, std::vector<std::string> arguments, const char* definition, NodeKind kind) {
  Function f{name, std::move(arguments), definition, "", nullptr};
  f.kind = kind;
  return f;
}

}  // namespace

std::vector<Function> discrete_functions() {
  return {
      {"binomial", {"n", "k"}, "n choose k, integers >= 0", "", binomial},
      {"factorial", {"n"}, "n!, an integer >= 0", "", factorial},
      binder("sum", {"k", "a", "b", "body"}, "body at k = a, a+1, ..., b added up; at most 10^6 terms", NodeKind::sum),
      binder("product", {"k", "a", "b", "body"}, "body at k = a, a+1, ..., b multiplied", NodeKind::product),
      binder("integral", {"x", "a", "b", "body"}, "of the body over x from a to b; inf may be an end",
             NodeKind::integral),
  };
}

}  // namespace shatterproof::expression
