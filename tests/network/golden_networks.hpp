#pragma once
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "shatterproof/network/problem.hpp"

namespace shatterproof::testing {

inline std::string golden_path(const std::string& name) {
  const char* source = std::getenv("SHATTERPROOF_SOURCE");
  return (source ? std::string(source) : std::string(".")) + "/tests/golden/" + name;
}

inline Vector<Rational> rational_vector(const nlohmann::json& list) {
  Vector<Rational> result(list.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    result(static_cast<Eigen::Index>(i)) = parse_rational(list[i].get<std::string>());
  return result;
}

inline Matrix<Rational> rational_matrix(const nlohmann::json& rows) {
  Matrix<Rational> result(rows.size(), rows.empty() ? 0 : rows[0].size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows[i].size(); ++j)
      result(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
          parse_rational(rows[i][j].get<std::string>());
  return result;
}

struct GoldenNetwork {
  std::string name;
  Problem<Rational> problem;
  nlohmann::json output;
};

/// The networks of flatness-and-weights.json with their reference values (40 digits).
inline std::vector<GoldenNetwork> golden_networks() {
  std::ifstream in(golden_path("flatness-and-weights.json"));
  const nlohmann::json all = nlohmann::json::parse(in);
  std::vector<GoldenNetwork> networks;
  for (const auto& entry : all.at("networks")) {
    const auto& from = entry.at("input");
    networks.push_back({from.at("name"),
                        {{rational_matrix(from.at("w")), rational_vector(from.at("b")), rational_vector(from.at("v")),
                          parse_rational(from.at("beta").get<std::string>())},
                         {rational_matrix(from.at("X")), rational_vector(from.at("y")),
                          parse_rational(from.at("R").get<std::string>())}},
                        entry.at("output")});
  }
  return networks;
}

/// True if the exact value and the 40-digit reference agree to a relative 10^-38 (absolute below 1).
inline bool agrees(const Rational& value, const std::string& reference) {
  const Rational expected = parse_rational(reference);
  const Rational scale = abs(expected) > 1 ? Rational(abs(expected)) : Rational(1);
  return abs(value - expected) <= scale * parse_rational("1e-38");
}

}  // namespace shatterproof::testing
