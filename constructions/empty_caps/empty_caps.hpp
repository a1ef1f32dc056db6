#pragma once
#include "constructions/construction.hpp"

namespace shatterproof {

/// Propositions I.1-I.3: f_Gamma on the caps that a sample left empty (zero labels, lambda_max = 1), or the fixed
/// functions f_xi on all caps with balanced layers, which need no knowledge of the sample.
/// See README.md of this folder for parameters and claims.
[[nodiscard]] ConstructionKind empty_caps_kind();

}  // namespace shatterproof
