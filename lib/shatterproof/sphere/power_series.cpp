#include "shatterproof/sphere/power_series.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

std::vector<Term> sparse_series(std::vector<Term> start, const std::function<Term(long)>& term, long last) {
  for (long k = 1; term(k).exponent <= last; ++k) start.push_back(term(k));
  return start;
}

std::vector<Integer> power(const std::vector<Term>& f, long n, long last) {
  require(!f.empty() && f[0].exponent == 0 && f[0].coefficient == 1, "power series: the constant term must be 1");
  std::vector<Integer> g(last + 1);
  g[0] = 1;
  for (long m = 1; m <= last; ++m) {
    Integer sum = 0;
    for (std::size_t t = 1; t < f.size() && f[t].exponent <= m; ++t) {
      const long e = f[t].exponent;
      sum += f[t].coefficient * (n * e - (m - e)) * g[m - e];
    }
    g[m] = sum / m;  // exact
  }
  return g;
}

std::vector<Integer> multiply(const std::vector<Integer>& a, const std::vector<Integer>& b, long last) {
  std::vector<Integer> product(last + 1);
  for (long i = 0; i <= last && i < long(a.size()); ++i)
    if (a[i] != 0)
      for (long j = 0; i + j <= last && j < long(b.size()); ++j) product[i + j] += a[i] * b[j];
  return product;
}

}  // namespace shatterproof
