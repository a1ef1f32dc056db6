#include "shatterproof/certificate/reduced_matrix.hpp"

#include <arb_mat.h>

#include <utility>

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// A matrix of Arb's own, for its fast product.
class ArbMatrix {
 public:
  ArbMatrix(Index rows, Index columns) { arb_mat_init(matrix_, rows, columns); }
  ArbMatrix(const ArbMatrix&) = delete;
  ArbMatrix& operator=(const ArbMatrix&) = delete;
  ~ArbMatrix() { arb_mat_clear(matrix_); }
  void set(Index i, Index j, const Ball& x) { arb_set(arb_mat_entry(matrix_, i, j), x.get()); }
  [[nodiscard]] arb_mat_struct* get() { return matrix_; }

 private:
  arb_mat_t matrix_;
};

/// sum_k left(i, k) right(j, k) over the neurons active on both samples. entry(i, k) gives the pair.
template <class Entry>
Matrix<Ball> gram(const Hessian<Ball>& hessian, const Entry& entry) {
  const Index n = hessian.samples(), K = hessian.neurons();
  ArbMatrix left(n, K), right(K, n), product(n, n);
  for (Index k = 0; k < K; ++k)
    for (Index i = 0; i < n; ++i) {
      if (!hessian.pattern().active(i, k)) continue;
      const std::pair<Ball, Ball> both = entry(i, k);
      left.set(i, k, both.first), right.set(k, i, both.second);
    }
  arb_mat_mul(product.get(), left.get(), right.get(), working_precision());
  Matrix<Ball> result(n, n);
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < n; ++i) arb_swap(result(i, j).get(), arb_mat_entry(product.get(), i, j));
  return result;
}

}  // namespace

Matrix<Ball> reduced_matrix(const Hessian<Ball>& hessian, const Ball& sigma) {
  const Index n = hessian.samples(), width = hessian.lifted().rows();
  const auto& v = hessian.output_weights();
  std::vector<Ball> g;
  for (Index k = 0; k < hessian.neurons(); ++k) g.push_back(square(sigma) / (square(sigma) - hessian.block_norm2(k)));
  Matrix<Ball> N = gram(hessian, [&](Index i, Index k) {
    const Ball slope = v(k) * dot(&hessian.blocks()(0, k), &hessian.lifted()(0, i), width) / sigma;
    const Ball u = hessian.hidden()(i, k) + slope;
    return std::pair(u, Ball(u * g[static_cast<std::size_t>(k)]));
  });
  const Matrix<Ball> outer = gram(hessian, [&](Index, Index k) { return std::pair(v(k), v(k)); });
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < n; ++i)
      N(i, j) += Ball(1) + outer(i, j) * dot(&hessian.lifted()(0, i), &hessian.lifted()(0, j), width);
  return N;
}

}  // namespace shatterproof
