#include "shatterproof/rates/real_roots.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

std::string parameter_of(const Polynomial& p) {
  const auto names = p.parameters();
  require(names.size() <= 1, "a polynomial in one parameter is needed, not " + to_text(p));
  return names.empty() ? "d" : *names.begin();
}

std::vector<Rational> dense(const Polynomial& p) {
  std::vector<Rational> result;
  for (const Polynomial& coefficient : p.coefficients(parameter_of(p)))
    result.push_back(coefficient.leading_coefficient());
  return result;
}

Rational horner(const std::vector<Rational>& coefficients, const Rational& x) {
  Rational sum = 0;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) sum = sum * x + *c;
  return sum;
}

std::vector<Rational> remainder(std::vector<Rational> a, const std::vector<Rational>& b) {
  while (a.size() >= b.size()) {
    const Rational factor = a.back() / b.back();
    const std::size_t gap = a.size() - b.size();
    for (std::size_t k = 0; k < b.size(); ++k) a[gap + k] -= factor * b[k];
    while (!a.empty() && sgn(a.back()) == 0) a.pop_back();
  }
  return a;
}

std::vector<Rational> derivative(const std::vector<Rational>& p) {
  std::vector<Rational> result;
  for (std::size_t k = 1; k < p.size(); ++k) result.emplace_back(p[k] * static_cast<unsigned long>(k));
  return result;
}

/// Beyond this all signs are those at infinity (Cauchy's bound on the roots).
Rational beyond_all_roots(const Polynomial& p) {
  const auto coefficients = dense(p);
  Rational largest = 0;
  for (const Rational& c : coefficients) largest = std::max(largest, Rational(abs(c / coefficients.back())));
  return largest + 1;
}

/// The rational root in the closed interval of an isolated root, if there is one. A root p/q of an integer polynomial
/// has q dividing the leading coefficient, so only few fractions can be meant once the interval is short.
std::optional<Rational> rational_root(const Polynomial& p, const Rational& lower, const Rational& upper) {
  const Rational lead = abs(Rational(dense(p.primitive()).back()));
  if ((upper - lower) * lead > 4) return {};
  for (Integer k = floor(Rational(lower * lead)); k <= upper * lead; ++k) {
    Rational candidate(k, lead.get_num());
    candidate.canonicalize();
    if (candidate >= lower && candidate <= upper && sgn(value_at(p, candidate)) == 0) return candidate;
  }
  return {};
}

/// Splits (lower, upper), at whose ends p is not 0, until each piece holds one root.
void isolate(const Polynomial& p, const SturmSequence& sturm, const Rational& lower, const Rational& upper,
             std::vector<RealNumber>& roots) {
  const int count = sturm.roots(lower, upper);
  if (count == 0) return;
  if (count == 1) {
    RealNumber root{lower, upper, p};
    const Rational lead = abs(Rational(dense(p.primitive()).back()));
    while (!root.is_rational() && (root.upper - root.lower) * lead > 1) root = refined(root);
    if (root.is_rational()) {
      roots.push_back(root);
    } else if (const auto exact = rational_root(p, root.lower, root.upper)) {
      roots.push_back(exact_number(*exact));
    } else {
      roots.push_back(root);
    }
    return;
  }
  Rational middle = (lower + upper) / 2;
  while (sgn(value_at(p, middle)) == 0) middle = (middle + upper) / 2;
  isolate(p, sturm, lower, middle, roots);
  isolate(p, sturm, middle, upper, roots);
}

/// Shortens the intervals until no two touch, nor the ends of the whole interval.
void separate(std::vector<RealNumber>& roots, const Rational& lower, const std::optional<Rational>& upper) {
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const auto touches = [&] {
      return roots[i].lower <= lower || (upper && roots[i].upper >= *upper) ||
             (i > 0 && roots[i].lower <= roots[i - 1].upper);
    };
    while (touches()) {
      roots[i] = refined(roots[i]);
      if (i > 0) roots[i - 1] = refined(roots[i - 1]);
    }
  }
}

}  // namespace

SturmSequence::SturmSequence(const Polynomial& squarefree) {
  require(!squarefree.is_zero(), "the zero polynomial has no isolated roots");
  sequence_.push_back(dense(squarefree));
  Dense next = derivative(sequence_.front());
  while (!next.empty()) {
    sequence_.push_back(next);
    next = remainder(sequence_[sequence_.size() - 2], sequence_.back());
    for (Rational& c : next) c = -c;
  }
}

