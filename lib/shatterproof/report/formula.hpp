#pragma once
#include <string>

#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/prover/report.hpp"

namespace shatterproof::report {

/// LaTeX (mathematics mode, amsmath) of an expression or a statement, with no more brackets than it needs. Fractions
/// are set as such, functions of the catalogue by their names, "eps" and its like as Greek letters.
[[nodiscard]] std::string latex_of(const expression::NodePointer& node);

/// A name: "x_{1}", "\varepsilon", "\operatorname{ball\_tail}". What follows the ' of a bound variable is no part of
/// it.
[[nodiscard]] std::string latex_name(const std::string& name);

/// The whole statement of a question: the ranges of its variables, the hypothesis, the claim, and under it the
/// definitions that it uses, as they were written. Empty if the question cannot be parsed, or uses a definition that
/// stands for a statement.
[[nodiscard]] std::string latex_of_question(const prover::Question& question);

}  // namespace shatterproof::report
