#include "shatterproof/claims/prover/bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shatterproof::prover {

using expression::LocalForm;
using expression::Value;

namespace {

constexpr int kOrder = 2;

/// t^p over the cell; indeterminate where it is unbounded.
Ball power_over(const Cell& cell, const Rational& p) {
  if (p == 0) return Ball(1);
  if (p < 0 && cell.low == 0) return Ball::indeterminate();
  const auto at = [&](const Rational& t) { return t == 0 ? Ball(0) : power(Ball(t), Ball(p)); };
  return Ball::hull(at(cell.low), at(cell.high));
}

/// The product of all powers but that of one cell.
Ball powers_over(const Box& box, const LocalForm& form, std::size_t except) {
  Ball product = 1;
  for (std::size_t i = 0; i < box.cells.size(); ++i)
    if (i != except) product *= power_over(box.cells[i], power_of(form, box.cells[i].variable));
  return product;
}

/// Finds the bound for one box; f = (product of powers) * s.
class Bounder {
 public:
  Bounder(const FormOf& form_of, Box box) : form_of_(form_of) { bound_.box = std::move(box); }

  Bound run() {
    do find_profiles();
    while (!bound_.infinite && collapse());
    if (!bound_.infinite) enclose();
    return std::move(bound_);
  }

 private:
  Box& box() { return bound_.box; }

  void find_profiles() {
    profiles_.clear();
    intervals_.clear();
    for (std::size_t i = 0; i < box().cells.size(); ++i)
      if (box().cells[i].width() > 0) intervals_.push_back(i);
    profiles_.reserve(intervals_.size());
    for (const std::size_t i : intervals_) profiles_.emplace_back(form_of_, box(), i, kOrder);
    if (intervals_.empty()) single_ = form_of_(box(), box().cells.empty() ? std::string() : box().cells[0].variable, 0);
    bound_.infinite = is_unbounded();
  }

  const LocalForm& form() const { return profiles_.empty() ? *single_ : profiles_[0].form(); }

  bool is_unbounded() {
    if (!sign_of(form().series[0]).positive) return false;
    return std::any_of(box().cells.begin(), box().cells.end(),
                       [&](const Cell& cell) { return cell.low == 0 && power_of(form(), cell.variable) < 0; });
  }

  /// The sign of f's derivative in the cell: that of p s + t s', as the powers are positive.
  Sign slope(std::size_t j) {
    const Cell& cell = box().cells[intervals_[j]];
    const Rational p = power_of(profiles_[j].form(), cell.variable);
    if (p == 0) return profiles_[j].sign(1);
    const auto& series = profiles_[j].form().series;
    const Ball t = Ball::interval(Ball(cell.low), Ball(cell.high));
    const Sign sign = sign_of(Value(Ball(p) * series[0].ball() + t * series[1].ball()));
    return sign.nonnegative || sign.nonpositive || cell.low == 0 ? sign : slope_without_powers(j);
  }

  /// Seen from a point of its own the cell has no powers, and the higher derivatives can tell as well.
  Sign slope_without_powers(std::size_t j) {
    Box shifted = box();
    Cell& cell = shifted.cells[intervals_[j]];
    if (cell.kind != Coordinate::Kind::above && cell.kind != Coordinate::Kind::below) return {};
    cell.anchor = cell.at(cell.low);
    cell.high -= cell.low;
    cell.low = 0;
    Profile profile(form_of_, shifted, intervals_[j], kOrder);
    return power_of(profile.form(), cell.variable) == 0 ? profile.sign(1) : Sign{};
  }

  /// Replaces one monotone variable by its greatest end; the profiles hold no more then.
  bool collapse() {
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      const Cell& cell = box().cells[intervals_[j]];
      const Sign sign = slope(j);
      if (!sign.nonnegative && !sign.nonpositive) continue;
      const Rational greatest = sign.nonnegative ? cell.high : cell.low;
      if (greatest == 0 && (power_of(profiles_[j].form(), cell.variable) != 0 || !profiles_[j].has_limit())) continue;
      Box face = box().fixed(intervals_[j], greatest);
      if (greatest == 0 && !has_limits(face)) continue;
      box() = std::move(face);
      return true;
    }
    return false;
  }

