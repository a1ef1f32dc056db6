#include "constructions/slab_packing/slab_packing.hpp"

#include "constructions/common/cap_object.hpp"
#include "constructions/slab_packing/hat_ridges.hpp"
#include "shatterproof/bounds/slab_bayes.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {

namespace {

struct SlabObject {
  Packing packing;
  SlabFamily family;
  Rational amplitude;                   ///< as asked for; family.amplitude is the largest admissible one
  std::vector<std::vector<int>> signs;  ///< one list a cap
  BallSample sample;
  std::vector<double> noise;

  [[nodiscard]] long caps() const { return static_cast<long>(signs.size()); }
};

SlabObject make_slab_object(const Arguments& arguments, std::uint64_t seed) {
  SlabObject object;
  const long d = arguments.integer("d", 1, 10000), n = arguments.integer("n", 1, kMostNumbers);
  const long K = arguments.integer("K", 1, 1000);
  const Rational eps = cap_parameter(arguments, "eps");
  if (eps == 1) arguments.reject("eps", "a number in (0, 1): at eps = 1 opposite ridges are the same");
  const Rational sigma = arguments.rational("sigma");
  if (sigma < 0) arguments.reject("sigma", "a number >= 0");
  object.packing = enumerated_packing(d, eps, arguments.text("family"), n);
  const long N = object.packing.count.get_si();
  require_memory(n, N * 2 * K, d);
  const MinimaxProblem problem{d, n, sigma, arguments.positive("B"), arguments.positive("C")};
  object.family = make_slab_family(problem, Rational(eps * eps), K, N);
  object.amplitude = arguments.text("amplitude") == "auto" ? object.family.amplitude : arguments.positive("amplitude");
  const std::vector<int> all = sign_vector(arguments, "signs", N * K, stream_seed(seed, Stream::signs));
  for (long i = 0; i < N; ++i) object.signs.emplace_back(all.begin() + i * K, all.begin() + (i + 1) * K);
  object.sample = sample_ball(n, d, stream_seed(seed, Stream::data));
  if (sigma > 0) {
    Random random(stream_seed(seed, Stream::noise));
    for (long i = 0; i < n; ++i) object.noise.push_back(sigma.get_d() * random.normal());
  }
  return object;
}

/// w = u_i, b and v as the ridges say; the centres in the given scalar.
template <class Scalar>
Network<Scalar> slab_network(const SlabObject& object, const Matrix<Scalar>& centres) {
  const long per_cap = 2 * object.family.slabs, neurons = object.caps() * per_cap;
  Network<Scalar> network{Matrix<Scalar>(neurons, centres.cols()), Vector<Scalar>(neurons), Vector<Scalar>(neurons),
                          Scalar(0)};
  for (long i = 0; i < object.caps(); ++i) {
    const HatRidges ridges = hat_ridges(object.family.depth, object.signs[static_cast<std::size_t>(i)]);
    for (long j = 0; j < per_cap; ++j) {
      const auto at = static_cast<std::size_t>(j);
      network.W.row(i * per_cap + j) = centres.row(i);
      network.b(i * per_cap + j) = Scalar(ridges.thresholds[at]);
      network.v(i * per_cap + j) = Scalar(Rational(object.amplitude * ridges.slope_changes[at]));
    }
  }
  return network;
}

/// Every weight a double; the labels are the exact values of that network.
Problem<Rational> slab_file(const SlabObject& object) {
  const Matrix<Ball> enclosed = object.packing.centres();
  Matrix<Rational> centres(enclosed.rows(), enclosed.cols());
  for (long k = 0; k < enclosed.size(); ++k) centres(k) = exact_rational(enclosed(k).mid_double());
  Network<Rational> network = slab_network(object, centres);
  for (Vector<Rational>* weights : {&network.b, &network.v})
    for (Rational& weight : *weights) weight = exact_rational(Ball(weight).mid_double());
  const Matrix<Rational> X = exact_matrix<Rational>(object.sample);
  Vector<Rational> y(X.rows());
  for (long i = 0; i < y.size(); ++i) {
    y(i) = value_at(network, Vector<Rational>(X.row(i).transpose()));
    if (!object.noise.empty()) y(i) += exact_rational(object.noise[static_cast<std::size_t>(i)]);
  }
  return {network, {X, y, Rational(1)}};
}

Problem<Ball> slab_ideal(const SlabObject& object) {
  const Matrix<Ball> centres = object.packing.centres(), X = exact_matrix<Ball>(object.sample);
  Vector<Ball> y(X.rows());
  for (long i = 0; i < y.size(); ++i) {
    Ball sum(0);
    for (long cap = 0; cap < object.caps(); ++cap) {
      Ball t(0);
      for (long k = 0; k < X.cols(); ++k) t.add_product(centres(cap, k), X(i, k));
      sum += hat_sum(object.family.depth, object.signs[static_cast<std::size_t>(cap)], t);
    }
    y(i) = Ball(object.amplitude) * sum;
    if (!object.noise.empty()) y(i) += Ball::exact(object.noise[static_cast<std::size_t>(i)]);
  }
  return {slab_network(object, centres), {X, y, Ball(1)}};
}

/// |f_xi|_Vg for these signs: the ridges of different caps are different, and no two of them are opposite (t > 0).
Rational measured_seminorm(const SlabObject& object) {
  Rational sum = 0;
  for (const auto& signs : object.signs)
    sum += hat_ridges(object.family.depth, signs).canonical_seminorm(object.family.problem.dimension);
  return Rational(object.amplitude * sum);
}

void add_slab_bounds(Construction& c, const SlabObject& object) {
  if (!object.packing.certified) {
    c.notes.push_back("No lower bound is stated: the caps are not certified to be disjoint.");
    return;
  }
  SlabFamily family = object.family;
  if (object.amplitude > family.amplitude) {
    c.notes.push_back("No lower bound is stated: at this amplitude not every f_xi is in the class.");
    return;
  }
  family.amplitude = object.amplitude;
  constexpr long kMostExactSlabs = 40;
  std::vector<RiskBound> bounds{slab_mmse(family), slab_two_point(family), slab_exp(family), slab_sigma_free(family)};
  if (family.slabs <= kMostExactSlabs) bounds.push_back(slab_bayes_exact(family));
  for (const RiskBound& bound : bounds)
    if (bound.status == BoundStatus::certified)
      c.quantities.push_back(
          {bound.name, bound.value, "lower bound of the minimax risk over F(B, C), measure P: " + bound.source});
}

void add_slab_quantities(Construction& c, const SlabObject& object, const Rational& seminorm) {
  const SlabFamily& family = object.family;
  Ball norm2(0);
  for (const Ball& b : family.hat_norms2()) norm2 += b;
  norm2 *= Ball(family.caps) * square(Ball(object.amplitude));
  const Rational budget =
      family.caps * object.amplitude * slab_seminorm(family.problem.dimension, family.depth, family.slabs);
  c.quantities.push_back({"sup_norm", Ball(object.amplitude), "sup |f| on the ball, taken at the tops of the hats"});
  c.quantities.push_back({"seminorm_canonical", Ball(seminorm), "|f_xi|_Vg of these signs, exact"});
  c.quantities.push_back({"seminorm_bound", Ball(budget), "M N T(h, K): the largest |f_xi|_Vg over all signs, exact"});
  c.quantities.push_back({"norm2_P", norm2, "||f||^2 = N M^2 sum_k b_k, measure P"});
}

void add_slab_claims(Construction& c, const SlabObject& object, const Rational& seminorm) {
  const MinimaxProblem& problem = object.family.problem;
  const Verdict disjoint = object.packing.certified ? Verdict::proved : Verdict::undecided;
  c.claims.push_back({"H.3", "the N = " + object.packing.count.get_str() + " caps have disjoint interiors", disjoint,
                      object.packing.family + ": " + object.packing.certificate});
  c.claims.push_back(
      {"S (1)", "||f||_inf = M = " + short_text(Ball(object.amplitude)) + " <= B = " + to_text_exact(problem.sup_norm),
       both(disjoint, object.amplitude <= problem.sup_norm ? Verdict::proved : Verdict::refuted),
       "disjoint slabs, hats of height 1"});
  c.claims.push_back({"S (2), these signs",
                      "|f_xi|_Vg = " + short_text(Ball(seminorm)) + " <= C = " + to_text_exact(problem.seminorm),
                      seminorm <= problem.seminorm ? Verdict::proved : Verdict::refuted,
                      "sum of |slope change| (1-t)^(d+2) over the ridges, exact rational"});
  const Rational budget = object.family.caps * object.amplitude *
                          slab_seminorm(problem.dimension, object.family.depth, object.family.slabs);
  c.claims.push_back({"S (2), all signs", "M N T(h, K) = " + short_text(Ball(budget)) + " <= C",
                      budget <= problem.seminorm ? Verdict::proved : Verdict::refuted, "exact rational"});
  c.claims.push_back({"S (2), these signs below all signs", "|f_xi|_Vg <= M N T(h, K)",
                      seminorm <= budget ? Verdict::proved : Verdict::refuted, "exact rational"});
}

Construction build_slab_packing(const Arguments& arguments, std::uint64_t seed) {
  const PrecisionScope scope(96);
  const SlabObject object = make_slab_object(arguments, seed);
  const MinimaxProblem& problem = object.family.problem;
  Construction c;
  c.id = "slab_packing";
  c.parameters = {{"d", std::to_string(problem.dimension)},
                  {"eps", to_text_exact(object.packing.eps)},
                  {"h", to_text_exact(object.family.depth)},
                  {"family", object.packing.family},
                  {"N", object.packing.count.get_str()},
                  {"K", std::to_string(object.family.slabs)},
                  {"amplitude", to_text_exact(object.amplitude)},
                  {"B", to_text_exact(problem.sup_norm)},
                  {"C", to_text_exact(problem.seminorm)},
                  {"sigma", to_text_exact(problem.sigma)},
                  {"signs", arguments.text("signs")},
                  {"n", std::to_string(object.sample.count)},
                  {"seed", std::to_string(seed)}};
  c.dimension = problem.dimension;
  c.samples = object.sample.count;
  c.file = slab_file(object);
  c.neurons = c.file.network.neurons();
  c.ideal = [object] { return slab_ideal(object); };
  const Rational seminorm = measured_seminorm(object);
  add_slab_quantities(c, object, seminorm);
  add_slab_bounds(c, object);
  add_slab_claims(c, object, seminorm);
  c.notes.push_back(
      "The file holds W, b and v rounded to the nearest double; its labels are the exact values of that network (plus "
      "noise). An .npz file also rounds the labels.");
  return c;
}

}  // namespace

ConstructionKind slab_packing_kind() {
  return {"slab_packing",
          "Theorem S (ours)",
          "K hats along the axis of each of N disjoint caps, with the exact Bayes risk of random signs",
          {{"d", "2", "the input dimension, a whole number from 1 to 10000"},
           {"eps", "1/4", "the cap parameter, a number in (0, 1); h = eps^2"},
           {"family", "best", "best, or the name of a packing family as printed by the command pack"},
           {"K", "4", "hats a cap, a whole number from 1 to 1000"},
           {"B", "1", "a positive number: bound on ||f||_inf"},
           {"C", "1", "a positive number: bound on |f|_Vg"},
           {"amplitude", "auto", "auto for M = min(B, C/(N T(h, K))), or a positive number"},
           {"sigma", "1", "the noise level, a number >= 0"},
           {"signs", "random", "plus, random (seeded), or N K signs such as +-+, cap by cap from the sphere inward"},
           {"n", "100", "the number of samples, a whole number from 1 to " + std::to_string(kMostNumbers)}},
          build_slab_packing};
}

}  // namespace shatterproof
