#pragma once
// Eigen's traits for our high-precision scalars. Boost 1.74's own eigen.hpp lacks infinity and quiet_NaN, without which
// the eigenvalue solvers do not compile. Heavy (numeric/real.hpp): include it in sources only.
#include <Eigen/Core>
#include <limits>

#include "shatterproof/linalg/matrix.hpp"
#include "shatterproof/numeric/real.hpp"

namespace shatterproof::detail {

template <class Scalar>
struct HighPrecisionTraits : Eigen::GenericNumTraits<Scalar> {
  using Real = Scalar;
  using NonInteger = Scalar;
  using Nested = Scalar;
  using Literal = double;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 4,
    AddCost = 8,
    MulCost = 16
  };
  // At run time, because the precision of Real is chosen then.
  static Scalar epsilon() { return std::numeric_limits<Scalar>::epsilon(); }
  static Scalar dummy_precision() { return epsilon() * 1000; }
  static Scalar highest() { return (std::numeric_limits<Scalar>::max)(); }
  static Scalar lowest() { return -highest(); }
  static Scalar infinity() { return std::numeric_limits<Scalar>::infinity(); }
  static Scalar quiet_NaN() { return std::numeric_limits<Scalar>::quiet_NaN(); }
};

}  // namespace shatterproof::detail

namespace Eigen {
template <>
struct NumTraits<shatterproof::Real> : shatterproof::detail::HighPrecisionTraits<shatterproof::Real> {
  static int digits10() { return static_cast<int>(shatterproof::Real::default_precision()); }
};
template <>
struct NumTraits<shatterproof::Float128> : shatterproof::detail::HighPrecisionTraits<shatterproof::Float128> {
  static int digits10() { return 33; }
};
}  // namespace Eigen
