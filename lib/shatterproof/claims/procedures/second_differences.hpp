#pragma once
#include <functional>

#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// Second derivatives in the parameters by differences of function values alone, exactly: an oracle for formulas.
/// Near theta, f(x) along two parameters is a polynomial of degree 2 and the loss one of degree 4, so that central
/// differences with one extrapolation have no error as long as no activation changes.
class SecondDifferences {
 public:
  using Value = std::function<Rational(const Problem<Rational>&)>;
  /// `value` is a polynomial of total degree <= 4 in any two parameters where the pattern stays the same. Evaluations
  /// happen at steps so small that no margin w.x - b reaches 0.
  SecondDifferences(Problem<Rational> problem, Value value);

  /// All second derivatives at theta, N x N, in the order of parameter_count.
  [[nodiscard]] Matrix<Rational> matrix();

 private:
  [[nodiscard]] Rational mixed(Eigen::Index p, Eigen::Index q, const Rational& step);
  [[nodiscard]] Rational moved(Eigen::Index p, const Rational& s, Eigen::Index q, const Rational& t);
  [[nodiscard]] Rational& parameter(Eigen::Index p);

  Problem<Rational> problem_;
  Value value_;
  Rational step_;
};

}  // namespace shatterproof
