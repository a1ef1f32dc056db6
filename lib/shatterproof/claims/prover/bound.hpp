#pragma once
#include "shatterproof/claims/prover/signs.hpp"

namespace shatterproof::prover {

/// -1, 0, 1 for two exact balls.
[[nodiscard]] int compare_exact(const Ball& a, const Ball& b);

/// An upper bound of a function on a box, where monotone variables have been replaced by their greatest end.
struct Bound {
  Box box;                    ///< what is left: the supremum over it is that over the box given
  std::optional<Ball> upper;  ///< exact; nothing when none was found
  std::optional<Ball> lower;  ///< of the value at `attained`
  Box attained;               ///< a point of the box, or a limit
  std::string split;          ///< the variable to bisect; empty when the box is a single point or limit
  bool infinite = false;      ///< the function is certainly unbounded above on the box
  [[nodiscard]] bool is_single() const { return split.empty(); }
};

/// f is given by its local forms.
[[nodiscard]] Bound bound_above(const FormOf& form_of, Box box);

}  // namespace shatterproof::prover
