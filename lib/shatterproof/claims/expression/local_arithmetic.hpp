#pragma once
#include <algorithm>
#include <map>
#include <string>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/chart.hpp"
#include "shatterproof/claims/expression/series.hpp"

namespace shatterproof::expression {

/// product of t_v^powers[v] times a series in the distance of one variable, on a chart.
struct Local {
  std::map<std::string, Rational> powers = {};
  Series series;
  bool zero = false;  ///< certainly 0 at every point, not only at those of the chart
};

/// x = anchor + slope * t, or slope/t; see Coordinate. The anchor and the slope may be balls.
struct Axis {
  bool infinite = false;
  Value anchor = 0L, slope = 1L;
  Value t = 0L;
  bool plain = false;  ///< an inner point: no power is taken out, and t may have either sign
};
using Axes = std::map<std::string, Axis>;

/// Arithmetic of local forms on one chart, with series in one variable.
class LocalArithmetic {
 public:
  /// The order is at least 1: without a derivative a value 0 at one point could not be told from 0 everywhere.
  LocalArithmetic(const Axes& axes, std::string variable, int order)
      : axes_(&axes), variable_(std::move(variable)), order_(std::max(order, 1)) {}

  [[nodiscard]] int order() const { return order_; }
  [[nodiscard]] const Axes& axes() const { return *axes_; }
  [[nodiscard]] const std::string& variable() const { return variable_; }
  [[nodiscard]] bool is_at_an_end() const;  ///< whether some distance is exactly 0, where only the limit counts
  [[nodiscard]] Local constant(const Value& value) const { return {{}, {value, order_}, value.is_exactly(0)}; }
  [[nodiscard]] Local unknown() const { return {{}, indeterminate()}; }
  [[nodiscard]] Local coordinate(const std::string& variable) const;
  [[nodiscard]] Local negate(const Local& a) const { return {a.powers, expression::negate(a.series), a.zero}; }
  [[nodiscard]] Local add(const Local& a, const Local& b) const;
  [[nodiscard]] Local multiply(const Local& a, const Local& b) const;
  [[nodiscard]] Local divide(const Local& a, const Local& b) const;
  [[nodiscard]] Local raise(const Local& base, const Local& exponent) const;
  [[nodiscard]] Local call(const Function& function, const std::vector<Local>& args) const;

  /// The whole form as a series, its powers multiplied in.
  [[nodiscard]] Series folded(const Local& a) const { return expression::multiply(monomial(a.powers), a.series); }

 private:
  using Powers = std::map<std::string, Rational>;
  [[nodiscard]] Series monomial(const Powers& powers) const;  ///< product of t_v^powers[v]
  /// The powers common to all, and what each has beyond them folded into its series.
  [[nodiscard]] Powers take_out_common(const std::vector<Local>& terms, std::vector<Series>& rest) const;
  [[nodiscard]] Series indeterminate() const;
  [[nodiscard]] bool vanishes_identically(const Local& a) const;
  [[nodiscard]] Local leading_form(const Function& function, const std::vector<Local>& args,
                                   const std::vector<Series>& folds) const;
  [[nodiscard]] std::optional<Local> logarithm(const Local& arg) const;
  [[nodiscard]] Local at_infinity(const Function& function, const Local& arg) const;

  const Axes* axes_;
  std::string variable_;
  int order_;
};

}  // namespace shatterproof::expression