  /// Whether every form on the box shows the limit itself where a distance is 0, no power of that distance taken out:
  /// only then does it speak of the same function as the one that was found monotone.
  bool has_limits(const Box& face) const {
    const auto shows = [&](const std::string& variable) {
      const LocalForm form = form_of_(face, variable, kOrder);
      return std::all_of(face.cells.begin(), face.cells.end(),
                         [&](const Cell& cell) { return !cell.is_limit() || power_of(form, cell.variable) == 0; });
    };
    return std::all_of(face.cells.begin(), face.cells.end(), [&](const Cell& cell) { return shows(cell.variable); });
  }

  void enclose() {
    if (intervals_.empty()) {
      set_upper(form().series[0].ball() * powers_over(box(), form(), box().cells.size()));
      bound_.lower = bound_.upper ? std::optional(value_.lower()) : std::nullopt;
      bound_.attained = box();
      return;
    }
    set_upper(form().series[0].ball() * powers_over(box(), form(), box().cells.size()));
    mean_value();
    choose_split();
  }

  void set_upper(const Ball& value) {
    value_ = value;
    if (!value.is_finite()) return;
    const Ball upper = value.upper();
    if (!bound_.upper || compare_exact(upper, *bound_.upper) < 0) bound_.upper = upper;
  }

  /// f' over the box in cell j.
  Ball derivative(std::size_t j) {
    const std::size_t i = intervals_[j];
    const Cell& cell = box().cells[i];
    const LocalForm& local = profiles_[j].form();
    const Rational p = power_of(local, cell.variable);
    const auto& series = local.series;
    Ball own = series[1].ball();
    if (p != 0) {
      const Ball t = Ball::interval(Ball(cell.low), Ball(cell.high));
      own = power_over(cell, p - 1) * (Ball(p) * series[0].ball() + t * own);
    }
    return own * powers_over(box(), local, i);
  }

  /// f <= f(middle) + sum |f'| half-width; the value in the middle is also a lower bound of the supremum.
  void mean_value() {
    Box middle = box();
    for (const std::size_t i : intervals_) middle.cells[i].low = middle.cells[i].high = box().cells[i].middle();
    const LocalForm at = form_of_(middle, middle.cells[intervals_[0]].variable, 0);
    const Ball value = at.series[0].ball() * powers_over(middle, at, middle.cells.size());
    if (!value.is_finite()) return;
    bound_.lower = value.lower();
    bound_.attained = std::move(middle);
    Ball bound = value;
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      slopes_.push_back(derivative(j));
      const Ball half = Ball(Rational(box().cells[intervals_[j]].width() / 2));
      bound += slopes_.back() * Ball::interval(-half, half);
    }
    set_upper(bound);
  }

  void choose_split() {
    double most = -1;
    int fewest = std::numeric_limits<int>::max();
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      const Cell& cell = box().cells[intervals_[j]];
      double influence = std::numeric_limits<double>::infinity();
      if (j < slopes_.size() && slopes_[j].is_finite())
        influence =
            std::max(std::abs(slopes_[j].lower_double()), std::abs(slopes_[j].upper_double())) * cell.width().get_d();
      if (influence < most || (influence == most && cell.cuts >= fewest)) continue;
      most = influence, fewest = cell.cuts;
      bound_.split = cell.variable;
    }
  }

  const FormOf& form_of_;
  Bound bound_;
  std::vector<std::size_t> intervals_;
  std::vector<Profile> profiles_;
  std::optional<LocalForm> single_;
  std::vector<Ball> slopes_;
  Ball value_;
};

}  // namespace

int compare_exact(const Ball& a, const Ball& b) { return arf_cmp(arb_midref(a.get()), arb_midref(b.get())); }

Bound bound_above(const FormOf& form_of, Box box) { return Bounder(form_of, std::move(box)).run(); }

}  // namespace shatterproof::prover
