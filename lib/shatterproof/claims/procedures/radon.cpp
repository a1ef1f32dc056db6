// Procedures on Theorem 3.4: radon_gaussian, radon_network.
#include "shatterproof/flatness/radon.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace shatterproof {
namespace {

constexpr Bits kRadonBits = 128;
constexpr int kRadonDigits = 20;  // what "agree" means for two enclosures of one number

/// By what the right side of Theorem 3.4 is divided: 1 as printed, 2 (2pi)^(d-1) in the corrected form.
struct Factor {
  bool printed;
  explicit Factor(const Parameters& p) : printed(p.text("factor") == "printed") {
    const std::string text = p.text("factor");
    require(printed || text == "corrected", "factor: found '" + text + "', expected printed or corrected");
  }
  [[nodiscard]] Ball value(long d) const { return printed ? Ball(1) : radon::normalisation(d); }
};

/// Two enclosures of what should be one number: refuted when they certainly differ, undecided when one says too little.
Verdict judge_equal(const Ball& a, const Ball& b) {
  if (!a.is_finite() || !b.is_finite()) return Verdict::undecided;
  if (!a.overlaps(b)) return Verdict::refuted;
  const Ball wide = Ball::hull(a, b).radius();
  return certainly_less(wide, power(Ball(10), -kRadonDigits)) ? Verdict::supported : Verdict::undecided;
}

std::string digits(const Ball& x, int count = 12) { return to_text(x, count).mid; }

/// Collects judgements; the first that is not supported stays as the detail.
class Judgement {
 public:
  explicit Judgement(ProcedureResult& result) : result_(result) { result_.verdict = Verdict::supported; }
  void see(const std::string& what, const Ball& found, const Ball& wanted) {
    const Verdict verdict = judge_equal(found, wanted);
    const bool worse = both(result_.verdict, verdict) != result_.verdict;
    result_.verdict = both(result_.verdict, verdict);
    ++result_.instances;
    if (worse) result_.detail = what + ": " + digits(found) + " against " + digits(wanted);
  }

