#include "shatterproof/claims/prover/algebra.hpp"

#include <numeric>

#include "shatterproof/claims/expression/polynomial.hpp"

namespace shatterproof::prover {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;
using expression::Polynomial;

namespace {

using Matrix = std::vector<std::vector<Rational>>;

/// For each variable the greatest common divisor of its exponents: the polynomial is one in the powers x^g as well.
std::vector<long> common_exponents(const Polynomial& polynomial, std::size_t variables) {
  std::vector<long> common(variables, 0);
  for (const auto& [exponents, coefficient] : polynomial.terms())
    for (std::size_t i = 0; i < variables; ++i) common[i] = std::gcd(common[i], exponents[i]);
  return common;
}

/// G with z^T G z the polynomial, z = (x_1^g_1, ..., x_n^g_n, 1); nothing for a degree above 2.
std::optional<Matrix> gram_matrix(const Polynomial& polynomial, std::size_t variables) {
  const std::vector<long> common = common_exponents(polynomial, variables);
  Matrix gram(variables + 1, std::vector<Rational>(variables + 1));
  for (const auto& [exponents, coefficient] : polynomial.terms()) {
    std::vector<std::size_t> factors;
    for (std::size_t i = 0; i < variables; ++i)
      for (long k = 0; common[i] > 0 && k < exponents[i] / common[i] && factors.size() <= 2; ++k) factors.push_back(i);
    if (factors.size() > 2) return {};
    factors.resize(2, variables);
    gram[factors[0]][factors[1]] += coefficient / 2;
    gram[factors[1]][factors[0]] += coefficient / 2;
  }
  return gram;
}

enum class Squares { none, sum, sum_and_positive_constant };

/// By symmetric elimination, the constant last.
Squares as_squares(Matrix gram) {
  const std::size_t size = gram.size();
  for (std::size_t k = 0; k < size; ++k) {
    const Rational pivot = gram[k][k];
    if (pivot < 0) return Squares::none;
    for (std::size_t i = k + 1; i < size; ++i) {
      if (gram[i][k] == 0) continue;
      if (pivot == 0) return Squares::none;
      const Rational factor = gram[i][k] / pivot;
      for (std::size_t j = k + 1; j < size; ++j) gram[i][j] -= factor * gram[k][j];
    }
  }
  return gram.back().back() > 0 ? Squares::sum_and_positive_constant : Squares::sum;
}

bool comparison_holds(const Node& node, const Instance& instance) {
  std::vector<std::string> variables;
  for (const RealRange& range : instance.reals) variables.push_back(range.variable);
  const bool reversed = node.kind == NodeKind::greater || node.kind == NodeKind::greater_or_equal;
  const auto left = polynomial_of(node.operands[reversed ? 1 : 0], variables, instance.constants);
  if (!left) return false;
  const auto right = polynomial_of(node.operands[reversed ? 0 : 1], variables, instance.constants);
  if (!right) return false;
  const Polynomial difference = right->plus(*left, -1);
  if (node.kind == NodeKind::equal) return difference.is_zero();
  const auto gram = gram_matrix(difference, variables.size());
  if (!gram) return false;
  const Squares squares = as_squares(*gram);
  const bool strict = node.kind == NodeKind::less || node.kind == NodeKind::greater;
  return strict ? squares == Squares::sum_and_positive_constant : squares != Squares::none;
}

}  // namespace

bool holds_by_algebra(const NodePointer& statement, const Instance& instance) {
  if (instance.reals.empty()) return false;
  const auto part = [&](std::size_t i) { return holds_by_algebra(statement->operands[i], instance); };
  if (statement->kind == NodeKind::conjunction) return part(0) && part(1);
  if (statement->kind == NodeKind::disjunction) return part(0) || part(1);
  return comparison_holds(*statement, instance);
}

}  // namespace shatterproof::prover
