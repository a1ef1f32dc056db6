#pragma once
#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {

template <class Scalar>
Hessian<Scalar>::Hessian(const Problem<Scalar>& problem, const ActivationPattern& pattern)
    : n_(problem.data.samples()),
      K_(problem.network.neurons()),
      d_(problem.network.dimension()),
      pattern_(pattern),
      v_(problem.network.v) {
  require(n_ >= 1, "the Hessian needs at least one sample");
  require(pattern.samples() == n_ && pattern.neurons() == K_, "the activation pattern belongs to another problem");
  hidden_ = hidden_values(problem, pattern);
  Z_.resize(d_ + 1, n_);
  for (Index i = 0; i < n_; ++i) {
    for (Index j = 0; j < d_; ++j) Z_(j, i) = problem.data.X(i, j);
    Z_(d_, i) = Scalar(-1);
  }
  const Vector<Scalar> r = residuals(problem, pattern);
  const Scalar n(static_cast<long>(n_));
  S_.resize(d_ + 1, K_);
  for (Index k = 0; k < K_; ++k)
    for (Index j = 0; j <= d_; ++j) {
      Scalar sum(0);
      for (Index i = 0; i < n_; ++i)
        if (pattern.active(i, k)) sum += Scalar(r(i) * Z_(j, i));
      S_(j, k) = sum / n;
    }
}

template <class Scalar>
Scalar Hessian<Scalar>::trace() const {
  Scalar sum(0);
  for (Index i = 0; i < n_; ++i) {
    const Scalar z2 = dot(&Z_(0, i), &Z_(0, i), d_ + 1);
    for (Index k = 0; k < K_; ++k)
      if (pattern_.active(i, k)) sum += Scalar(hidden_(i, k) * hidden_(i, k) + v_(k) * v_(k) * z2);
  }
  return Scalar(1) + sum / Scalar(static_cast<long>(n_));
}

template <class Scalar>
Vector<Scalar> Hessian<Scalar>::apply_jacobian_transposed(const Vector<Scalar>& x) const {
  Vector<Scalar> t(n_);
  for (Index i = 0; i < n_; ++i) {
    t(i) = x(0);
    for (Index k = 0; k < K_; ++k) {
      if (!pattern_.active(i, k)) continue;
      t(i) += Scalar(hidden_(i, k) * x(at(k)));
      t(i) += Scalar(v_(k) * dot(&Z_(0, i), x.data() + at(k) + 1, d_ + 1));
    }
  }
  return t;
}

template <class Scalar>
Vector<Scalar> Hessian<Scalar>::apply_jacobian(const Vector<Scalar>& t) const {
  Vector<Scalar> x(size());
  for (Index p = 0; p < x.size(); ++p) x(p) = Scalar(0);
  for (Index i = 0; i < n_; ++i) {
    x(0) += t(i);
    for (Index k = 0; k < K_; ++k) {
      if (!pattern_.active(i, k)) continue;
      x(at(k)) += Scalar(hidden_(i, k) * t(i));
      const Scalar slope = v_(k) * t(i);
      for (Index j = 0; j <= d_; ++j) x(at(k) + 1 + j) += Scalar(slope * Z_(j, i));
    }
  }
  return x;
}

template <class Scalar>
Vector<Scalar> Hessian<Scalar>::apply(const Vector<Scalar>& x) const {
  Vector<Scalar> y = apply_jacobian(apply_jacobian_transposed(x));
  const Scalar n(static_cast<long>(n_));
  for (Index p = 0; p < y.size(); ++p) y(p) /= n;
  for (Index k = 0; k < K_; ++k) {
    y(at(k)) += dot(&S_(0, k), x.data() + at(k) + 1, d_ + 1);
    for (Index j = 0; j <= d_; ++j) y(at(k) + 1 + j) += Scalar(S_(j, k) * x(at(k)));
  }
  return y;
}

