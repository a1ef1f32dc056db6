#pragma once
#include "constructions/construction.hpp"

namespace shatterproof {

/// Theorem S: in each of N disjoint caps K hats along the axis, f_xi = M sum xi_ik psi_k(u_i.x), as a network of 2K
/// neurons a cap, with its lower bounds of the minimax risk. See README.md of this folder for parameters and claims.
[[nodiscard]] ConstructionKind slab_packing_kind();

}  // namespace shatterproof
