#pragma once
#include <functional>
#include <optional>

#include "shatterproof/claims/prover/box.hpp"

namespace shatterproof::prover {

/// What is certain about the sign of a function on an interval of t, the other variables running through their cells.
struct Sign {
  bool nonnegative = false, nonpositive = false;  ///< on the closed interval (at t = 0 its limit)
  bool positive = false, negative = false;        ///< in its interior
};
[[nodiscard]] Sign sign_of(const expression::Value& value);
/// The power of the variable's distance that a local form takes out.
[[nodiscard]] Rational power_of(const expression::LocalForm& form, const std::string& variable);
/// Whether two local forms have the same powers taken out, so that their series belong to the same function.
[[nodiscard]] bool same_powers(const expression::LocalForm& a, const expression::LocalForm& b);

/// The function that is studied on boxes: local_form or local_difference with everything but the chart filled in.
using FormOf = std::function<expression::LocalForm(const Box& box, const std::string& variable, int order)>;

/// The derivatives of a local form's s in one cell of a box, and their signs.
class Profile {
 public:
  Profile(const FormOf& form_of, const Box& box, std::size_t cell, int order);
  [[nodiscard]] const expression::LocalForm& form() const { return form_; }
  /// Of the k-th derivative. Where its enclosure is not enough: by its values at the ends and the sign of the next
  /// derivative (monotone), or of the one after that (concave, convex).
  [[nodiscard]] Sign sign(int k);
  /// Whether the limit t -> 0 of the same s is known (as the form of a smaller box).
  [[nodiscard]] bool has_limit();

 private:
  Sign at_end(bool high, int k);
  const std::optional<expression::LocalForm>& end(bool high);
  Sign by_next(int k);

  const FormOf& form_of_;
  const Box& box_;
  std::size_t cell_;
  int order_;
  expression::LocalForm form_;
  std::optional<expression::LocalForm> ends_[2];
  bool computed_[2] = {false, false};
};

}  // namespace shatterproof::prover
