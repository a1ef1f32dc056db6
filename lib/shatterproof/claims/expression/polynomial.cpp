#include "shatterproof/claims/expression/polynomial.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/evaluator.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::expression {

using rates::Polynomial;

namespace {

constexpr long kMostPower = 200;
constexpr std::size_t kMostTerms = 2000;

/// Expands one expression; throws NoPolynomial where it cannot.
class Expander {
 public:
  struct NoPolynomial {};

  Expander(const std::vector<std::string>& variables, const Bindings& constants)
      : variables_(variables), constants_(constants) {}

  Polynomial expand(const Node& node) {
    if (is_constant(node)) return number(node);
    Polynomial result = expand_moving(node);
    if (result.terms().size() > kMostTerms) throw NoPolynomial{};
    return result;
  }

 private:
  [[nodiscard]] bool is_constant(const Node& node) const {
    return std::none_of(variables_.begin(), variables_.end(), [&](const auto& v) { return node.depends_on(v); });
  }

  [[nodiscard]] Rational number(const Node& node) const {
    if (!is_constant(node)) throw NoPolynomial{};
    const Value value = Evaluator(constants_).value(node);
    if (!value.exact()) throw NoPolynomial{};
    return *value.exact();
  }

  Polynomial expand_moving(const Node& node) {
    const auto part = [&](std::size_t i) { return expand(*node.operands[i]); };
    switch (node.kind) {
      case NodeKind::variable:
        return Polynomial::parameter(node.name);
      case NodeKind::negate:
        return -part(0);
      case NodeKind::add:
        return part(0) + part(1);
      case NodeKind::subtract:
        return part(0) - part(1);
      case NodeKind::multiply:
        return part(0) * part(1);
      case NodeKind::divide:
        return quotient(part(0), number(*node.operands[1]));
      case NodeKind::power:
        return power(part(0), number(*node.operands[1]));
      case NodeKind::sum:
        return sum(node);
      case NodeKind::call:
        return called(node);
      default:
        throw NoPolynomial{};
    }
  }

  static Polynomial quotient(const Polynomial& dividend, const Rational& divisor) {
    if (divisor == 0) throw NoPolynomial{};
    return dividend * Rational(1 / divisor);
  }

  static Polynomial power(const Polynomial& base, const Rational& exponent) {
    if (exponent.get_den() != 1 || exponent < 0 || exponent > kMostPower) throw NoPolynomial{};
    Polynomial result = 1;
    for (long i = 0; i < exponent.get_num().get_si(); ++i) {
      result = result * base;
      if (result.terms().size() > kMostTerms) throw NoPolynomial{};
    }
    return result;
  }

  Polynomial sum(const Node& node) {
    const Rational first = number(*node.operands[0]), last = number(*node.operands[1]);
    if (last - first > kMostPower) throw NoPolynomial{};
    Polynomial total;
    Bindings inner = constants_;
    for_each_term(node, first, last, [&](long k) {
      inner.insert_or_assign(node.name, Value(k));
      total += Expander(variables_, inner).expand(*node.operands[2]);
    });
    return total;
  }

  /// By Horner's rule.
  Polynomial called(const Node& node) {
    std::vector<Value> arguments;
    for (std::size_t i = 0; i + 1 < node.operands.size(); ++i) arguments.emplace_back(number(*node.operands[i]));
    const std::vector<Rational> coefficients = coefficients_of(*node.function, arguments);
    const Polynomial last = expand(*node.operands.back());
    Polynomial result;
    for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) {
      result = result * last + *c;
      if (result.terms().size() > kMostTerms) throw NoPolynomial{};
    }
    return result;
  }

  static std::vector<Rational> coefficients_of(const Function& function, std::vector<Value> arguments) {
    if (function.degree == nullptr) throw NoPolynomial{};
    arguments.emplace_back(0L);
    const Value at_zero = call(function, arguments);  // refuses arguments outside the domain
    const auto degree = function.degree(arguments);
    if (!degree || *degree > kMostPower) throw NoPolynomial{};
    std::vector<Value> jet = function.jet(arguments, static_cast<int>(*degree));
    jet.resize(static_cast<std::size_t>(*degree) + 1, 0L);
    jet[0] = at_zero;
    std::vector<Rational> coefficients;
    for (const Value& value : jet) {
      if (!value.exact()) throw NoPolynomial{};
      coefficients.push_back(*value.exact());
    }
    return coefficients;
  }

  const std::vector<std::string>& variables_;
  const Bindings& constants_;
};

}  // namespace

std::optional<Polynomial> polynomial_of(const NodePointer& node, const std::vector<std::string>& variables,
                                        const Bindings& constants) {
  try {
    return Expander(variables, constants).expand(*node);
  } catch (const Expander::NoPolynomial&) {
    return {};
  } catch (const DomainError&) {
    return {};
  } catch (const ExpressionError&) {
    return {};
  }
}

}  // namespace shatterproof::expression
