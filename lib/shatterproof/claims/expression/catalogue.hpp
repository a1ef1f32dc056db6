#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/series.hpp"
#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

struct Function;

/// The arguments of one call, checked against the function's domain. What is certainly outside throws DomainError,
/// which names function, argument and value; what only may be outside is let through and ends as an indeterminate ball.
class Arguments {
 public:
  Arguments(const Function& function, const std::vector<Value>& values) : function_(function), values_(values) {}
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] Ball ball(std::size_t i) const { return values_[i].ball(); }
  [[nodiscard]] long integer(std::size_t i, long least) const;
  [[nodiscard]] Ball at_least(std::size_t i, long least) const;
  [[nodiscard]] Ball above(std::size_t i, long bound) const;
  [[nodiscard]] Ball within(std::size_t i, long least, const Ball& most, const std::string& most_text) const;
  [[nodiscard]] Ball within(std::size_t i, long least, long most) const {
    return within(i, least, Ball(most), std::to_string(most));
  }
  /// Throws DomainError: "f: argument x must be <wanted>, found <value>".
  [[noreturn]] void reject(std::size_t i, const std::string& wanted) const;

 private:
  const Function& function_;
  const std::vector<Value>& values_;
};

/// Taylor coefficients over args.back(), which may be a ball, in that last argument; [0] is not read. The others are
/// constants.
using Jet = std::vector<Value> (*)(const std::vector<Value>& args, int order);
/// The series of the function of the given series, for functions of several real arguments; value: of order 0.
using SeriesRule = Series (*)(const std::vector<Series>& args, const Value& value);

/// The last argument's leading power taken out: f(..., u) = u^power * rest(u), rest continuous at u = 0. An empty rest
/// stands for f(u)/u through the jet of f, where f(0) = 0 and power is 1.
struct Leading {
  Rational (*power)(const std::vector<Value>& constants) = nullptr;  ///< without it the function has no such form
  Series (*rest)(const std::vector<Value>& constants, const Series& u) = nullptr;
  bool everywhere = false;  ///< a power law for all u > 0: useful where u is unbounded too
};

/// What is known of f(u) for u >= least (or u <= least, if not above): value encloses f(u) |u/least|^(decay/rate).
struct Beyond {
  Value value;
  Rational decay = 0;
};

/// A function that falls faster than every power is said to fall like this one: f(t^-rate) is t^kDecay times a ball.
inline constexpr long kDecay = 12;

/// An entry of the catalogue: a function, or a constant when it has no arguments.
struct Function {
  std::string name;
  std::vector<std::string> arguments;  ///< their names; "..." last: as many more as wanted
  std::string definition;              ///< in words or as a formula
  std::string source;                  ///< label in the paper or the specification; empty for elementary functions
  Value (*evaluate)(const Arguments&);
  Jet jet = nullptr;  ///< neither jet nor series: the arguments must not depend on real variables
  SeriesRule series = nullptr;
  Leading leading = {};
  /// f where its only argument is unbounded; least is nullptr for the limit. rate > 0: with decay up to kDecay.
  Beyond (*beyond)(const Ball* least, bool above, const Rational& rate) = nullptr;
  NodeKind kind = NodeKind::call;  ///< sum, product and integral have their own syntax and no evaluate
  bool homogeneous = false;        ///< f(c x, c y, ...) = c f(x, y, ...) for c >= 0
  bool logarithmic = false;        ///< the natural logarithm: unbounded at 0 and at infinity, slower than every power
  /// Its degree (or more) in the last argument where it is a polynomial over the whole domain of that argument: its
  /// coefficients are those of the jet at 0 then, which belongs to the domain.
  std::optional<long> (*degree)(const std::vector<Value>& constants) = nullptr;

  [[nodiscard]] std::string signature() const;  ///< "ball_tail(d, h)"
  [[nodiscard]] bool accepts(std::size_t count) const;
};

/// The function of values, with its domain errors; a value that is known in closed form gets its symbol.
[[nodiscard]] Value call(const Function& function, const std::vector<Value>& values);
/// The function of series. DomainError when an argument that must be constant is not.
[[nodiscard]] Series call(const Function& function, const std::vector<Series>& series);
/// rest of function.leading at the series u >= 0.
[[nodiscard]] Series call_rest(const Function& function, const std::vector<Value>& constants, const Series& u);

/// All functions and constants, elementary ones first.
[[nodiscard]] const std::vector<Function>& catalogue();
[[nodiscard]] const Function* find_function(const std::string& name);  ///< nullptr when there is none

/// Up to three of the names that look most like the one given, best first.
[[nodiscard]] std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& known);

// The parts that the catalogue is made of.
[[nodiscard]] std::vector<Function> elementary_functions();
[[nodiscard]] std::vector<Function> discrete_functions();
[[nodiscard]] std::vector<Function> tail_functions();
[[nodiscard]] std::vector<Function> multinomial_functions();
[[nodiscard]] std::vector<Function> uniform_ball_functions();
[[nodiscard]] std::vector<Function> uniform_ball_constants();
[[nodiscard]] std::vector<Function> bound_functions();

}  // namespace shatterproof::expression
