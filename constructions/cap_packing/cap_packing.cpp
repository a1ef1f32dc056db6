#include "constructions/cap_packing/cap_packing.hpp"

#include <algorithm>

#include "constructions/common/cap_object.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {

namespace {

/// M = min(B, C/(N h^(d+1))) unless given: the largest amplitude in F(B, C).
Rational resolve_amplitude(const Arguments& arguments, const Rational& B, const Rational& C, long caps,
                           const Rational& h, long d) {
  if (arguments.text("amplitude") != "auto") return arguments.positive("amplitude");
  const Rational by_seminorm = C / (caps * power(h, d + 1));
  return std::min(B, by_seminorm);
}

CapFunction resolve_truth(const Arguments& arguments, const CapFunction& f, std::uint64_t seed) {
  CapFunction truth = f;
  const std::string labels = arguments.choice("labels", {"self", "zero", "flip"});
  if (labels == "zero") std::fill(truth.signs.begin(), truth.signs.end(), 0);
  if (labels == "flip") {
    Random random(stream_seed(seed, Stream::truth_signs));
    for (int& sign : truth.signs) sign = random.below(2) == 0 ? -1 : 1;
  }
  return truth;
}

std::vector<double> noise_values(const Rational& sigma, long n, std::uint64_t seed) {
  std::vector<double> values;
  if (sigma == 0) return values;
  Random random(stream_seed(seed, Stream::noise));
  for (long i = 0; i < n; ++i) values.push_back(sigma.get_d() * random.normal());
  return values;
}

CapObject make_object(const Arguments& arguments, const Rational& B, const Rational& C, std::uint64_t seed) {
  const long d = arguments.integer("d", 1, 10000), n = arguments.integer("n", 1, kMostNumbers);
  const Rational eps = cap_parameter(arguments, "eps"), h = eps * eps;
  CapObject object;
  object.noise = arguments.rational("noise");
  if (object.noise < 0) arguments.reject("noise");
  object.packing = enumerated_packing(d, eps, arguments.text("family"), n);
  CapFunction& f = object.function;
  f.centres = std::make_shared<const CapCentres>(object.packing.centres);
  f.h = h;
  f.amplitude = resolve_amplitude(arguments, B, C, f.centres->count(), h, d);
  f.scale = layer_scale(arguments, "form", f.amplitude, h);
  f.signs = sign_vector(arguments, "signs", f.centres->count(), stream_seed(seed, Stream::signs));
  object.truth = resolve_truth(arguments, f, seed);
  object.sample = sample_ball(n, d, stream_seed(seed, Stream::data));
  object.membership = cap_membership(*f.centres, h, object.sample);
  object.noise_values = noise_values(object.noise, n, seed);
  return object;
}

void add_claims(Construction& c, const CapObject& object, const Rational& B, const Rational& C) {
  const CapFunction& f = object.function;
  const Rational seminorm = canonical_seminorm(f);
  const Verdict disjoint = object.packing.certified ? Verdict::proved : Verdict::undecided;
  c.claims.push_back({"H.3", "the N = " + object.packing.count.get_str() + " caps have disjoint interiors", disjoint,
                      object.packing.family + ": " + object.packing.certificate});
  c.claims.push_back({"H.4 (i)", "||f||_inf = M = " + to_text_exact(f.amplitude) + " <= B = " + to_text_exact(B),
                      both(disjoint, f.amplitude <= B ? Verdict::proved : Verdict::refuted),
                      "disjoint supports, 0 <= Phi <= 1 with Phi(u_i) = 1"});
  c.claims.push_back(
      {"H.4 (ii)",
       "|f|_Vg = " + short_text(Ball(seminorm)) + " <= C = " + to_text_exact(C) + " (canonical weight (1-|t|)^(d+2))",
       seminorm <= C ? Verdict::proved : Verdict::refuted, "N M h^(d+1), exact rational"});
  if (f.dimension() >= 2 && 4 * f.h <= 1) {
    const Rational budget = f.centres->count() * power(f.h, f.dimension() + 1);
    c.claims.push_back({"H.4 (ii), budget", "N eps^(2d+2) <= 0.0743 for eps <= 1/2",
                        budget <= Rational(743, 10000) ? Verdict::proved : Verdict::refuted,
                        "N eps^(2d+2) = " + short_text(Ball(budget))});
  }
  c.claims.push_back({"H.4 (iii)", "||f||_P^2 = N M^2 a(h) = " + short_text(norm2(f)), disjoint,
                      "disjoint supports and the closed form of a(h)"});
}

Construction build_cap_packing(const Arguments& arguments, std::uint64_t seed) {
  const Rational B = arguments.positive("B"), C = arguments.positive("C");
  const long points = arguments.integer("mc", 0, 100'000'000);
  if (points == 1) arguments.reject("mc");
  const CapObject object = make_object(arguments, B, C, seed);
  Construction c;
  c.id = "cap_packing";
  const CapFunction& f = object.function;
  c.parameters = {{"d", std::to_string(f.dimension())},
                  {"eps", to_text_exact(object.packing.eps)},
                  {"h", to_text_exact(f.h)},
                  {"family", object.packing.family},
                  {"N", object.packing.count.get_str()},
                  {"amplitude", to_text_exact(f.amplitude)},
                  {"B", to_text_exact(B)},
                  {"C", to_text_exact(C)},
                  {"signs", arguments.text("signs")},
                  {"labels", arguments.text("labels")},
                  {"noise", to_text_exact(object.noise)},
                  {"form", arguments.text("form")},
                  {"n", std::to_string(object.sample.count)},
                  {"seed", std::to_string(seed)}};
  add_problem(c, object);
  add_errors(c, object, points, seed);
  add_claims(c, object, B, C);
  if (const auto blocks = add_lambda_max(c, object); blocks && arguments.text("form") == "balanced") {
    c.claims.push_back({"I.3, repaired", "lambda_max <= 1 + 2 sqrt(2) M Zmax/n = " + short_text(blocks->stated_bound),
                        judge_at_most(blocks->lambda_max.upper(), blocks->stated_bound) == Verdict::proved
                            ? Verdict::proved
                            : Verdict::undecided,
                        "block structure, Zmax = " + std::to_string(object.membership.most())});
  }
  return c;
}

}  // namespace

ConstructionKind cap_packing_kind() {
  return {"cap_packing",
          "Construction H.4",
          "f_xi = M sum_i xi_i Phi_{u_i,h} on disjoint caps, with n samples uniform on the ball",
          {{"d", "2", "the input dimension, a whole number from 1 to 10000"},
           {"eps", "1/4", "the cap parameter, a number in (0, 1]; h = eps^2"},
           {"family", "best", "best, or the name of a packing family as printed by the command pack"},
           {"B", "1", "a positive number: bound on ||f||_inf"},
           {"C", "1", "a positive number: bound on |f|_Vg"},
           {"amplitude", "auto", "auto for M = min(B, C/(N eps^(2d+2))), or a positive number"},
           {"signs", "random", "plus, random (seeded), or N signs such as +-+"},
           {"labels", "self", "self (f interpolates), zero, or flip (another random sign vector)"},
           {"noise", "0", "the noise level sigma, a number >= 0"},
           {"form", "balanced", "balanced (w = s u, s^2 = sqrt(2) M/h^2) or plain (w = u)"},
           {"n", "100", "the number of samples, a whole number from 1 to " + std::to_string(kMostNumbers)},
           {"mc", "20000", "points of the Monte Carlo cross-check: 0 for none, else at least 2"}},
          build_cap_packing};
}

}  // namespace shatterproof
