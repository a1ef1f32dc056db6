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

/// Two mirror-image neurons, each active on one of the samples +-3/4 with h = 1, z = (+-3/4; -1), ||z|| = 5/4, and with
/// v = -4/5, so that h + v ||z|| = 0: Phi^T kills both block vectors (1, s_k/||s_k||), and with r_i > 0 large the top
/// eigenvalues of H are ||s_1|| and ||s_2||, exactly.
inline Problem<Rational> blocks_only(const Rational& y1, const Rational& y2) {
  Problem<Rational> p{{Matrix<Rational>(2, 1), Vector<Rational>(2), Vector<Rational>(2), 0},
                      {Matrix<Rational>(2, 1), Vector<Rational>(2), 1}};
  p.network.W << 1, -1;
  p.network.b << Rational(-1, 4), Rational(-1, 4);
  p.network.v << Rational(-4, 5), Rational(-4, 5);
  p.data.X << Rational(3, 4), Rational(-3, 4);
  p.data.y << y1, y2;
  return p;
}

}  // namespace shatterproof::testing
