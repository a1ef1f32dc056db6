#pragma once
#include <Eigen/Core>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Dense storage, column-major. For Ball and Rational it is storage only: no Eigen algorithm compares or pivots on
/// them.
template <class Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

}  // namespace shatterproof

namespace Eigen {
template <>
struct NumTraits<shatterproof::Ball> : GenericNumTraits<shatterproof::Ball> {
  using Real = shatterproof::Ball;
  using NonInteger = shatterproof::Ball;
  using Nested = shatterproof::Ball;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 4,
    AddCost = 8,
    MulCost = 16
  };
};
template <>
struct NumTraits<shatterproof::Rational> : GenericNumTraits<shatterproof::Rational> {
  using Real = shatterproof::Rational;
  using NonInteger = shatterproof::Rational;
  using Nested = shatterproof::Rational;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 8,
    AddCost = 16,
    MulCost = 32
  };
};
}  // namespace Eigen
