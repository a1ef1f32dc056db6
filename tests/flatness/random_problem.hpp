#pragma once
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/activation.hpp"

namespace shatterproof::testing {

/// Random dyadic numbers (exact in double and float); redrawn until there is no tie.
inline Problem<Rational> random_problem(long n, long K, long d, std::uint64_t seed) {
  Random random(seed);
  const auto number = [&]() -> Rational { return Rational(static_cast<long>(random.below(2049)) - 1024) / 1024; };
  const auto fill = [&](auto&& array) {
    for (Eigen::Index j = 0; j < array.cols(); ++j)
      for (Eigen::Index i = 0; i < array.rows(); ++i) array(i, j) = number();
  };
  for (;;) {
    Problem<Rational> p{{Matrix<Rational>(K, d), Vector<Rational>(K), Vector<Rational>(K), number()},
                        {Matrix<Rational>(n, d), Vector<Rational>(n), Rational(d)}};
    fill(p.network.W), fill(p.network.b), fill(p.network.v), fill(p.data.X), fill(p.data.y);
    try {
      (void)activation_pattern(p);
      return p;
    } catch (const PreconditionError&) {
    }
  }
}

}  // namespace shatterproof::testing