int SturmSequence::changes_at(const Rational& x) const {
  int changes = 0, last = 0;
  for (const Dense& p : sequence_) {
    const int sign = sgn(horner(p, x));
    if (sign * last < 0) ++changes;
    if (sign != 0) last = sign;
  }
  return changes;
}

int SturmSequence::changes_at_infinity() const {
  int changes = 0, last = 0;
  for (const Dense& p : sequence_) {
    const int sign = sgn(p.back());
    if (sign * last < 0) ++changes;
    last = sign;
  }
  return changes;
}

int SturmSequence::roots(const Rational& lower, const std::optional<Rational>& upper) const {
  return changes_at(lower) - (upper ? changes_at(*upper) : changes_at_infinity());
}

Rational value_at(const Polynomial& p, const Rational& x) { return horner(dense(p), x); }

Polynomial squarefree_part(const Polynomial& p) {
  if (p.is_constant()) return p;
  const std::string name = parameter_of(p);
  Polynomial slope;
  const auto coefficients = derivative(dense(p));
  for (std::size_t k = 0; k < coefficients.size(); ++k)
    slope += Polynomial(coefficients[k]) * power(Polynomial::parameter(name), static_cast<unsigned>(k));
  return exact_quotient(p, gcd(p, slope)).primitive();
}

std::vector<RealNumber> enclose_roots(const Polynomial& p, const Rational& lower,
                                      const std::optional<Rational>& upper) {
  Polynomial simple = squarefree_part(p);
  const std::string name = parameter_of(p);
  // A root at an end of the open interval is not asked for; without it the ends are safe for Sturm's count.
  for (const Rational& end : upper ? std::vector<Rational>{lower, *upper} : std::vector<Rational>{lower})
    if (sgn(value_at(simple, end)) == 0) simple = exact_quotient(simple, Polynomial::parameter(name) - Polynomial(end));
  std::vector<RealNumber> roots;
  if (simple.is_constant()) return roots;
  const Rational beyond = beyond_all_roots(simple);
  const Rational last = upper ? *upper : std::max(beyond, Rational(lower + 1));
  isolate(simple, SturmSequence(simple), lower, last, roots);
  separate(roots, lower, upper);
  return roots;
}

RealNumber refined(const RealNumber& x) {
  if (x.is_rational()) return x;
  const Rational middle = (x.lower + x.upper) / 2;
  const int sign = sgn(value_at(x.root_of, middle));
  if (sign == 0) return exact_number(middle);
  const bool root_is_above = sign == sgn(value_at(x.root_of, x.lower));
  return root_is_above ? RealNumber{middle, x.upper, x.root_of} : RealNumber{x.lower, middle, x.root_of};
}

int sign_at(const Polynomial& p, const RealNumber& x) {
  if (x.is_rational()) return sgn(value_at(p, x.lower));
  if (p.is_constant()) return sgn(p.leading_coefficient());
  const Polynomial common = gcd(p, x.root_of);
  if (!common.is_constant() && SturmSequence(common).roots(x.lower, x.upper) > 0) return 0;
  const Polynomial simple = squarefree_part(p);
  const SturmSequence sturm(simple);
  RealNumber finer = x;
  while (!finer.is_rational() && (sgn(value_at(simple, finer.lower)) == 0 || sturm.roots(finer.lower, finer.upper) > 0))
    finer = refined(finer);
  return sgn(value_at(p, finer.upper));
}

Rational simplest_between(const Rational& lower, const std::optional<Rational>& upper) {
  const Rational next = floor(lower) + 1;
  if (!upper || next < *upper) {
    // Zero is simpler than any other integer.
    return upper && sgn(lower) < 0 && sgn(*upper) > 0 ? Rational(0) : next;
  }
  require(lower < *upper, "an open interval needs its lower end below its upper end");
  const Rational whole = floor(lower);
  // All lies in [whole, whole + 1]: look at the reciprocals of what is left above `whole`.
  const Rational high = *upper - whole, low = lower - whole;
  const Rational from = 1 / high;
  const Rational reciprocal = simplest_between(from, sgn(low) == 0 ? std::nullopt : std::optional<Rational>(1 / low));
  return whole + 1 / reciprocal;
}

std::string to_text(const RealNumber& x) {
  if (x.is_rational()) return to_text_exact(x.lower);
  return "the root of " + to_text(x.root_of) + " in [" + to_text_exact(x.lower) + ", " + to_text_exact(x.upper) + "]";
}

}  // namespace shatterproof::rates
