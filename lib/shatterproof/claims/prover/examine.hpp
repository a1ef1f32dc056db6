#pragma once
#include <optional>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/box.hpp"

namespace shatterproof::prover {

using expression::Truth;

/// A comparison, as left < right, left <= right or left = right.
struct Atom {
  enum class Kind { less, less_or_equal, equal };
  Kind kind;
  expression::Expression left, right;
  expression::Claim claim;  ///< the same, for single points; its opposite if negated
  bool negated = false;
};

/// The comparison at a node of the claim, its sides exchanged where it says > or >=.
[[nodiscard]] Atom atom_of(const expression::Tree& tree, const expression::NodePointer& node);

/// What is known of a statement on a whole box, and what to do next where that is not enough.
struct Examination {
  Truth truth = Truth::unknown;  ///< yes: certainly true at every point; no: certainly false at every point
  bool blocked = false;          ///< unknown, and more precision would help rather than smaller boxes
  std::string split;             ///< the variable to bisect; empty if there is none
  std::optional<Box> suspect;    ///< it is likely to fail in the middle of this part; a limit t -> 0 stands for small t
};

/// Examines a statement (a tree of and/or over comparisons) on the box at the working precision: first the enclosure of
/// right - left (or its lower bound where a logarithm makes it unbounded), then the signs of its derivatives (a
/// monotone variable is replaced by its least end, where exact arithmetic may decide a tie), then the mean value form.
/// Throws ExpressionError when the statement is certainly undefined on the whole box.
[[nodiscard]] Examination examine(const expression::Tree& tree, const expression::NodePointer& node, const Box& box);

/// Whether the statement is certainly false at every point of the box.
[[nodiscard]] bool certainly_fails(const expression::Claim& claim, const Box& box);

[[nodiscard]] Examination examine_atom(const Atom& atom, const Box& box);

}  // namespace shatterproof::prover
