#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "shatterproof/claims/prover/examine.hpp"
#include "shatterproof/claims/prover/signs.hpp"

namespace shatterproof::prover {

using expression::LocalForm;

namespace {

/// Derivatives that are asked for: more where the sides may touch to a higher order, at the end of the range or near a
/// box that had to be cut again and again.
int order_for(const Cell& cell) {
  constexpr int kUsual = 2, kMore = 6, kCuts = 2;
  return cell.cuts >= kCuts && (cell.low == 0 || cell.cuts % 3 == 0) ? kMore : kUsual;
}

FormOf difference_of(const Atom& atom) {
  return [&atom](const Box& box, const std::string& variable, int order) {
    return local_difference(atom.left, atom.right, box.chart(), *box.constants, variable, order);
  };
}

/// Examines one comparison left <= right (or <) on one box; s is the local form of right - left.
class AtomExaminer {
 public:
  AtomExaminer(const Atom& atom, const Box& box) : AtomExaminer(atom, box, atom.kind == Atom::Kind::less, {}) {}

  Examination run() {
    if (box_.cells.empty()) return at_a_point();
    for (std::size_t i = 0; i < box_.cells.size(); ++i)
      if (box_.cells[i].width() > 0) intervals_.push_back(i);
    if (intervals_.empty()) return at_a_limit();
    if (atom_.kind == Atom::Kind::equal) return by_identity();
    profiles_.reserve(intervals_.size());
    for (const std::size_t i : intervals_) {
      profiles_.emplace_back(form_of_, box_, i, order_for(box_.cells[i]));
      if (!fits(profiles_.back().form())) return unfit();
      if (profiles_.size() == 1 && (settle(sign_of(profiles_[0].form().series[0])) || by_one_side())) return result_;
    }
    if (by_shape() || by_mean_value()) return result_;
    choose_split();
    return result_;
  }

 private:
  using Powers = std::map<std::string, Rational>;

  AtomExaminer(const Atom& atom, const Box& box, bool strict, Powers limits)
      : atom_(atom), box_(box), strict_(strict), limits_(std::move(limits)), form_of_(difference_of(atom)) {}

  /// Whether the form has the powers that were taken out when its distances were sent to 0: with others it would belong
  /// to another function than the one that was found monotone.
  [[nodiscard]] bool fits(const LocalForm& form) const {
    return std::all_of(box_.cells.begin(), box_.cells.end(), [&](const Cell& cell) {
      const auto known = limits_.find(cell.variable);
      return !cell.is_limit() || (known != limits_.end() && known->second == power_of(form, cell.variable));
    });
  }

  Examination unfit() {
    unfit_ = true;
    return {};
  }

  Examination at_a_point() {
    result_.truth = decide(atom_.claim, *box_.constants).truth;
    if (atom_.negated && result_.truth != Truth::unknown)
      result_.truth = result_.truth == Truth::yes ? Truth::no : Truth::yes;
    result_.blocked = result_.truth == Truth::unknown;
    if (result_.truth == Truth::no) result_.suspect = box_;
    return result_;
  }

  Examination at_a_limit() {
    const LocalForm form = form_of_(box_, box_.cells[0].variable, 0);
    if (!fits(form)) return unfit();
    settle(sign_of(form.series[0]));
    result_.blocked = result_.truth == Truth::unknown;
    return result_;
  }

  Examination by_identity() {
    const LocalForm form = form_of_(box_, box_.cells[intervals_[0]].variable, 0);
    if (!fits(form)) return unfit();
    const Sign sign = sign_of(form.series[0]);
    if (sign.nonnegative && sign.nonpositive) result_.truth = Truth::yes;
    if (sign.positive || sign.negative) result_.truth = Truth::no, result_.suspect = box_;
    result_.split = box_.cells[intervals_[0]].variable;
    for (const std::size_t i : intervals_)
      if (box_.cells[i].cuts < box_.cells[intervals_[0]].cuts) result_.split = box_.cells[i].variable;
    return result_;
  }

  /// From the sign of s on the closed box.
  bool settle(const Sign& sign) {
    if (strict_ ? sign.positive : sign.nonnegative) result_.truth = Truth::yes;
    if (strict_ ? sign.nonpositive : sign.negative) result_.truth = Truth::no, result_.suspect = box_;
    return result_.truth != Truth::unknown;
  }

  /// Where the difference grows without bound towards an end, slower than every power.
  bool by_one_side() {
    const auto grows = [&](const Cell& cell) {
      return cell.low == 0 && power_of(profiles_[0].form(), cell.variable) < 0;
    };
    const auto& cells = box_.cells;
    if (std::none_of(cells.begin(), cells.end(), grows)) return false;
    const auto low = lower_bound_of_difference(atom_.left, atom_.right, box_.chart(), *box_.constants);
    if (!low || !(strict_ ? certainly_positive(*low) : certainly_less_or_equal(Ball(0), *low))) return false;
    result_.truth = Truth::yes;
    return true;
  }

