#include "shatterproof/flatness/loss_kind.hpp"

namespace shatterproof {

std::string_view to_text(LossKind kind) {
  if (kind == LossKind::mean) return "mean";
  return kind == LossKind::sum ? "sum" : "half-mean";
}

std::string_view formula_of(LossKind kind) {
  if (kind == LossKind::mean) return "1/n sum r_i^2";
  return kind == LossKind::sum ? "sum r_i^2" : "1/(2n) sum r_i^2";
}

std::optional<LossKind> loss_kind_from_text(std::string_view text) {
  for (const LossKind kind : {LossKind::half_mean, LossKind::mean, LossKind::sum})
    if (text == to_text(kind)) return kind;
  return {};
}

Rational loss_factor(LossKind kind, Eigen::Index samples) {
  if (kind == LossKind::half_mean) return 1;
  return kind == LossKind::mean ? Rational(2) : Rational(2 * static_cast<long>(samples));
}

}  // namespace shatterproof
