#include "shatterproof/rates/minimise.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

struct Candidate {
  PowerProduct value;
  std::set<std::string> active;
};

/// The search at one point of the parameters.
class Search {
 public:
  Search(const Sum& sum, const std::string& quantity, const Constraints& constraints, const Direction& direction,
         Signs& signs)
      : sum_(sum), quantity_(quantity), constraints_(constraints), direction_(direction), signs_(signs) {}

  Minimum run() {
    check_bounded();
    std::optional<Candidate> best;
    bool unique = true;
    for (const Candidate& candidate : candidates()) {
      if (!is_feasible(candidate.value)) continue;
      const int order = best ? compare(height(candidate.value), height(best->value)) : -1;
      if (order < 0) {
        best = candidate;
        unique = true;
      } else if (order == 0) {
        const bool same_place = compare(candidate.value, best->value) == 0;
        if (same_place) best->active.insert(candidate.active.begin(), candidate.active.end());
        unique = unique && same_place;
      }
    }
    if (!best) throw Undefined("no value of " + quantity_ + " meets the floor and the ceiling");
    return {best->value, best->active, unique, at(best->value)};
  }

 private:
  /// The sign of the difference of the growth of a and of b.
  int compare(const PowerProduct& a, const PowerProduct& b) {
    return signs_.of(direction_.exponent(a) - direction_.exponent(b));
  }
  int slope(const Term& term) { return signs_.of(term.value.exponent(quantity_)); }

  Sum at(const PowerProduct& value) const {
    Sum result = sum_;
    for (Term& term : result) term.value = term.value.substitute(quantity_, value);
    return result;
  }

  PowerProduct height(const PowerProduct& value) { return leading_terms(at(value), direction_, signs_).front().value; }

  bool is_feasible(const PowerProduct& value) {
    return (!constraints_.floor || compare(value, *constraints_.floor) >= 0) &&
           (!constraints_.ceiling || compare(value, *constraints_.ceiling) <= 0);
  }

  void check_bounded() {
    const auto all = [&](int sign) {
      return std::all_of(sum_.begin(), sum_.end(), [&](const Term& term) { return slope(term) == sign; });
    };
    if (all(0)) throw Undefined(quantity_ + " occurs in no term");
    if (!constraints_.floor && all(1)) throw Undefined("every term rises with " + quantity_ + " and there is no floor");
    if (!constraints_.ceiling && all(-1))
      throw Undefined("every term falls with " + quantity_ + " and there is no ceiling");
  }

  std::vector<Candidate> candidates() {
    std::vector<Candidate> list;
    for (std::size_t i = 0; i < sum_.size(); ++i)
      for (std::size_t j = i + 1; j < sum_.size(); ++j) {
        const int a = slope(sum_[i]), b = slope(sum_[j]);
        if (a == b) continue;
        const PowerProduct crossing = balance(sum_[i].value, sum_[j].value, quantity_, signs_);
        // A crossing below another term is no kink of the maximum.
        if (compare(height(crossing), sum_[i].value.substitute(quantity_, crossing)) > 0) continue;
        list.push_back({crossing, {sum_[i].name, sum_[j].name}});
      }
    if (constraints_.floor) list.push_back({*constraints_.floor, {"floor"}});
    if (constraints_.ceiling) list.push_back({*constraints_.ceiling, {"ceiling"}});
    return list;
  }

  const Sum& sum_;
  const std::string& quantity_;
  const Constraints& constraints_;
  const Direction& direction_;
  Signs& signs_;
};

}  // namespace

PowerProduct balance(const PowerProduct& a, const PowerProduct& b, const std::string& quantity, Signs& signs) {
  const RationalFunction slope = a.exponent(quantity) - b.exponent(quantity);
  if (signs.of(slope) == 0)
    throw Undefined("both sides of the balance carry the same power of " + quantity + ", so it has no solution");
  const PowerProduct rest = (b / a).substitute(quantity, PowerProduct());
  return power(rest, RationalFunction(1) / slope);
}

Minimum minimise(const Sum& sum, const std::string& quantity, const Constraints& constraints,
                 const Direction& direction, Signs& signs) {
  require(!sum.empty(), "a sum without terms has no minimum");
  require(quantity != direction.quantity, quantity + " grows; it cannot be chosen");
  return Search(sum, quantity, constraints, direction, signs).run();
}

}  // namespace shatterproof::rates