  /// By monotone variables and, with a single variable, by all that the derivatives tell.
  bool by_shape() {
    if (intervals_.size() == 1 && by_one_variable()) return true;
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      const Cell& cell = box_.cells[intervals_[j]];
      const Sign slope = profiles_[j].sign(1);
      if (!slope.nonnegative && !slope.nonpositive) continue;
      const Rational least = slope.nonnegative ? cell.low : cell.high;
      if (least == 0 && !profiles_[j].has_limit()) continue;
      // t = 0 is not a point of the box: where s grows from there it is greater than its limit.
      const bool strict = strict_ && !(least == 0 && slope.positive);
      const Box face = box_.fixed(intervals_[j], least);
      Powers limits = limits_;
      if (least == 0) limits[cell.variable] = power_of(profiles_[j].form(), cell.variable);
      AtomExaminer examiner(atom_, face, strict, std::move(limits));
      Examination reduced = examiner.run();
      if (examiner.unfit_) continue;
      if (reduced.truth == Truth::yes) return result_.truth = Truth::yes, true;
      reduced.truth = Truth::unknown;
      if (reduced.split.empty()) reduced.split = cell.variable;
      result_ = reduced;
      return true;
    }
    return false;
  }

  bool by_one_variable() {
    const Sign sign = profiles_[0].sign(0);
    const Cell& cell = box_.cells[intervals_[0]];
    const auto end_positive = [&](const Rational& t) {
      return t == 0 || AtomExaminer(atom_, box_.fixed(intervals_[0], t), true, limits_).run().truth == Truth::yes;
    };
    if (!strict_ && sign.nonnegative) return result_.truth = Truth::yes, true;
    if (strict_ && sign.positive && end_positive(cell.low) && end_positive(cell.high))
      return result_.truth = Truth::yes, true;
    return false;
  }

  /// s >= s(middle) + sum over the variables of s' (t - middle).
  bool by_mean_value() {
    Box middle = box_;
    for (const std::size_t i : intervals_) middle.cells[i].low = middle.cells[i].high = box_.cells[i].middle();
    const LocalForm at_middle = form_of_(middle, box_.cells[intervals_[0]].variable, 0);
    const Ball value = at_middle.series[0].ball();
    if (certainly_negative(value)) result_.suspect = box_;
    Ball bound = value;
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      const Ball half = Ball(Rational(box_.cells[intervals_[j]].width() / 2));
      bound += profiles_[j].form().series[1].ball() * Ball::interval(-half, half);
    }
    const bool comparable = std::all_of(profiles_.begin(), profiles_.end(),
                                        [&](const Profile& p) { return same_powers(p.form(), at_middle); });
    if (comparable && settle(sign_of(bound))) return true;
    const Ball whole = profiles_[0].form().series[0].ball();
    result_.blocked =
        value.contains_zero() && !at_middle.series[0].exact() && (!value.is_finite() || is_coarse(value, bound, whole));
    return false;
  }

  /// Whether rounding errors, not the size of the box, make the enclosures wide.
  static bool is_coarse(const Ball& at_middle, const Ball& bound, const Ball& whole) {
    constexpr long kShare = 64;
    const Ball error = at_middle.radius() * Ball(kShare);
    return (bound.is_finite() && certainly_less(bound.radius(), error)) ||
           (whole.is_finite() && certainly_less(whole.radius(), error));
  }

  void choose_split() {
    double most = -1;
    int fewest = std::numeric_limits<int>::max();
    for (std::size_t j = 0; j < intervals_.size(); ++j) {
      const Cell& cell = box_.cells[intervals_[j]];
      const Ball slope = profiles_[j].form().series[1].ball();
      const double influence =
          slope.is_finite()
              ? std::max(std::abs(slope.lower_double()), std::abs(slope.upper_double())) * cell.width().get_d()
              : std::numeric_limits<double>::infinity();
      if (influence < most || (influence == most && cell.cuts >= fewest)) continue;
      most = influence, fewest = cell.cuts;
      result_.split = cell.variable;
    }
  }

  const Atom& atom_;
  const Box& box_;
  bool strict_;
  bool unfit_ = false;
  Powers limits_;  ///< of the distances that are 0 in the box: the powers taken out of s
  FormOf form_of_;
  std::vector<std::size_t> intervals_;
  std::vector<Profile> profiles_;
  Examination result_;
};

}  // namespace

Examination examine_atom(const Atom& atom, const Box& box) { return AtomExaminer(atom, box).run(); }

}  // namespace shatterproof::prover
