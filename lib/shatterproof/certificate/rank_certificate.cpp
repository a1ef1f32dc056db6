#include "shatterproof/certificate/rank_certificate.hpp"

#include <algorithm>

#include "shatterproof/certificate/certificate_text.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// The reduced row echelon form: its first rows have a 1 in the pivot columns and nothing else there.
struct Echelon {
  Matrix<Rational> form;
  std::vector<Index> rows;     // of the matrix, that were chosen as pivots
  std::vector<Index> columns;  // of the pivots, increasing
};

Echelon echelon(const IntegerMatrix& matrix) {
  Echelon e{Matrix<Rational>(matrix.rows(), matrix.cols()), {}, {}};
  for (Index j = 0; j < matrix.cols(); ++j)
    for (Index i = 0; i < matrix.rows(); ++i) e.form(i, j) = Rational(static_cast<long>(matrix(i, j)));
  std::vector<Index> place(static_cast<std::size_t>(matrix.rows()));
  for (std::size_t i = 0; i < place.size(); ++i) place[i] = static_cast<Index>(i);
  for (Index c = 0; c < matrix.cols() && static_cast<Index>(e.rows.size()) < matrix.rows(); ++c) {
    const auto top = static_cast<Index>(e.rows.size());
    Index pivot = top;
    while (pivot < matrix.rows() && sgn(e.form(pivot, c)) == 0) ++pivot;
    if (pivot == matrix.rows()) continue;
    e.form.row(top).swap(e.form.row(pivot));
    std::swap(place[static_cast<std::size_t>(top)], place[static_cast<std::size_t>(pivot)]);
    e.rows.push_back(place[static_cast<std::size_t>(top)]);
    e.columns.push_back(c);
    const Rational scale = e.form(top, c);
    for (Index j = c; j < matrix.cols(); ++j) e.form(top, j) /= scale;
    for (Index i = 0; i < matrix.rows(); ++i) {
      const Rational factor = e.form(i, c);
      if (i == top || sgn(factor) == 0) continue;
      for (Index j = c; j < matrix.cols(); ++j) e.form(i, j) -= Rational(factor * e.form(top, j));
    }
  }
  return e;
}

/// Its determinant is not 0 modulo p.
bool is_regular_modulo(Matrix<Rational> a, const Integer& p) {
  for (Index c = 0; c < a.cols(); ++c) {
    Index pivot = c;
    while (pivot < a.rows() && a(pivot, c).get_num() % p == 0) ++pivot;
    if (pivot == a.rows()) return false;
    a.row(c).swap(a.row(pivot));
    Integer inverse;
    mpz_invert(inverse.get_mpz_t(), a(c, c).get_num_mpz_t(), p.get_mpz_t());
    for (Index i = c + 1; i < a.rows(); ++i) {
      const Integer factor = a(i, c).get_num() * inverse % p;
      for (Index j = c; j < a.cols(); ++j)
        a(i, j) = Integer(Integer(a(i, j).get_num() - factor * a(c, j).get_num()) % p);
    }
  }
  return true;
}

void write_indices(CertificateText& text, const char* keyword, const std::vector<Index>& indices) {
  text.begin(keyword);
  for (const Index i : indices) text.field(static_cast<long>(i) + 1);
  text.end();
}

/// den column_f - sum_j (den c_j) column_j = 0, in integers.
void write_relation(CertificateText& text, const Echelon& e, Index f) {
  Integer common = 1;
  for (std::size_t j = 0; j < e.columns.size(); ++j) common = lcm(common, e.form(static_cast<Index>(j), f).get_den());
  text.begin("relation");
  text.field(common);
  for (std::size_t j = 0; j < e.columns.size(); ++j)
    text.field(Rational(-common * e.form(static_cast<Index>(j), f)).get_num());
  text.end();
}

}  // namespace

std::string rank_certificate(const IntegerMatrix& matrix) {
  Echelon e = echelon(matrix);
  require(!e.rows.empty(), "rank_certificate: a matrix with an entry other than 0 is needed");
  std::sort(e.rows.begin(), e.rows.end());
  const auto rank = static_cast<Index>(e.rows.size());
  Matrix<Rational> minor(rank, rank);
  for (Index j = 0; j < rank; ++j)
    for (Index i = 0; i < rank; ++i)
      minor(i, j) = Rational(
          static_cast<long>(matrix(e.rows[static_cast<std::size_t>(i)], e.columns[static_cast<std::size_t>(j)])));
  Integer modulus = (Integer(1) << 61) - 1;
  while (!is_regular_modulo(minor, modulus)) mpz_nextprime(modulus.get_mpz_t(), modulus.get_mpz_t());

  CertificateText text("rank");
  text.line("rows", static_cast<long>(matrix.rows()));
  text.line("columns", static_cast<long>(matrix.cols()));
  for (Index i = 0; i < matrix.rows(); ++i) {
    text.begin("row");
    for (Index j = 0; j < matrix.cols(); ++j) text.field(static_cast<long>(matrix(i, j)));
    text.end();
  }
  text.line("rank", static_cast<long>(rank));
  write_indices(text, "minor-rows", e.rows);
  write_indices(text, "minor-columns", e.columns);
  text.line("modulus", modulus);
  for (Index f = 0; f < matrix.cols(); ++f)
    if (!std::binary_search(e.columns.begin(), e.columns.end(), f)) write_relation(text, e, f);
  return text.finished();
}

}  // namespace shatterproof
