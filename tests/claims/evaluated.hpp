#pragma once
#include <string>
#include <vector>

#include "shatterproof/claims/expression/evaluate.hpp"

namespace shatterproof::expression {

inline std::vector<std::string> names_of(const Bindings& bindings) {
  std::vector<std::string> names;
  for (const auto& [name, value] : bindings) names.push_back(name);
  return names;
}

inline Value value_of(const std::string& text, const Bindings& bindings = {}) {
  return evaluate(parse_expression(text, names_of(bindings)), bindings);
}

inline Truth truth_of(const std::string& text, const Bindings& bindings = {}) {
  return decide(parse_claim(text, names_of(bindings)), bindings).truth;
}

}  // namespace shatterproof::expression