template <class Scalar>
Vector<Scalar> Hessian<Scalar>::solve_blocks(const Scalar& sigma, const Vector<Scalar>& x) const {
  Vector<Scalar> y(x.size());
  y(0) = x(0) / sigma;
  for (Index k = 0; k < K_; ++k) {
    const Scalar gap = sigma * sigma - block_norm2(k);
    const Scalar sq = dot(&S_(0, k), x.data() + at(k) + 1, d_ + 1);
    y(at(k)) = (sigma * x(at(k)) + sq) / gap;
    const Scalar along = (x(at(k)) + sq / sigma) / gap;
    for (Index j = 0; j <= d_; ++j) y(at(k) + 1 + j) = x(at(k) + 1 + j) / sigma + S_(j, k) * along;
  }
  return y;
}

template <class Scalar>
Matrix<Scalar> Hessian<Scalar>::jacobian() const {
  Matrix<Scalar> phi = Matrix<Scalar>::Constant(size(), n_, Scalar(0));
  for (Index i = 0; i < n_; ++i) {
    phi(0, i) = Scalar(1);
    for (Index k = 0; k < K_; ++k) {
      if (!pattern_.active(i, k)) continue;
      phi(at(k), i) = hidden_(i, k);
      for (Index j = 0; j <= d_; ++j) phi(at(k) + 1 + j, i) = v_(k) * Z_(j, i);
    }
  }
  return phi;
}

template <class Scalar>
Matrix<Scalar> Hessian<Scalar>::dense() const {
  const Matrix<Scalar> rows = jacobian().transpose();  // column p: row p of Phi
  const Scalar n(static_cast<long>(n_));
  Matrix<Scalar> H(size(), size());
  for (Index p = 0; p < size(); ++p)
    for (Index q = 0; q <= p; ++q) H(p, q) = dot(&rows(0, p), &rows(0, q), n_) / n;
  for (Index k = 0; k < K_; ++k)
    for (Index j = 0; j <= d_; ++j) H(at(k) + 1 + j, at(k)) += S_(j, k);
  for (Index p = 0; p < size(); ++p)
    for (Index q = p + 1; q < size(); ++q) H(p, q) = H(q, p);
  return H;
}

template <class Scalar>
Reduction<Scalar>::Reduction(const Hessian<Scalar>& hessian) {
  using Index = Eigen::Index;
  const Index n = hessian.samples(), K = hessian.neurons();
  const Matrix<Scalar>& Z = hessian.lifted();
  const ActivationPattern& pattern = hessian.pattern();
  hidden_ = hessian.hidden().transpose();
  slopes_.resize(K, n);
  norm2_.resize(K);
  Matrix<Scalar> masked(K, n);
  for (Index k = 0; k < K; ++k) {
    norm2_(k) = hessian.block_norm2(k);
    const Scalar& v = hessian.output_weights()(k);
    for (Index i = 0; i < n; ++i) {
      const bool on = pattern.active(i, k);
      masked(k, i) = on ? v : Scalar(0);
      slopes_(k, i) = on ? Scalar(v * dot(&hessian.blocks()(0, k), &Z(0, i), Z.rows())) : Scalar(0);
    }
  }
  constant_ = symmetric_product(masked, masked);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j <= i; ++j)
      constant_(i, j) = constant_(j, i) = Scalar(1) + constant_(i, j) * dot(&Z(0, i), &Z(0, j), Z.rows());
}

template <class Scalar>
Matrix<Scalar> Reduction<Scalar>::scaled_at(const Scalar& sigma) const {
  using Index = Eigen::Index;
  const Index n = constant_.rows(), K = norm2_.size();
  Matrix<Scalar> U(K, n), weighted(K, n);
  for (Index k = 0; k < K; ++k) {
    const Scalar gap = sigma * sigma - norm2_(k);
    for (Index i = 0; i < n; ++i) {
      U(k, i) = sigma * hidden_(k, i) + slopes_(k, i);
      weighted(k, i) = U(k, i) / gap;
    }
  }
  Matrix<Scalar> N = symmetric_product(U, weighted);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j <= i; ++j) N(i, j) = N(j, i) = N(i, j) + constant_(i, j);
  return N;
}

template <class Scalar>
Matrix<Scalar> Reduction<Scalar>::at(const Scalar& sigma) const {
  Matrix<Scalar> M = scaled_at(sigma);
  const Scalar scale = sigma * Scalar(static_cast<long>(M.rows()));
  for (Scalar& entry : M.reshaped()) entry /= scale;
  return M;
}

}  // namespace shatterproof
