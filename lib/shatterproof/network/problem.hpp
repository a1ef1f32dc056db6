#pragma once
#include <functional>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// f(x) = sum_k v_k relu(w_k.x - b_k) + beta: K neurons on R^d. Threshold convention of the paper's main text: w.x - b.
template <class Scalar>
struct Network {
  Matrix<Scalar> W;  ///< K x d, row k is w_k
  Vector<Scalar> b;  ///< K thresholds
  Vector<Scalar> v;  ///< K output weights
  Scalar beta;       ///< trained output bias

  [[nodiscard]] Eigen::Index neurons() const { return W.rows(); }
  [[nodiscard]] Eigen::Index dimension() const { return W.cols(); }
};

/// n samples (x_i, y_i) in the closed ball of radius R.
template <class Scalar>
struct DataSet {
  Matrix<Scalar> X;  ///< n x d, row i is x_i
  Vector<Scalar> y;  ///< n labels
  Scalar R;          ///< all ||x_i|| <= R; also the radius used by the variation seminorm

  [[nodiscard]] Eigen::Index samples() const { return X.rows(); }
};

/// A network with the data that its loss L = 1/(2n) sum_i (f(x_i) - y_i)^2 is taken over.
template <class Scalar>
struct Problem {
  Network<Scalar> network;
  DataSet<Scalar> data;
};

/// A problem known exactly, given as enclosures at whatever working precision is in force when it is called.
/// Rational problems convert to it; constructions with irrational centres provide it directly.
using BallProblem = std::function<Problem<Ball>()>;

}  // namespace shatterproof
