#pragma once
#include "constructions/construction.hpp"

namespace shatterproof {

/// The hypercube family of Construction H.4: f_xi = M sum_i xi_i Phi_{u_i,h} on N disjoint caps, h = eps^2.
/// See README.md of this folder for parameters and claims.
[[nodiscard]] ConstructionKind cap_packing_kind();

}  // namespace shatterproof
