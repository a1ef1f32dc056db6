#pragma once
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// Whether the polynomial sum_k coefficients[k] t^k is proved to be <= 0 on [from, to], from < to, in exact arithmetic:
/// on each piece of a bisection all Bernstein coefficients are <= 0 (their convex hull contains the values). False
/// means not proved: a positive value was found, or `most_pieces` were not enough (a zero of even order inside is never
/// decided: leave some room). An empty list of coefficients is the polynomial 0. Throws PreconditionError unless from <
/// to.
[[nodiscard]] bool is_certainly_nonpositive(const std::vector<Rational>& coefficients, const Rational& from,
                                            const Rational& to, long most_pieces = 20000);

}  // namespace shatterproof
