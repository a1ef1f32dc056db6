#include "shatterproof/claims/prover/maximise.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/examine.hpp"

namespace shatterproof::prover {

using expression::Claim;
using expression::Expression;
using expression::LocalForm;

namespace {

constexpr int kMostCuts = 100;

struct Candidate {
  Bound bound;
  Bits bits;
  long sequence;  ///< settles ties, so that the order is always the same
};

/// Whether a is to be handled after b.
bool after(const Candidate& a, const Candidate& b) {
  if (a.bound.upper.has_value() != b.bound.upper.has_value()) return a.bound.upper.has_value();
  const int order = a.bound.upper ? compare_exact(*a.bound.upper, *b.bound.upper) : 0;
  return order != 0 ? order < 0 : a.sequence > b.sequence;
}

class Maximiser {
 public:
  Maximiser(const Expression& expression, const std::optional<Claim>& given, int digits, const Effort& effort)
      : given_(given),
        effort_(effort),
        first_bits_(bits_for_digits(digits) + 64),
        tolerance_(power(Rational(1, 10), digits) / 2) {
    form_of_ = [&expression](const Box& box, const std::string& variable, int order) {
      if (box.cells.empty()) return LocalForm{{}, {evaluate(expression, *box.constants)}};
      return local_form(expression, box.chart(), *box.constants, variable, order);
    };
  }

  Maximum run(std::vector<Box> boxes) {
    for (Box& box : boxes) add(std::move(box), first_bits_);
    while (!result_.infinite && !heap_.empty() && count_ < effort_.boxes && !close_enough() && advance()) {
    }
    conclude();
    return std::move(result_);
  }

 private:
  void add(Box box, Bits bits) {
    const PrecisionScope scope(bits);
    ++count_;
    if (effort_.counts != nullptr) ++effort_.counts->done;
    if (given_ && certainly_fails(*given_, box)) return;
    Candidate candidate{bound_above(form_of_, std::move(box)), bits, count_};
    if (!given_) result_.infinite |= candidate.bound.infinite;
    if (candidate.bound.infinite) result_.places.push_back(candidate.bound.box);
    raise_lower(candidate.bound);
    if (result_.lower && candidate.bound.upper && compare_exact(*candidate.bound.upper, *result_.lower) < 0) return;
    heap_.push_back(std::move(candidate));
    std::push_heap(heap_.begin(), heap_.end(), after);
  }

  void raise_lower(const Bound& bound) {
    if (!bound.lower || (result_.lower && compare_exact(*bound.lower, *result_.lower) <= 0)) return;
    if (given_ && !satisfies_given(bound.attained)) return;
    result_.lower = bound.lower;
  }

  bool satisfies_given(const Box& attained) const {
    const Bindings point = attained.middle();
    if (point.size() < attained.constants->size() + attained.cells.size()) return false;  // a limit is no point
    return decide_refining(*given_, point, effort_.precision).truth == Truth::yes;
  }

  /// Whether the greatest upper bound is within the tolerance of the greatest value found.
  bool close_enough() {
    const auto& upper = heap_.front().bound.upper;
    if (!upper || !result_.lower) return false;
    const PrecisionScope scope(2 * first_bits_);
    // A supremum of 0 has no significant digits.
    const Ball allowed = Ball(tolerance_) * max(abs(*result_.lower), power(Ball(tolerance_), 4));
    return result_.reached = certainly_less_or_equal(*upper - *result_.lower, allowed);
  }

  /// Replaces the first box by its halves, or a single point by the same at twice the precision.
  bool advance() {
    std::pop_heap(heap_.begin(), heap_.end(), after);
    Candidate first = std::move(heap_.back());
    heap_.pop_back();
    const Box& box = first.bound.box;
    const auto cell = std::find_if(box.cells.begin(), box.cells.end(),
                                   [&](const Cell& c) { return c.variable == first.bound.split; });
    const bool single = first.bound.is_single();
    const bool exhausted = single ? 2 * first.bits > effort_.precision : cell->cuts >= kMostCuts;
    if (exhausted) {
      heap_.push_back(std::move(first));
      std::push_heap(heap_.begin(), heap_.end(), after);
      return false;
    }
    if (single) {
      add(box, 2 * first.bits);
    } else {
      auto [low, high] = box.halves(static_cast<std::size_t>(cell - box.cells.begin()));
      add(std::move(low), first.bits);
      add(std::move(high), first.bits);
    }
    return true;
  }

  void conclude() {
    if (result_.infinite) return;
    if (heap_.empty()) return;
    result_.upper = heap_.front().bound.upper;
    std::sort(heap_.begin(), heap_.end(),
              [](const Candidate& a, const Candidate& b) { return a.sequence < b.sequence; });
    for (const Candidate& candidate : heap_)
      if (!candidate.bound.upper || !result_.lower || compare_exact(*candidate.bound.upper, *result_.lower) >= 0)
        result_.places.push_back(candidate.bound.box);
  }

  const std::optional<Claim>& given_;
  const Effort& effort_;
  Bits first_bits_;
  Rational tolerance_;
  FormOf form_of_;
  std::vector<Candidate> heap_;
  long count_ = 0;
  Maximum result_;
};

}  // namespace

Maximum maximise(const Expression& expression, const std::optional<Claim>& given, std::vector<Box> boxes, int digits,
                 const Effort& effort) {
  return Maximiser(expression, given, digits, effort).run(std::move(boxes));
}

}  // namespace shatterproof::prover
