#pragma once
#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {

/// N = n sigma M_sigma (H8) as 1 1^T + U diag(g) U^T + (V V^T) o (Z Z^T), U_ik = a_ik (h_ik + v_k s_k.z_i/sigma),
/// V_ik = a_ik v_k, g_k = sigma^2/(sigma^2 - |s_k|^2): the same matrix as Reduction, by two fast products of whole
/// matrices. Shapes n x n. Requires sigma different from 0 and +-|s_k|.
[[nodiscard]] Matrix<Ball> reduced_matrix(const Hessian<Ball>& hessian, const Ball& sigma);

}  // namespace shatterproof
