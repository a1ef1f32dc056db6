#include "descent_peer.hpp"

#include <Eigen/Core>
#ifdef SHATTERPROOF_BENCH_BLAS
#include <cblas.h>
#endif

namespace {

template <class T>
using PeerMatrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using PeerVector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

#ifdef SHATTERPROOF_BENCH_BLAS
void gemm(bool second_transposed, long m, long n, long k, const double* a, const double* b, long ldb, double* c) {
  cblas_dgemm(CblasColMajor, CblasNoTrans, second_transposed ? CblasTrans : CblasNoTrans, static_cast<int>(m),
              static_cast<int>(n), static_cast<int>(k), 1, a, static_cast<int>(m), b, static_cast<int>(ldb), 0, c,
              static_cast<int>(m));
}
void gemm(bool second_transposed, long m, long n, long k, const float* a, const float* b, long ldb, float* c) {
  cblas_sgemm(CblasColMajor, CblasNoTrans, second_transposed ? CblasTrans : CblasNoTrans, static_cast<int>(m),
              static_cast<int>(n), static_cast<int>(k), 1, a, static_cast<int>(m), b, static_cast<int>(ldb), 0, c,
              static_cast<int>(m));
}
#endif

template <class T>
class Peer final : public DescentPeer {
 public:
  Peer(const DescentPeerProblem& p, PeerProducts products)
      : products_(products),
        Z_(p.dimension + 1, p.samples),
        W_(p.neurons, p.dimension + 1),
        P_(p.neurons, p.samples),
        dW_(W_),
        beta_(static_cast<T>(p.beta)) {
    using Map = Eigen::Map<const Eigen::MatrixXd>;
    Z_.topRows(p.dimension) = Map(p.X, p.samples, p.dimension).transpose().cast<T>();
    Z_.row(p.dimension).setConstant(-1);
    W_.leftCols(p.dimension) = Map(p.W, p.neurons, p.dimension).cast<T>();
    W_.col(p.dimension) = Map(p.b, p.neurons, 1).cast<T>();
    v_ = Map(p.v, p.neurons, 1).cast<T>();
    y_ = Map(p.y, p.samples, 1).cast<T>();
  }

  void step(double eta) override {
    multiply(W_, Z_, false, P_);
    f_.setZero(P_.cols());
    for (long i = 0; i < P_.cols(); ++i) {
      P_.col(i) = P_.col(i).cwiseMax(T(0));
      f_(i) = P_.col(i).dot(v_) + beta_;
    }
    r_ = (f_ - y_) / static_cast<T>(y_.size());
    dv_.noalias() = P_ * r_;
    for (long i = 0; i < P_.cols(); ++i)
      P_.col(i).array() = (P_.col(i).array() > T(0)).select(v_.array() * r_(i), T(0));
    multiply(P_, Z_, true, dW_);
    const T h = static_cast<T>(eta);
    W_ -= h * dW_;
    v_ -= h * dv_;
    beta_ -= h * r_.sum();
  }

  double first_weight() const override { return W_(0, 0); }

 private:
  void multiply(const PeerMatrix<T>& a, const PeerMatrix<T>& b, bool transposed, PeerMatrix<T>& c) {
#ifdef SHATTERPROOF_BENCH_BLAS
    if (products_ == PeerProducts::blas)
      return gemm(transposed, a.rows(), c.cols(), a.cols(), a.data(), b.data(), b.rows(), c.data());
#endif
    if (transposed)
      c.noalias() = a * b.transpose();
    else
      c.noalias() = a * b;
  }

  PeerProducts products_;
  PeerMatrix<T> Z_, W_, P_, dW_;
  PeerVector<T> v_, y_, f_, r_, dv_;
  T beta_;
};

}  // namespace

std::unique_ptr<DescentPeer> make_descent_peer(const DescentPeerProblem& problem, PeerProducts products, bool floats) {
#ifdef SHATTERPROOF_BENCH_BLAS
  openblas_set_num_threads(1);
#else
  if (products == PeerProducts::blas) return nullptr;
#endif
  if (floats) return std::make_unique<Peer<float>>(problem, products);
  return std::make_unique<Peer<double>>(problem, products);
}
