// N vectors A_i of R^d whose directions u_i = A_i/|A_i| have u_i.u_j <= s, in the inner product
// <A, B> = sum_j weight_j A_j B_j. A coordinate is an integer, or a + b sqrt(root).
#include "check.hpp"

namespace checker {
namespace {

/// first + second sqrt(root).
struct Quadratic {
  Integer first, second;
  bool operator==(const Quadratic&) const = default;
};

struct Packing {
  long dimension, root;
  Rational cosine;
  std::vector<Integer> weights;
  Rows<Integer> centres;  // d integers a, then d multiples b of sqrt(root) if there is one
};

/// <x, y> from weighted = weight_j x_j.
Quadratic inner_product(const Packing& p, const std::vector<Integer>& weighted, const std::vector<Integer>& y) {
  const long d = p.dimension;
  Quadratic sum;
  const auto add = [&](Integer& to, long i, long j) {
    mpz_addmul(to.get_mpz_t(), weighted[i].get_mpz_t(), y[j].get_mpz_t());
  };
  for (long j = 0; j < d; ++j) add(sum.first, j, j);
  if (p.root == 0) return sum;
  Integer irrational;
  for (long j = 0; j < d; ++j) add(irrational, d + j, d + j), add(sum.second, j, d + j), add(sum.second, d + j, j);
  sum.first += p.root * irrational;
  return sum;
}

/// a + b sqrt(root) >= 0.
bool is_nonnegative(const Integer& a, const Integer& b, long root) {
  if ((a >= 0) == (b >= 0)) return a >= 0;
  const Integer left = a * a, right = b * b * root;  // opposite signs: the larger magnitude wins
  return a >= 0 ? left >= right : right >= left;
}

/// g <= s sqrt(x y) for the norms squared x, y > 0.
bool is_at_most(const Integer& g, const Integer& x, const Integer& y, const Rational& s) {
  const Integer left = g * s.get_den();
  if (s >= 0 && left <= 0) return true;
  if (s < 0 && left >= 0) return false;
  const Integer left2 = left * left, right2 = s.get_num() * s.get_num() * x * y;
  return s >= 0 ? left2 <= right2 : left2 >= right2;
}

bool is_separated(const Packing& p, const Quadratic& g, const Quadratic& x, const Quadratic& y) {
  if (p.root == 0) return is_at_most(g.first, x.first, y.first, p.cosine);
  const Integer &over = p.cosine.get_num(), &under = p.cosine.get_den();  // the norms are equal
  return is_nonnegative(over * x.first - under * g.first, over * x.second - under * g.second, p.root);
}

void check_separation(const Packing& p) {
  std::vector<Quadratic> norms;
  for (std::size_t i = 0; i < p.centres.size(); ++i) {
    std::vector<Integer> weighted = p.centres[i];
    for (std::size_t j = 0; j < weighted.size(); ++j) weighted[j] *= p.weights[j % p.dimension];
    norms.push_back(inner_product(p, weighted, p.centres[i]));
    const std::string name = "centre " + std::to_string(i + 1);
    if (norms[i].first == 0) throw Rejected{name + " is the zero vector"};
    if (p.root != 0 && norms[i] != norms[0]) throw Rejected{name + " has another norm than the first"};
    for (std::size_t j = 0; j < i; ++j)
      if (!is_separated(p, inner_product(p, weighted, p.centres[j]), norms[i], norms[j]))
        throw Rejected{name + " and centre " + std::to_string(j + 1) + " are closer than the cosine allows"};
  }
}

}  // namespace

Claim check_packing(Reader& in) {
  Packing p;
  p.dimension = in.count_line("dimension", 1);
  const Rational eps = in.rational_line("eps"), h = eps * eps;
  p.cosine = in.rational_line("cosine");
  p.weights = in.integer_line("weights", p.dimension);
  p.root = in.count_line("root", 0);
  const long size = in.count_line("centres", 1);
  p.centres = in.integer_lines("centre", size, p.root == 0 ? p.dimension : 2 * p.dimension);
  in.finish();

  if (eps < 0 || eps > 1) throw Rejected{"eps is not in [0, 1]"};
  if (eps != 0 && p.cosine != 1 - 4 * h + 2 * h * h) throw Rejected{"the cosine is not 1 - 4 eps^2 + 2 eps^4"};
  if (p.cosine < -1 || p.cosine >= 1) throw Rejected{"the cosine is not in [-1, 1)"};
  if (p.root != 0 && mpz_perfect_square_p(Integer(p.root).get_mpz_t())) throw Rejected{"the root is a square"};
  for (const Integer& weight : p.weights)
    if (weight <= 0) throw Rejected{"a weight is not positive"};
  check_separation(p);

  std::string statement = std::to_string(size) + " unit vectors u_i of R^d, d = " + std::to_string(p.dimension) +
                          ", have u_i.u_j <= " + p.cosine.get_str() + " for all i != j";
  if (eps != 0)
    statement += "; the caps {x : |x| <= 1, u_i.x > 1 - eps^2} are pairwise disjoint, eps = " + eps.get_str();
  statement += "; u_i = A_i/|A_i|, coordinate j of A_i is that of the centre times the root of weight j";
  if (p.root != 0) statement += "; a centre is a + b sqrt(" + std::to_string(p.root) + "), first all a, then all b";
  return {statement, text_of("weights", Rows<Integer>{p.weights}) + text_of("centre", p.centres)};
}

}  // namespace checker
