#include "shatterproof/claims/prover/algebra.hpp"

#include <iterator>
#include <map>
#include <numeric>

#include "shatterproof/claims/expression/polynomial.hpp"

namespace shatterproof::prover {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;
using rates::Polynomial;

namespace {

using Matrix = std::vector<std::vector<Rational>>;

/// For each variable the greatest common divisor of its exponents: the polynomial is one in the powers x^g as well.
std::map<std::string, unsigned> common_exponents(const Polynomial& polynomial) {
  std::map<std::string, unsigned> common;
  for (const auto& [powers, coefficient] : polynomial.terms())
    for (const auto& [name, exponent] : powers) common[name] = std::gcd(common[name], exponent);
  return common;
}

/// G with z^T G z the polynomial, z = (x_1^g_1, ..., x_n^g_n, 1); nothing for a degree above 2.
std::optional<Matrix> gram_matrix(const Polynomial& polynomial) {
  const auto common = common_exponents(polynomial);
  const std::size_t variables = common.size();
  Matrix gram(variables + 1, std::vector<Rational>(variables + 1));
  for (const auto& [powers, coefficient] : polynomial.terms()) {
    std::vector<std::size_t> factors;
    for (const auto& [name, exponent] : powers) {
      const auto found = common.find(name);
      const auto index = static_cast<std::size_t>(std::distance(common.begin(), found));
      for (unsigned k = 0; k < exponent / found->second && factors.size() <= 2; ++k) factors.push_back(index);
    }
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
  const Polynomial difference = *right - *left;
  if (node.kind == NodeKind::equal) return difference.is_zero();
  const auto gram = gram_matrix(difference);
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
