#include "shatterproof/rates/cells.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

using Run = std::function<void(Signs&)>;

/// An open box (one open interval a parameter) times fixed values of the other parameters.
struct Box {
  ParameterPoint fixed;
  std::vector<ParameterRange> open;

  [[nodiscard]] Polynomial restricted(Polynomial p) const {
    for (const auto& [name, value] : fixed) p = p.substitute(name, value.lower);
    return p;
  }
};

/// The faces of a product of intervals: each included end fixed, or the open interval.
std::vector<Box> faces(const std::vector<ParameterRange>& domain) {
  std::vector<Box> boxes(1);
  for (const ParameterRange& range : domain) {
    std::vector<Box> next;
    for (const Box& box : boxes) {
      const auto fix = [&](const Rational& value) {
        next.push_back(box);
        next.back().fixed[range.name] = exact_number(value);
      };
      const bool point = range.upper && *range.upper == range.lower;
      if (range.lower_included) fix(range.lower);
      if (!point) {
        next.push_back(box);
        next.back().open.push_back(range);
      }
      if (!point && range.upper && range.upper_included) fix(*range.upper);
    }
    boxes = std::move(next);
  }
  return boxes;
}

std::string open_text(const std::string& name, const RealNumber& lower, const std::optional<RealNumber>& upper) {
  const auto end = [](const RealNumber& x) { return x.is_rational() ? to_text(x) : "(" + to_text(x) + ")"; };
  return upper ? end(lower) + " < " + name + " < " + end(*upper) : name + " > " + end(lower);
}

// --- One parameter: roots and the intervals between them.

class Line {
 public:
  Line(const Box& box, const Run& run) : box_(box), range_(box.open.front()), run_(run) {}

  std::vector<Cell> cells() {
    do cut();
    while (!closed());
    return cells_;
  }

 private:
  /// Cells for the roots of what was asked so far.
  void cut() {
    cells_.clear();
    const auto roots =
        asked_.is_constant() ? std::vector<RealNumber>{} : enclose_roots(asked_, range_.lower, range_.upper);
    RealNumber lower = exact_number(range_.lower);
    for (const RealNumber& root : roots) {
      add_interval(lower, root);
      add(root, range_.name + " = " + to_text(root));
      lower = root;
    }
    add_interval(lower, range_.upper ? std::optional(exact_number(*range_.upper)) : std::nullopt);
  }

  void add_interval(const RealNumber& lower, const std::optional<RealNumber>& upper) {
    const Rational sample = simplest_between(lower.upper, upper ? std::optional(upper->lower) : std::nullopt);
    add(exact_number(sample), open_text(range_.name, lower, upper));
  }

  void add(const RealNumber& value, const std::string& text) {
    ParameterPoint sample = box_.fixed;
    sample[range_.name] = value;
    cells_.push_back({sample, box_.fixed.empty() ? text : to_text(box_.fixed) + ", " + text});
  }

  /// Runs all cells; true if nothing was asked whose roots are not among the cells yet.
  bool closed() {
    Polynomial product = asked_;
    for (const Cell& cell : cells_) {
      Signs signs(cell.sample);
      run_(signs);
      for (const Polynomial& p : signs.asked()) {
        const Polynomial asked = squarefree_part(box_.restricted(p));
        if (asked.is_constant()) continue;
        const Polynomial fresh = exact_quotient(asked, gcd(asked, product));
        if (!fresh.is_constant()) product = product * fresh;
      }
    }
    const bool same = product == asked_;
    asked_ = product;
    return same;
  }

  const Box& box_;
  const ParameterRange& range_;
  const Run& run_;
  Polynomial asked_ = 1;  // squarefree product of all that was asked
  std::vector<Cell> cells_;
};

// --- Two or more parameters: signs of coefficients on open boxes.

