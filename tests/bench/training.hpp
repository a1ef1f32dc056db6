#pragma once
#include <cmath>

#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/bounded_hessian.hpp"
#include "shatterproof/network/forward_pass.hpp"

namespace shatterproof::bench {

/// A random network of unit weights on noisy labels of a few ridges in the unit ball: about half of the activations are
/// on.
inline Problem<double> random_state(long n, long d, long K) {
  Random random(1);
  Problem<double> p{{Matrix<double>(K, d), Vector<double>(K), Vector<double>(K), 0},
                    {Matrix<double>(n, d), Vector<double>(n), 1}};
  for (long i = 0; i < n; ++i) {
    const auto x = random.in_unit_ball(static_cast<int>(d));
    p.data.X.row(i) = Vector<double>::Map(x.data(), d);
    p.data.y(i) = std::sin(3 * x[0]) + std::abs(x[1] + 0.2) + (d > 2 ? x[2] * x[0] : 0) + 0.1 * random.normal();
  }
  for (long k = 0; k < K; ++k) {
    p.network.W.row(k) = Vector<double>::Map(random.unit_vector(static_cast<int>(d)).data(), d);
    p.network.b(k) = (2 * random.uniform() - 1) * 1.5 / std::sqrt(static_cast<double>(d) + 1);
    p.network.v(k) = random.normal() / std::sqrt(static_cast<double>(K));
  }
  return p;
}

/// Full-batch gradient descent on all parameters. A step far above 2/lambda_max(H) throws the run into a flat region,
/// where many neurons are dead and few activations are on.
inline void descend(Problem<double>& p, int steps, double eta) {
  const auto settle = settle_exactly(p);
  const long d = p.network.dimension();
  for (int step = 0; step < steps; ++step) {
    // The gradient is v_k s_k in (w_k; b_k) and (w_k; b_k).s_k in v_k.
    const BoundedHessian bounded(p, settle);
    const MaskedHessian<double>& hessian = bounded.hessian();
    for (long a = 0; a < hessian.neurons(); ++a) {
      const long k = hessian.pattern().alive[static_cast<std::size_t>(a)];
      const auto s = Vector<double>::Map(hessian.blocks().row(a), d + 1),
                 w = Vector<double>::Map(hessian.weights().row(a), d + 1);
      const double slope = w.dot(s), v = p.network.v(k);
      p.network.W.row(k) -= eta * v * s.head(d);
      p.network.b(k) -= eta * v * s(d);
      p.network.v(k) -= eta * slope;
    }
    p.network.beta -= eta * bounded.residuals().mean();
  }
}

}  // namespace shatterproof::bench
