#include "shatterproof/claims/prover/witness.hpp"

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/sample.hpp"

namespace shatterproof::prover {

using expression::Decision;
using expression::Truth;
using expression::Value;

namespace {

std::string interval_text(const Value& value) {
  if (value.exact()) {
    const std::string text = to_text_exact(*value.exact());
    constexpr std::size_t kLongest = 40;
    if (text.size() <= kLongest) return text;
  }
  const Ball ball = value.ball();
  if (!expression::is_printable(ball)) return "a number too large or small to print";
  constexpr int kDigits = 12;
  const BallText text = to_text(ball, kDigits);
  return "[" + text.lower + ", " + text.upper + "]";
}

}  // namespace

std::string Witness::text() const {
  const std::string where = expression::text_of(point);
  return "fails" + (where.empty() ? "" : " at " + where) + ": left " + interval_text(left) + ", right " +
         interval_text(right);
}

bool PointCheck::satisfies_hypothesis(const Bindings& point) {
  if (given_ && decide_refining(*given_, point, precision_).truth != Truth::yes) return false;
  return met_ = true;
}

std::optional<Witness> PointCheck::witness_at(const Bindings& point) {
  if (!satisfies_hypothesis(point)) return {};
  try {
    const Decision decision = decide_refining(claim_, point, precision_);
    if (decision.truth == Truth::no) return Witness{point, decision.left, decision.right};
  } catch (const expression::ExpressionError& e) {
    const std::string where = expression::text_of(point);
    throw PreconditionError("the claim is undefined" + (where.empty() ? "" : " at " + where) +
                            ", a point of its range\n" + e.what());
  }
  return {};
}

namespace {

/// Parts of the cell's width at which it is sampled; the more variables, the fewer.
std::vector<Rational> sample_parts(std::size_t variables) {
  const int even = variables <= 1 ? 9 : variables == 2 ? 4 : variables == 3 ? 3 : 2;
  const std::vector<long> powers = variables <= 1   ? std::vector<long>{4, 5, 6, 8, 10, 14, 20, 28, 40, 60, 80, 100}
                                   : variables == 2 ? std::vector<long>{4, 7, 16, 40, 100}
                                   : variables == 3 ? std::vector<long>{8, 60}
                                                    : std::vector<long>{30};
  std::vector<Rational> parts;
  for (int i = 1; i <= even; ++i) parts.push_back(Rational(i, even));
  for (const long p : powers) parts.push_back(power(Rational(1, 2), p));
  for (Rational& part : parts) part.canonicalize();
  return parts;
}

}  // namespace

std::vector<Bindings> sample_points(const Box& box) {
  std::vector<Bindings> points{*box.constants};
  const std::vector<Rational> parts = sample_parts(box.cells.size());
  for (const Cell& cell : box.cells) {
    std::vector<Bindings> longer;
    for (const Bindings& before : points) {
      for (const Rational& part : parts) {
        longer.push_back(before);
        longer.back().insert_or_assign(cell.variable, cell.at(cell.low + part * cell.width()));
      }
    }
    points = std::move(longer);
  }
  return points;
}

}  // namespace shatterproof::prover
