#include "shatterproof/certificate/lambda_max_certificate.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/certificate/certificate_text.hpp"
#include "shatterproof/certificate/definite_factor.hpp"
#include "shatterproof/certificate/rayleigh_witness.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/lambda_max.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kLargestOrder = 4000;  // of the matrix that is factored
constexpr double kMostEntries = 2e7;   // of what the checker keeps for each sample
constexpr Bits kMostBits = 16384;      // that the checker takes

/// Bits before the point of the largest number that the checker meets on the way.
long magnitude(const Problem<Rational>& problem, const Rational& sigma) {
  long most = std::max(0L, exponent_above(sigma));
  const auto meet = [&](const auto& array) {
    for (Index j = 0; j < array.cols(); ++j)
      for (Index i = 0; i < array.rows(); ++i) most = std::max(most, exponent_above(array(i, j)));
  };
  meet(problem.network.W), meet(problem.network.b), meet(problem.network.v), meet(problem.data.X), meet(problem.data.y);
  return std::max(most, exponent_above(problem.network.beta));
}

/// 10^-digits times the power of ten just above x > 0, roughly one unit of the last digit.
Rational unit_of(const Rational& x, int digits) {
  const long exponent = static_cast<long>(std::ceil(static_cast<double>(exponent_above(x)) * 0.30103));
  return power(Rational(10), exponent - digits);
}

/// A decimal above the enclosure with some room.
Rational upper_decimal(const Ball& enclosure, int digits) {
  const Rational above = enclosure.upper_rational();
  Rational sigma = parse_rational(to_text(enclosure.upper(), digits).upper);
  const Rational unit = unit_of(sigma, digits);
  if (sigma - above < unit / 1000) sigma += unit;
  return sigma;
}

void write_problem(CertificateText& text, const Problem<Rational>& problem) {
  const auto& [network, data] = problem;
  text.line("samples", static_cast<long>(data.samples()));
  text.line("neurons", static_cast<long>(network.neurons()));
  text.line("dimension", static_cast<long>(network.dimension()));
  for (Index i = 0; i < data.samples(); ++i) {
    text.begin("sample");
    for (Index j = 0; j < network.dimension(); ++j) text.field(data.X(i, j));
    text.field(data.y(i));
    text.end();
  }
  for (Index k = 0; k < network.neurons(); ++k) {
    text.begin("neuron");
    for (Index j = 0; j < network.dimension(); ++j) text.field(network.W(k, j));
    text.field(network.b(k)), text.field(network.v(k));
    text.end();
  }
  text.line("beta", network.beta);
}

void write_factor(CertificateText& text, const DefiniteFactor& factor) {
  text.line("scale", factor.scale);
  for (const auto& row : factor.rows) {
    text.begin(factor.matrix == ShiftedMatrix::of_samples ? "factor" : "parameter-factor");
    for (const Integer& x : row) text.field(x);
    text.end();
  }
}

void write_witness(CertificateText& text, const std::vector<Integer>& witness, Index neurons) {
  text.line("witness-beta", witness[0]);
  const std::size_t width = neurons == 0 ? 0 : (witness.size() - 1) / static_cast<std::size_t>(neurons);
  for (std::size_t p = 1; p < witness.size(); ++p) {
    if ((p - 1) % width == 0) text.begin("witness");
    text.field(witness[p]);
    if (p % width == 0) text.end();
  }
}

/// The matrix to factor: the cheaper one, the other where that is too large; throws where both are.
ShiftedMatrix chosen_matrix(const Problem<Rational>& problem) {
  const Index n = problem.data.samples(), K = problem.network.neurons(), p = parameter_count(problem.network);
  const auto fits = [&](ShiftedMatrix matrix) {
    const auto [order, entries] = matrix == ShiftedMatrix::of_samples ? std::pair{n, K} : std::pair{p, p};
    return order <= kLargestOrder && static_cast<double>(n) * static_cast<double>(entries) <= kMostEntries;
  };
  const ShiftedMatrix cheaper = cheaper_matrix(n, K, p);
  const ShiftedMatrix other =
      cheaper == ShiftedMatrix::of_samples ? ShiftedMatrix::of_parameters : ShiftedMatrix::of_samples;
  for (const ShiftedMatrix matrix : {cheaper, other})
    if (fits(matrix)) return matrix;
  throw UndecidedError("no certificate: " + std::to_string(n) + " samples and " + std::to_string(K) +
                       " neurons are too many");
}

/// Bits behind the point with which the checker decides: the room relative to sigma, twice where sigma is close to a
/// block of D (its resolvent is large there), growth of the sums and products on the way.
Bits checker_bits(const Problem<Rational>& problem, const Hessian<Ball>& hessian, const Rational& sigma,
                  const Rational& room) {
  Ball gap(sigma);
  for (Index k = 0; k < hessian.neurons(); ++k) gap = min(gap, Ball(sigma) - sqrt_nonnegative(hessian.block_norm2(k)));
  const double blocks = std::max(0.0, -std::log2(std::max((gap / Ball(sigma)).lower_double(), 1e-300)));
  const auto terms =
      static_cast<double>(problem.data.samples() * (problem.network.neurons() + 1) * (problem.network.dimension() + 2));
  const long wanted = exponent_above(sigma) - exponent_above(room);
  return wanted + 2 * static_cast<long>(blocks + std::log2(terms)) + 4 * magnitude(problem, sigma) + 48;
}

}  // namespace

LambdaMaxCertificate lambda_max_certificate(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                            const Ball& enclosure, int digits) {
  const ShiftedMatrix matrix = chosen_matrix(problem);
  LambdaMaxCertificate certificate;
  certificate.upper = upper_decimal(enclosure, digits);
  const Rational room = certificate.upper - enclosure.upper_rational();
  const PrecisionScope rough(bits_for_digits(2 * digits) + 64);
  Bits bits = checker_bits(problem, Hessian<Ball>(to_ball(problem), pattern), certificate.upper, room);
  if (bits > kMostBits) throw UndecidedError("no certificate: it needs " + std::to_string(bits) + " bits");
  const PrecisionScope scope(bits + 64);
  const Hessian<Ball> hessian(to_ball(problem), pattern);
  const DefiniteFactor factor = definite_factor(hessian, matrix, certificate.upper, room, bits);
  const RayleighWitness witness = rayleigh_witness(hessian, certificate.upper, factor, digits);
  certificate.lower = witness.bound;
  if (certificate.upper - certificate.lower > 100 * unit_of(certificate.upper, digits))
    throw UndecidedError("no certificate: the witness reaches only " + to_text_exact(certificate.lower));

  CertificateText text("lambda-max-enclosure");
  write_problem(text, problem);
  text.line("bits", bits);
  text.line("sigma", certificate.upper);
  write_factor(text, factor);
  text.line("bound", certificate.lower);
  write_witness(text, witness.vector, problem.network.neurons());
  certificate.text = text.finished();
  return certificate;
}

LambdaMaxCertificate lambda_max_certificate(const Problem<Rational>& problem, int digits) {
  (void)chosen_matrix(problem);
  const ActivationPattern pattern = activation_pattern(problem);
  const EigenvalueEnclosure enclosure = enclose_lambda_max(ball_problem(problem), pattern, digits + 2);
  return lambda_max_certificate(problem, pattern, enclosure.value, digits);
}

}  // namespace shatterproof
