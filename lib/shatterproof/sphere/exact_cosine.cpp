#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

int exact_sign(const Rational& a, const Rational& b, long q) {
  if (sgn(b) == 0) return sgn(a);
  if (sgn(a) == 0 || sgn(a) == sgn(b)) return sgn(b);
  const Rational left = a * a, right = b * b * q;  // opposite signs: the larger magnitude wins
  return left > right ? sgn(a) : left < right ? sgn(b) : 0;
}

Ball ExactCosine::enclose() const { return Ball(a) + Ball(b) * sqrt(Ball(q)); }

std::string ExactCosine::text() const {
  if (b == 0 || q == 1) return to_text_exact(Rational(a + b));
  Integer denominator = lcm(a.get_den(), b.get_den());
  const Rational p = a * denominator, r = b * denominator;
  const Rational magnitude = ::abs(r);
  std::string root = (magnitude == 1 ? "" : magnitude.get_str() + " ") + "sqrt " + std::to_string(q);
  if (p == 0)
    root = (r < 0 ? "-" : "") + root;
  else
    root = p.get_str() + (r < 0 ? " - " : " + ") + root;
  if (denominator == 1) return root;
  return (p == 0 ? root : "(" + root + ")") + "/" + denominator.get_str();
}

bool ExactCosine::is_at_most(const Rational& s) const { return exact_sign(Rational(a - s), b, q) <= 0; }

ExactCosine exact_max_cosine(const ExactCode& code) {
  require(code.size() >= 2, "exact_max_cosine needs two vectors");
  const auto norm = inner_product(code, 0, 0);
  const Rational n0 = to_integer(norm.first), n1 = to_integer(norm.second);
  Rational top0, top1;
  for (long i = 0; i < code.size(); ++i) {
    require(inner_product(code, i, i) == norm, "exact_max_cosine needs equal norms");
    for (long j = 0; j < i; ++j) {
      const auto g = inner_product(code, i, j);
      const Rational g0 = to_integer(g.first), g1 = to_integer(g.second);
      if ((i == 1 && j == 0) || exact_sign(g0 - top0, g1 - top1, code.root) > 0) top0 = g0, top1 = g1;
    }
  }
  // (g0 + g1 w)/(n0 + n1 w) = (g0 + g1 w)(n0 - n1 w)/(n0^2 - q n1^2), w = sqrt q.
  const Rational size = n0 * n0 - code.root * n1 * n1;
  ExactCosine result;
  result.q = code.root;
  result.a = (top0 * n0 - code.root * top1 * n1) / size;
  result.b = (top1 * n0 - top0 * n1) / size;
  return result;
}

}  // namespace shatterproof
