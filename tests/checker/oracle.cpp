#include "oracle.hpp"

#include <Eigen/LU>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "support.hpp"

namespace shatterproof::testing {
namespace {

using Index = Eigen::Index;

/// The fields of the lines with this keyword, without it.
Lines fields_of(const Lines& lines, const std::string& keyword) {
  Lines found;
  for (const auto& line : lines)
    if (line[0] == keyword) found.emplace_back(line.begin() + 1, line.end());
  return found;
}

Rational number(const Lines& lines, const std::string& keyword) {
  return parse_rational(fields_of(lines, keyword).at(0).at(0));
}

/// By enclosures of sqrt(weight) coordinates: true unless a pair is certainly too close.
bool packing_is_true(const Lines& lines) {
  const PrecisionScope scope(256);
  const Rational cosine = number(lines, "cosine"), eps = number(lines, "eps"), root = number(lines, "root");
  if (eps != 0 && cosine != cosine_of_separation(eps)) return false;
  const Lines centres = fields_of(lines, "centre"), weights = fields_of(lines, "weights");
  const auto d = weights[0].size();
  const auto coordinate = [&](std::size_t i, std::size_t j) {
    Ball x(parse_rational(centres[i][j]));
    if (root != 0) x += Ball(parse_rational(centres[i][d + j])) * sqrt(Ball(root));
    return x * sqrt(Ball(parse_rational(weights[0][j])));
  };
  for (std::size_t i = 0; i < centres.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      Ball product(0), first(0), second(0);
      for (std::size_t j = 0; j < d; ++j) {
        product += coordinate(i, j) * coordinate(k, j);
        first += square(coordinate(i, j)), second += square(coordinate(k, j));
      }
      if (certainly_less(Ball(cosine) * sqrt(first * second), product)) return false;
    }
  return true;
}

bool lambda_max_is_true(const Lines& lines) {
  const Lines samples = fields_of(lines, "sample"), neurons = fields_of(lines, "neuron");
  const auto n = static_cast<Index>(samples.size()), K = static_cast<Index>(neurons.size());
  const auto d = static_cast<Index>(samples[0].size()) - 1;
  Problem<Rational> p{{Matrix<Rational>(K, d), Vector<Rational>(K), Vector<Rational>(K), number(lines, "beta")},
                      {Matrix<Rational>(n, d), Vector<Rational>(n), Rational(1)}};
  const auto at = [](const Lines& rows, Index i, Index j) {
    return parse_rational(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]);
  };
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < d; ++j) p.data.X(i, j) = at(samples, i, j);
    p.data.y(i) = at(samples, i, d);
  }
  for (Index k = 0; k < K; ++k) {
    for (Index j = 0; j < d; ++j) p.network.W(k, j) = at(neurons, k, j);
    p.network.b(k) = at(neurons, k, d), p.network.v(k) = at(neurons, k, d + 1);
  }
  const Ball lambda = enclose_lambda_max(ball_problem(p), activation_pattern(p), 25).value;
  const PrecisionScope scope(256);
  bool is_true = true;
  if (!fields_of(lines, "sigma").empty()) is_true = certainly_less(lambda, Ball(number(lines, "sigma")));
  if (!fields_of(lines, "bound").empty())
    is_true = is_true && certainly_less_or_equal(Ball(number(lines, "bound")), lambda.upper());
  return is_true;
}

bool rank_is_true(const Lines& lines) {
  const Lines rows = fields_of(lines, "row");
  Eigen::MatrixXd A(static_cast<Index>(rows.size()), static_cast<Index>(rows[0].size()));
  for (Index i = 0; i < A.rows(); ++i)
    for (Index j = 0; j < A.cols(); ++j)
      A(i, j) = parse_rational(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]).get_d();
  return Eigen::FullPivLU<Eigen::MatrixXd>(A).rank() == number(lines, "rank");
}

bool comparison_is_true(const std::vector<std::string>& holds, const Lines& variables) {
  using namespace expression;
  std::vector<std::string> names;
  for (const auto& v : variables) names.push_back(v[0]);
  const bool differs = holds[1] == "!=";
  const Claim claim = parse_claim(holds[0] + (differs ? "=" : holds[1]) + holds[2], names);
  std::vector<Bindings> points{{}};
  for (const auto& v : variables) {
    std::vector<Bindings> longer;
    for (const Bindings& point : points)
      for (long x = std::stol(v[1]); x <= std::stol(v[2]); ++x) {
        longer.push_back(point);
        longer.back().insert_or_assign(v[0], Value(x));
      }
    points = longer;
  }
  for (const Bindings& point : points)
    if (decide_refining(claim, point, 4096).truth != (differs ? Truth::no : Truth::yes)) return false;
  return true;
}

bool inequalities_are_true(const Lines& lines) {
  Lines variables;
  for (const auto& line : lines) {
    const std::vector<std::string> fields(line.begin() + 1, line.end());
    if (line[0] == "statement") variables.clear();
    if (line[0] == "variable") variables.push_back(fields);
    if (line[0] == "holds" && !comparison_is_true(fields, variables)) return false;
  }
  return true;
}

}  // namespace

bool is_true_by_other_means(const std::string& certificate) {
  const Lines lines = lines_of(certificate);
  const std::string& kind = lines[0][2];
  if (kind == "packing") return packing_is_true(lines);
  if (kind == "rank") return rank_is_true(lines);
  if (kind == "inequalities") return inequalities_are_true(lines);
  return lambda_max_is_true(lines);
}

}  // namespace shatterproof::testing
