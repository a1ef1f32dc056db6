#pragma once
#include "shatterproof/claims/prover/box.hpp"

namespace shatterproof::prover {

/// Whether a statement holds for all real values of the instance's real variables, by exact arithmetic on polynomials
/// with rational coefficients; false says nothing. It decides where subdivision cannot: identities, and sides that
/// touch along a whole curve, such as 2*x*y <= x^2 + y^2. Of a tree of and/or over comparisons
///   left = right      the difference is the polynomial 0;
///   left <= right     the difference is, in powers x^g of the variables x, a polynomial of degree at most 2 whose
///                     Gram matrix is positive semidefinite, so that it is a sum of squares;
///   left < right      likewise, and a positive constant is left over.
/// See expression/polynomial.hpp for what is a polynomial; that the arguments of functions are in their domains is not
/// looked at here.
[[nodiscard]] bool holds_by_algebra(const expression::NodePointer& statement, const Instance& instance);

}  // namespace shatterproof::prover
