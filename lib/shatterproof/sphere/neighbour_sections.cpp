#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"

namespace shatterproof {
namespace {

using IntegerRow = std::vector<Integer>;

Integer dot(const IntegerRow& x, const IntegerRow& y) {
  Integer sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) sum += x[k] * y[k];
  return sum;
}

/// Divides by the greatest common divisor; true if the row is not zero.
bool reduce(IntegerRow& row) {
  Integer divisor = 0;
  for (const Integer& entry : row) divisor = gcd(divisor, entry);
  if (divisor == 0) return false;
  for (Integer& entry : row) entry /= divisor;
  return true;
}

std::int64_t narrow(const Integer& value) {
  require(value.fits_slong_p(), "a section of this code has coordinates that are too large");
  return value.get_si();
}

/// Pairwise orthogonal integer vectors that span the complement of v in the span of the rows (Gram-Schmidt over Q).
std::vector<IntegerRow> orthogonal_complement(const IntegerRow& v, const std::vector<IntegerRow>& rows) {
  std::vector<IntegerRow> basis{v};
  for (const IntegerRow& row : rows) {
    IntegerRow rest = row;
    for (const IntegerRow& b : basis) {
      const Integer along = dot(rest, b), norm = dot(b, b);
      for (std::size_t k = 0; k < rest.size(); ++k) rest[k] = norm * rest[k] - along * b[k];
    }
    if (reduce(rest)) basis.push_back(rest);
  }
  basis.erase(basis.begin());
  return basis;
}

std::vector<IntegerRow> spanning_rows(const ExactCode& code) {
  const long m = code.rational.cols();
  std::vector<IntegerRow> rows;
  for (long j = 0; j < code.dimension; ++j) {
    IntegerRow row(m);
    for (long k = 0; k < m; ++k) row[k] = code.frame.size() != 0 ? Integer(long(code.frame(j, k))) : Integer(j == k);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

ExactCode nearest_neighbours_code(const ExactCode& code, const Rational& cosine) {
  require(code.size() > 0 && code.irrational.size() == 0, "sections are taken of codes with integer coordinates");
  const long m = code.rational.cols();
  const Wide norm = inner_product(code, 0, 0).first;
  const Rational wanted = cosine * to_integer(norm);
  std::vector<IntegerRow> rows;
  for (long i = 1; i < code.size(); ++i) {
    require(inner_product(code, i, i).first == norm, "sections need equal norms");
    const Integer g = to_integer(inner_product(code, 0, i).first);
    if (g != wanted) continue;
    IntegerRow row(m);
    for (long k = 0; k < m; ++k) row[k] = to_integer(norm) * long(code.rational(i, k)) - g * long(code.rational(0, k));
    rows.push_back(row);
  }
  Integer divisor = 0;
  for (const IntegerRow& row : rows)
    for (const Integer& entry : row) divisor = gcd(divisor, entry);
  IntegerRow pole(m);
  for (long k = 0; k < m; ++k) pole[k] = long(code.rational(0, k));
  const auto frame = orthogonal_complement(pole, spanning_rows(code));
  ExactCode section;
  section.dimension = long(frame.size());
  section.rational.resize(long(rows.size()), m);
  section.frame.resize(section.dimension, m);
  for (long i = 0; i < section.size(); ++i)
    for (long k = 0; k < m; ++k) section.rational(i, k) = narrow(Integer(rows[i][k] / divisor));
  for (long j = 0; j < section.dimension; ++j)
    for (long k = 0; k < m; ++k) section.frame(j, k) = narrow(frame[j][k]);
  return section;
}

}  // namespace shatterproof
