#pragma once
#include <string>
#include <vector>

#include "numeric/golden.hpp"
#include "shatterproof/network/problem.hpp"

/// Problems from decimal or rational strings, and from the reference networks; what their tests ask of a Ball.
namespace chain_support {

using shatterproof::Ball;
using shatterproof::Problem;
using shatterproof::Rational;
using Strings = std::vector<std::string>;

inline bool is_exactly_zero(const Ball& x) { return x.is_exact() && x.contains_zero(); }

inline shatterproof::Vector<Rational> vector_of(const Strings& entries) {
  shatterproof::Vector<Rational> x(static_cast<Eigen::Index>(entries.size()));
  for (Eigen::Index i = 0; i < x.size(); ++i) x(i) = shatterproof::parse_rational(entries[static_cast<std::size_t>(i)]);
  return x;
}

inline shatterproof::Matrix<Rational> matrix_of(const std::vector<Strings>& rows) {
  shatterproof::Matrix<Rational> M(static_cast<Eigen::Index>(rows.size()),
                                   rows.empty() ? 0 : static_cast<Eigen::Index>(rows.front().size()));
  for (Eigen::Index i = 0; i < M.rows(); ++i) M.row(i) = vector_of(rows[static_cast<std::size_t>(i)]).transpose();
  return M;
}

inline Problem<Rational> problem_of(const nlohmann::json& input) {
  const auto number = [&](const char* key) { return shatterproof::parse_rational(input[key].get<std::string>()); };
  return {{matrix_of(input["w"]), vector_of(input["b"]), vector_of(input["v"]), number("beta")},
          {matrix_of(input["X"]), vector_of(input["y"]), number("R")}};
}

inline nlohmann::json reference_networks() { return golden("flatness-and-weights.json")["networks"]; }

/// An enclosure of the 40-digit reference value.
inline Ball reference(const nlohmann::json& text) {
  const Rational value = shatterproof::parse_rational(text.get<std::string>());
  const Rational radius = abs(value) * shatterproof::parse_rational("1e-39");
  return Ball::interval(Ball(Rational(value - radius)), Ball(Rational(value + radius)));
}

/// Agrees to 1e-37 relative: for quantities computed from a 40-digit reference.
inline bool agrees_to_37(const Ball& value, const nlohmann::json& text) {
  const Ball wanted(shatterproof::parse_rational(text.get<std::string>()));
  return certainly_less_or_equal(abs(value - wanted), abs(wanted) * Ball::decimal("1e-37"));
}

}  // namespace chain_support
