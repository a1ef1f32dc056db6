#pragma once
#include "shatterproof/claims/expression/series.hpp"

// Taylor coefficients in the depth h of the functions of the uniform distribution on the ball: args are d and h (see
// Jet). They are right for every h of the ball inside the range of the function, and enclose its limits at 0.
namespace shatterproof::expression::ball {

using Values = std::vector<Value>;

[[nodiscard]] Values tail(const Values& args, int order);
[[nodiscard]] Values first_moment(const Values& args, int order);
[[nodiscard]] Values tail_mean(const Values& args, int order);
[[nodiscard]] Values excess(const Values& args, int order);
[[nodiscard]] Values weight_plus(const Values& args, int order);
[[nodiscard]] Values weight(const Values& args, int order);
[[nodiscard]] Values atom_norm2(const Values& args, int order);
[[nodiscard]] Values atom_norm2_lebesgue(const Values& args, int order);
[[nodiscard]] Values cap_area_fraction(const Values& args, int order);

[[nodiscard]] Values tail_ratio(const Values& args, int order);
[[nodiscard]] Values first_moment_ratio(const Values& args, int order);
[[nodiscard]] Values excess_ratio(const Values& args, int order);
[[nodiscard]] Values gap_ratio(const Values& args, int order);
[[nodiscard]] Values weight_ratio(const Values& args, int order);
[[nodiscard]] Values atom_norm2_ratio(const Values& args, int order);

}  // namespace shatterproof::expression::ball
