#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "shatterproof/numeric/ball.hpp"

/// Reference values kept under tests/golden: decimal strings, 40 significant digits. The reference stays valid, so that
/// `for (row : golden(name)[key])` does not loop over a destroyed temporary.
inline const nlohmann::json& golden(const std::string& name) {
  static std::map<std::string, nlohmann::json> read;
  if (const auto found = read.find(name); found != read.end()) return found->second;
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  std::ifstream file(std::string(root != nullptr ? root : ".") + "/tests/golden/" + name);
  if (!file) throw std::runtime_error("cannot open golden file " + name);
  return read[name] = nlohmann::json::parse(file);
}

/// True when the enclosure has at least 45 digits and agrees with the reference to all but the last of its 40 digits.
inline bool agrees(const shatterproof::Ball& value, const nlohmann::json& reference) {
  using namespace shatterproof;
  const Rational wanted = parse_rational(reference.get<std::string>());
  if (wanted == 0) return value.contains(wanted);
  if (value.accuracy_bits() < 150) return false;
  const Ball relative = abs(value / Ball(wanted) - Ball(1));
  return certainly_less(relative, Ball::decimal("2e-39"));
}
