#include "shatterproof/sphere/exact_code.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr std::int64_t kLargestRational = std::int64_t(1) << 50, kLargestMixed = std::int64_t(1) << 20;

Wide dot(const std::int64_t* x, const std::int64_t* y, long m) {
  Wide sum = 0;
  for (long k = 0; k < m; ++k) sum += Wide(x[k]) * y[k];
  return sum;
}

bool has_entry_beyond(const IntegerMatrix& m, std::int64_t limit) {
  for (long k = 0; k < m.size(); ++k)
    if (m.data()[k] > limit || m.data()[k] < -limit) return true;
  return false;
}

void require_valid_frame(const ExactCode& code) {
  const long m = code.rational.cols(), d = code.dimension;
  require(code.frame.rows() == d && code.frame.cols() == m, "exact code: the frame must be d x m");
  require(!has_entry_beyond(code.frame, kLargestMixed), "exact code: frame entries are too large");
  std::vector<Rational> norms(d);
  for (long j = 0; j < d; ++j) {
    norms[j] = to_integer(dot(code.frame.row(j).data(), code.frame.row(j).data(), m));
    require(norms[j] > 0, "exact code: zero vector in the frame");
    for (long k = 0; k < j; ++k)
      require(dot(code.frame.row(j).data(), code.frame.row(k).data(), m) == 0,
              "exact code: the frame is not orthogonal");
  }
  // Parseval: A_i is in the span iff the squared coordinates add up to |A_i|^2 (for each of the parts of A_i).
  for (const IntegerMatrix* part : {&code.rational, &code.irrational})
    for (long i = 0; i < part->rows(); ++i) {
      Rational sum = 0;
      for (long j = 0; j < d; ++j) {
        const Rational c = to_integer(dot(part->row(i).data(), code.frame.row(j).data(), m));
        sum += c * c / norms[j];
      }
      require(sum == to_integer(dot(part->row(i).data(), part->row(i).data(), m)),
              "exact code: vector " + std::to_string(i) + " is outside the span of the frame");
    }
}

/// a + b sqrt q for integers that may exceed 64 bits.
Ball enclose(const std::pair<Wide, Wide>& z, long q) {
  Ball value(to_integer(z.first));
  if (z.second != 0) value += Ball(to_integer(z.second)) * sqrt(Ball(q));
  return value;
}

}  // namespace

Integer to_integer(Wide value) {
  const bool negative = value < 0;
  const unsigned __int128 magnitude = negative ? -static_cast<unsigned __int128>(value) : value;
  Integer result = static_cast<unsigned long>(magnitude >> 64);
  result <<= 64;
  result += static_cast<unsigned long>(magnitude);
  return negative ? Integer(-result) : result;
}

std::pair<Wide, Wide> inner_product(const ExactCode& code, long i, long j) {
  const long m = code.rational.cols();
  const auto row = [m](const IntegerMatrix& part, long r) { return part.data() + r * m; };
  Wide first = dot(row(code.rational, i), row(code.rational, j), m), second = 0;
  if (code.irrational.size() != 0) {
    first += Wide(code.root) * dot(row(code.irrational, i), row(code.irrational, j), m);
    second =
        dot(row(code.rational, i), row(code.irrational, j), m) + dot(row(code.irrational, i), row(code.rational, j), m);
  }
  return {first, second};
}

void require_valid(const ExactCode& code) {
  const bool mixed = code.irrational.size() != 0;
  require(code.dimension >= 1, "exact code: dimension must be positive");
  require(code.rational.cols() <= 100000, "exact code: too many coordinates");
  require(!has_entry_beyond(code.rational, mixed ? kLargestMixed : kLargestRational),
          "exact code: entries are too large");
  if (mixed) {
    require(code.irrational.rows() == code.rational.rows() && code.irrational.cols() == code.rational.cols(),
            "exact code: the two parts differ in shape");
    require(!has_entry_beyond(code.irrational, kLargestMixed), "exact code: entries are too large");
    const long side = std::lround(std::sqrt(double(code.root)));
    require(code.root > 1 && code.root < 1000000 && side * side != code.root,
            "exact code: the root must not be a square");
  }
  for (long i = 0; i < code.size(); ++i) {
    const auto norm = inner_product(code, i, i);
    if (norm.first == 0) throw PreconditionError("exact code: vector " + std::to_string(i) + " is zero");
    if (mixed && norm != inner_product(code, 0, 0))
      throw PreconditionError("exact code: unequal norms in a code with square roots");
  }
  if (code.frame.size() != 0)
    require_valid_frame(code);
  else
    require(code.rational.cols() == code.dimension, "exact code: vectors need d coordinates");
}

Matrix<Ball> enclose_centres(const ExactCode& code) {
  const long m = code.rational.cols(), d = code.dimension;
  std::vector<Ball> scale(d, Ball(1));
  for (long j = 0; j < code.frame.rows(); ++j)
    scale[j] = sqrt(Ball(to_integer(dot(code.frame.row(j).data(), code.frame.row(j).data(), m))));
  Matrix<Ball> centres(code.size(), d);
  for (long i = 0; i < code.size(); ++i) {
    const Ball norm = sqrt(enclose(inner_product(code, i, i), code.root));
    for (long j = 0; j < d; ++j) {
      std::pair<Wide, Wide> z{0, 0};
      if (code.frame.size() != 0) {
        z.first = dot(code.rational.row(i).data(), code.frame.row(j).data(), m);
        if (code.irrational.size() != 0) z.second = dot(code.irrational.row(i).data(), code.frame.row(j).data(), m);
      } else {
        z.first = code.rational(i, j);
        if (code.irrational.size() != 0) z.second = code.irrational(i, j);
      }
      centres(i, j) = enclose(z, code.root) / (norm * scale[j]);
    }
  }
  return centres;
}

Matrix<double> approx_centres(const ExactCode& code) {
  if (code.frame.size() == 0 && code.irrational.size() == 0) {
    const Matrix<double> rows = code.rational.cast<double>();
    return rows.array().colwise() / rows.rowwise().norm().array();
  }
  const PrecisionScope scope(64);
  const Matrix<Ball> centres = enclose_centres(code);
  return centres.unaryExpr([](const Ball& x) { return x.mid_double(); });
}

}  // namespace shatterproof