 private:
  ProcedureResult& result_;
};

std::vector<long> dimensions(const Parameters& p, long most) {
  const std::vector<long> dims = p.integers("dims");
  for (const long d : dims)
    require(d >= 1 && d <= most, "dims: expected 1 to " + std::to_string(most) + ", found " + std::to_string(d));
  return dims;
}

/// f = exp(-|x|^2/2): the side by its closed form and by the slice theorem; whether -side/factor represents f, by
/// back-projection against Lap f; and the masses of g side/factor.
ProcedureResult radon_gaussian(const Parameters& p) {
  const PrecisionScope scope(kRadonBits);
  const Factor factor(p);
  ProcedureResult result;
  Judgement judgement(result);
  const Rational points[] = {0, Rational(1, 2), 1, 2, Rational(7, 2)};
  for (const long d : dimensions(p, 12)) {
    for (const Rational& t : points) {
      judgement.see(fmt::format("d = {}, side at t = {}", d, to_text_exact(t)),
                    radon::gaussian_side_by_fourier(d, Ball(t)), radon::gaussian_side(d, Ball(t)));
      const Ball laplacian = (Ball(Rational(t * t)) - Ball(d)) * exp(-Ball(Rational(t * t / 2)));
      judgement.see(fmt::format("d = {}, measure against Lap f at |x| = {}", d, to_text_exact(t)),
                    -radon::backprojected_side(d, t) / factor.value(d), laplacian);
    }
    const Ball one = radon::gaussian_side_mass(d, radon::RidgeWeight::one) / factor.value(d);
    const Ball lorentz = radon::gaussian_side_mass(d, radon::RidgeWeight::lorentz) / factor.value(d);
    result.table.push_back(
        fmt::format("d = {}: right side {} for g = 1, {} for g = 1/(1+t^2)", d, digits(one), digits(lorentz)));
    // On the line f'' is known: |f|_V = int |f''| = 4 e^(-1/2).
    if (d == 1) judgement.see("d = 1, int |f''|", one, Ball(4) * exp(-Ball(1) / Ball(2)));
  }
  result.method = "rigorous quadrature";
  if (result.detail.empty())
    result.detail = fmt::format("{} identities to {} digits; {}", result.instances, kRadonDigits, result.table.back());
  return result;
}

/// A rational unit vector with few nonzero entries in random places.
Vector<Rational> random_direction(Random& random, long d) {
  const std::vector<std::vector<long>> shapes{{1, 1}, {5, 3, 4}, {3, 1, 2, 2}, {7, 2, 3, 6}, {13, 5, 12}};
  std::vector<long> shape;
  do shape = shapes[random.below(shapes.size())];
  while (static_cast<long>(shape.size()) - 1 > d);
  Vector<Rational> u = Vector<Rational>::Zero(d);
  for (std::size_t i = 1; i < shape.size(); ++i) {
    long place = 0;
    do place = static_cast<long>(random.below(static_cast<std::uint64_t>(d)));
    while (sgn(u(place)) != 0);
    u(place) = Rational(random.below(2) == 0 ? shape[i] : -shape[i], shape[0]);
  }
  return u;
}

Rational random_eighth(Random& random) {
  Rational x(static_cast<long>(random.below(33)) - 16, 8);
  x.canonicalize();
  return x;
}

/// Random f = sum A_j phi(u_j.x - t_j) and a random centre c: int f(x) (-Lap)^((d+1)/2) G(x-c) dx by quadrature against
/// (2 (2pi)^(d-1))^-1 int side w_d(t - u.c), where the side of f has the masses -A_j c/2 at (u_j, t_j) and (-u_j,
/// -t_j): c = 1 for the total mass sum |A_j| of the printed form, c = 2 (2pi)^(d-1) for the corrected one.
ProcedureResult radon_network(const Parameters& p) {
  const PrecisionScope scope(kRadonBits);
  const Factor factor(p);
  const long instances = p.integer("instances"), neurons = p.integer("neurons");
  require(instances >= 1 && neurons >= 1, "instances and neurons must be at least 1");
  Random random(static_cast<std::uint64_t>(p.integer("seed")));
  ProcedureResult result;
  Judgement judgement(result);
  for (const long d : dimensions(p, 15)) {
    require(d % 2 == 1, "dims: the weak form is evaluated in odd dimensions");
    for (long i = 0; i < instances; ++i) {
      Ball left(0), right(0);
      Vector<Rational> centre(d);
      for (long k = 0; k < d; ++k) centre(k) = random_eighth(random);
      for (long j = 0; j < neurons; ++j) {
        const Vector<Rational> u = random_direction(random, d);
        Rational margin = -random_eighth(random);  // u.c - t
        for (long k = 0; k < d; ++k) margin += u(k) * centre(k);
        const Ball A(random_eighth(random));
        left += A * radon::neuron_pairing(d, margin);
        right -= A * factor.value(d) / radon::normalisation(d) * radon::dual_ridge(d, Ball(margin));
      }
      judgement.see(fmt::format("d = {}, network {}", d, i), left, right);
    }
  }
  result.method = "rigorous quadrature on random networks";
  if (result.detail.empty())
    result.detail = fmt::format("{} random networks and centres, to {} digits", result.instances, kRadonDigits);
  return result;
}

}  // namespace

void add_radon(std::vector<Procedure>& list) {
  list.push_back({"radon_gaussian",
                  "Theorem 3.4 for a Gaussian: the Radon side, what it represents, and its mass",
                  {"dims", "factor"},
                  radon_gaussian});
  list.push_back({"radon_network",
                  "Theorem 3.4 for random finite networks, in weak form",
                  {"dims", "instances", "neurons", "seed", "factor"},
                  radon_network});
}

}  // namespace shatterproof
