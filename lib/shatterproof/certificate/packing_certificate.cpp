#include "shatterproof/certificate/packing_certificate.hpp"

#include "shatterproof/certificate/certificate_text.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr double kMostWork = 4e10;  // pairs times dimension: minutes

/// The centres rounded to integers of 46 bits.
ExactCode rounded_code(const Packing& packing) {
  constexpr long kBits = 46;
  const PrecisionScope scope(128);
  const Matrix<Ball> centres = packing.centres();
  ExactCode code;
  code.dimension = packing.dimension;
  code.rational.resize(centres.rows(), centres.cols());
  for (Index j = 0; j < centres.cols(); ++j)
    for (Index i = 0; i < centres.rows(); ++i) {
      const Rational scaled = centres(i, j).lower_rational() * power(Rational(2), kBits) + Rational(1, 2);
      code.rational(i, j) = floor(scaled).get_si();
    }
  return code;
}

/// <part of A_i, f_j>, or the coordinate itself where there is no frame.
Integer coordinate(const ExactCode& code, const IntegerMatrix& part, Index i, Index j) {
  if (code.frame.size() == 0) return Integer(static_cast<long>(part(i, j)));
  Integer sum;
  for (Index m = 0; m < part.cols(); ++m)
    sum += Integer(static_cast<long>(part(i, m))) * static_cast<long>(code.frame(j, m));
  return sum;
}

/// Coordinate j of u_i is <A_i, f_j>/(|A_i| |f_j|): the weight of <A_i, f_j>^2 is 1/|f_j|^2, made an integer.
std::vector<Integer> weights_of(const ExactCode& code) {
  std::vector<Integer> norms(static_cast<std::size_t>(code.dimension), 1), weights;
  Integer common = 1;
  for (Index j = 0; j < code.frame.rows(); ++j) {
    norms[static_cast<std::size_t>(j)] = coordinate(code, code.frame, j, j);
    common = lcm(common, norms[static_cast<std::size_t>(j)]);
  }
  for (const Integer& norm : norms) weights.emplace_back(common / norm);
  return weights;
}

void write_centres(CertificateText& text, const ExactCode& code) {
  text.line("root", code.irrational.size() == 0 ? 0L : code.root);
  text.line("centres", code.size());
  for (long i = 0; i < code.size(); ++i) {
    text.begin("centre");
    for (const IntegerMatrix* part : {&code.rational, &code.irrational})
      for (long j = 0; j < code.dimension && part->size() != 0; ++j) text.field(coordinate(code, *part, i, j));
    text.end();
  }
}

}  // namespace

std::string packing_certificate(const Packing& packing) {
  const auto refuse = [](const std::string& why) { throw UndecidedError("no certificate: " + why); };
  if (!packing.certified) refuse("the packing is not certified");
  if (!packing.centres) refuse("the " + packing.count.get_str() + " centres are not listed; see --max-centres");
  const double work = packing.count.get_d() * packing.count.get_d() * static_cast<double>(packing.dimension);
  if (work > kMostWork) refuse("checking all pairs of " + packing.count.get_str() + " centres would take too long");
  const Rational cosine = cosine_of_separation(packing.eps);
  ExactCode rounded;
  if (!packing.code) {
    rounded = rounded_code(packing);
    if (!certify_separation(rounded, cosine).certified)
      refuse("the centres are irrational, and rounded to integers two of them come too close");
  }
  const ExactCode& code = packing.code ? *packing.code : rounded;
  CertificateText text("packing");
  text.line("dimension", packing.dimension);
  text.line("eps", packing.eps);
  text.line("cosine", cosine);
  text.begin("weights");
  for (const Integer& weight : weights_of(code)) text.field(weight);
  text.end();
  write_centres(text, code);
  return text.finished();
}

}  // namespace shatterproof