/// Certainly no zero in the open box: in coordinates that run from 0 to infinity all coefficients have one sign.
bool has_constant_sign(const Polynomial& p, const std::vector<ParameterRange>& box) {
  Polynomial mapped = p;
  for (const ParameterRange& range : box) {
    const Polynomial x = Polynomial::parameter(range.name);
    const auto coefficients = mapped.coefficients(range.name);
    const Polynomial top = range.upper ? Polynomial(range.lower) + x * Polynomial(*range.upper) : x + range.lower,
                     bottom = range.upper ? x + Polynomial(1) : Polynomial(1);
    Polynomial sum;
    for (unsigned k = 0; k < coefficients.size(); ++k)
      sum += coefficients[k] * power(top, k) * power(bottom, static_cast<unsigned>(coefficients.size()) - 1 - k);
    mapped = sum;
  }
  bool plus = false, minus = false;
  for (const auto& [powers, coefficient] : mapped.terms()) (sgn(coefficient) > 0 ? plus : minus) = true;
  return !(plus && minus);
}

std::vector<Cell> cells_of(const Box& box, const Run& run, int depth);

/// One interval cut in two, and the cut itself; the parameters take turns.
std::vector<Box> halves(const Box& box, std::size_t turn) {
  const std::size_t which = turn % box.open.size();
  const ParameterRange& range = box.open[which];
  const Rational middle = range.upper ? Rational((range.lower + *range.upper) / 2)
                                      : Rational(range.lower + std::max(Rational(1), Rational(abs(range.lower))));
  Box below = box, above = box, on = box;
  below.open[which].upper = middle;
  above.open[which].lower = middle;
  on.open.erase(on.open.begin() + static_cast<std::ptrdiff_t>(which));
  on.fixed[range.name] = exact_number(middle);
  return {below, on, above};
}

std::vector<Cell> box_cells(const Box& box, const Run& run, int depth) {
  Cell cell{box.fixed, to_text(box.fixed)};
  for (const ParameterRange& range : box.open) {
    const auto upper = range.upper ? std::optional(exact_number(*range.upper)) : std::nullopt;
    cell.sample[range.name] = exact_number(simplest_between(range.lower, range.upper));
    cell.text += (cell.text.empty() ? "" : ", ") + open_text(range.name, exact_number(range.lower), upper);
  }
  Signs signs(cell.sample);
  run(signs);
  const bool settled = std::all_of(signs.asked().begin(), signs.asked().end(),
                                   [&](const Polynomial& p) { return has_constant_sign(box.restricted(p), box.open); });
  if (settled) return {cell};
  if (depth == 0) {
    cell.settled = false;
    return {cell};
  }
  std::vector<Cell> cells;
  for (const Box& part : halves(box, static_cast<std::size_t>(depth)))
    for (Cell& inner : cells_of(part, run, depth - 1)) cells.push_back(std::move(inner));
  return cells;
}

std::vector<Cell> cells_of(const Box& box, const Run& run, int depth) {
  if (box.open.empty()) return {{box.fixed, to_text(box.fixed)}};
  if (box.open.size() == 1) return Line(box, run).cells();
  return box_cells(box, run, depth);
}

}  // namespace

int Signs::of(const Polynomial& p) {
  if (p.is_constant()) return sgn(p.leading_coefficient());
  asked_.push_back(p);
  Polynomial rest = p;
  const RealNumber* irrational = nullptr;
  for (const auto& [name, value] : point_) {
    if (value.is_rational()) {
      rest = rest.substitute(name, value.lower);
    } else {
      irrational = &value;
    }
  }
  if (rest.is_constant()) return sgn(rest.leading_coefficient());
  require(irrational != nullptr && rest.parameters() == irrational->root_of.parameters(),
          "no value is given for a parameter of " + to_text(p));
  return sign_at(rest, *irrational);
}

int Signs::of(const RationalFunction& f) {
  const int below = of(f.denominator());
  if (below == 0) throw Undefined(to_text(f) + " has a pole");
  return of(f.numerator()) * below;
}

std::vector<Cell> decompose(const std::vector<ParameterRange>& domain, const Run& run, int depth) {
  std::vector<Cell> cells;
  for (const Box& box : faces(domain))
    for (Cell& cell : cells_of(box, run, depth)) cells.push_back(std::move(cell));
  return cells;
}

std::string to_text(const ParameterPoint& point) {
  std::string text;
  for (const auto& [name, value] : point) text += (text.empty() ? "" : ", ") + name + " = " + to_text(value);
  return text;
}

}  // namespace shatterproof::rates
