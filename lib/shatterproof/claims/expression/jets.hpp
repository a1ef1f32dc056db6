#pragma once
#include "shatterproof/claims/expression/series.hpp"

// Taylor coefficients of the elementary functions over a ball (see Jet), [0] included where it costs nothing.
namespace shatterproof::expression::jets {

using Values = std::vector<Value>;

[[nodiscard]] Values square_root(const Values& args, int order);
[[nodiscard]] Values exponential(const Values& args, int order);
[[nodiscard]] Values logarithm(const Values& args, int order);
[[nodiscard]] Values log1p(const Values& args, int order);
[[nodiscard]] Values sine(const Values& args, int order);
[[nodiscard]] Values cosine(const Values& args, int order);
[[nodiscard]] Values arcsine(const Values& args, int order);
[[nodiscard]] Values arccosine(const Values& args, int order);
[[nodiscard]] Values arctangent(const Values& args, int order);
[[nodiscard]] Values tanh(const Values& args, int order);
[[nodiscard]] Values erfc(const Values& args, int order);
[[nodiscard]] Values gamma(const Values& args, int order);
[[nodiscard]] Values log_gamma(const Values& args, int order);

[[nodiscard]] Series beta(const std::vector<Series>& args, const Value& value);
[[nodiscard]] Series absolute(const std::vector<Series>& args, const Value& value);
[[nodiscard]] Series least(const std::vector<Series>& args, const Value& value);
[[nodiscard]] Series largest(const std::vector<Series>& args, const Value& value);

}  // namespace shatterproof::expression::jets
