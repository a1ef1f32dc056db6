#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/expression/value.hpp"
#include "shatterproof/rates/polynomial.hpp"

namespace shatterproof::expression {

/// The number-valued expression below the node as a polynomial in the variables, where it is one by its form: sums,
/// products, quotients by constants, powers with integer exponents >= 0, sum(...), and the functions of the catalogue
/// that are polynomials in their last argument. The other variables have the values given. Nothing where it is not,
/// where a constant in it is not known exactly, or where it has too many terms. It stands for the expression at every
/// point where the functions' arguments are in their domains.
[[nodiscard]] std::optional<rates::Polynomial> polynomial_of(const NodePointer& node,
                                                             const std::vector<std::string>& variables,
                                                             const Bindings& constants);

}  // namespace shatterproof::expression
