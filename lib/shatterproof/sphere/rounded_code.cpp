#include "shatterproof/sphere/rounded_code.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

ExactCode rounded_code(const Matrix<double>& points) {
  constexpr double kRoundingScale = 0x1p46;
  for (long i = 0; i < points.rows(); ++i) {
    const double length = points.row(i).norm();
    require(length > 0.5 && length < 1.5, "point " + std::to_string(i) + " is not near the unit sphere");
  }
  ExactCode code;
  code.dimension = points.cols();
  code.rational = (points * kRoundingScale).unaryExpr([](double c) { return std::int64_t(std::llround(c)); });
  return code;
}

Rational proved_max_cosine(const ExactCode& code) {
  require(code.size() >= 2, "proved_max_cosine needs two vectors");
  const PrecisionScope scope(128);
  const Integer grid = Integer(1) << 44;
  const Rational most = 1 - Rational(1, Integer(1) << 40);
  Separation test = certify_separation(code, most);
  require(test.certified, "two vectors of the code are equal, or nearly so: " + test.text);
  // The closest pair is the closest as far as doubles can tell: the first step of the grid above it may still be below
  // another pair, which is then named; so s only grows.
  while (true) {
    Rational s(floor(Rational(test.closest.upper_rational() * grid)) + 1, grid);
    s.canonicalize();
    if (s >= most) return most;
    test = certify_separation(code, s);
    if (test.certified) return s;
  }
}

}  // namespace shatterproof
