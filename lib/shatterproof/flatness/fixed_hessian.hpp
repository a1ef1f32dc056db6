#pragma once
#include "shatterproof/flatness/exact_inputs.hpp"

namespace shatterproof {

/// A vector of parameters as a sum of doubles, each in the layout of MaskedHessian.
using VectorParts = std::vector<AlignedVector<double>>;

/// Upper bounds of |(w_k; b_k)| and of |z_i|.
struct LiftedNorms {
  Vector<double> neurons, samples;
};

/// Bounds, known beforehand, of what one product with H meets in multiples of any unit 2^-F. Errors are in units.
struct FixedBounds {
  double summed = 0;         ///< numbers that are summed over the bits
  double range = 0;          ///< all numbers
  double norm = 0;           ///< |u|
  double error = 0;          ///< |n H u computed - n H u|
  double product_error = 0;  ///< of u.(n H u)
  double norm_error = 0;     ///< of u.u
  double largest_error = 0;  ///< of any number
};
[[nodiscard]] FixedBounds fixed_bounds(const ExactInputs& inputs, const LiftedNorms& norms, const VectorParts& u);

/// A vector u as an approximate eigenvector of the Hessian H of the sums of the parts, q a number near u.Hu/u.u.
struct FixedPair {
  Ball quotient;                    ///< contains u.Hu / u.u
  double residual = 0;              ///< >= |H u - q u| / |u|
  AlignedVector<double> direction;  ///< H u - q u, rounded
};

/// One product with H in integers of 64 W bits, W as small as the bounds allow: everything of size n x K is added
/// without any error, the rest rounded to multiples of 2^-fraction.
/// Requires    bounds = fixed_bounds(inputs, .., u).
/// On failure  nothing: more than 512 bits would be needed, a bound is not finite, or |u| is not between 1/2 and 2.
/// Source      proofs_notes/certificates/temple-fixed-point.md, steps 1 to 5.
[[nodiscard]] std::optional<FixedPair> enclose_pair(const ExactInputs& inputs, const MaskedPattern& pattern,
                                                    const VectorParts& u, const FixedBounds& bounds, int fraction);

}  // namespace shatterproof
