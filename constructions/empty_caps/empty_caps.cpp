#include "constructions/empty_caps/empty_caps.hpp"

#include <algorithm>

#include "constructions/common/cap_object.hpp"
#include "constructions/empty_caps/empty_cap_count.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

namespace {

CapObject make_object(const Arguments& arguments, std::uint64_t seed) {
  const long d = arguments.integer("d", 1, 10000), n = arguments.integer("n", 1, kMostNumbers);
  const bool automatic = arguments.text("eps") == "auto";
  const Rational eps = automatic ? default_cap_parameter(d, n) : cap_parameter(arguments, "eps"), h = eps * eps;
  CapObject object;
  object.packing = enumerated_packing(d, eps, arguments.text("family"), n);
  CapFunction& f = object.function;
  f.centres = std::make_shared<const CapCentres>(object.packing.centres);
  f.h = h;
  f.amplitude = arguments.positive("L");
  f.scale = layer_scale(arguments, "form", f.amplitude, h);
  f.signs = sign_vector(arguments, "signs", f.centres->count(), stream_seed(seed, Stream::signs));
  object.sample = sample_ball(n, d, stream_seed(seed, Stream::data));
  object.membership = cap_membership(*f.centres, h, object.sample);
  if (arguments.choice("function", {"empty", "fixed"}) == "empty") {
    for (std::size_t j = 0; j < f.signs.size(); ++j) f.signs[j] *= object.membership.counts[j] == 0;
  }
  object.truth = f;
  if (arguments.text("function") == "empty") std::fill(object.truth.signs.begin(), object.truth.signs.end(), 0);
  require(!f.used().empty(), "empty_caps: every one of the " + object.packing.count.get_str() +
                                 " caps holds a sample: expected a smaller eps or another seed, so that one is empty");
  return object;
}

void add_occupancy(Construction& c, const EmptyCapCount& o, const Rational& L) {
  auto add = [&](const char* name, const Ball& value, const char* meaning) {
    c.quantities.push_back({name, value, meaning});
  };
  const Ball L2 = square(Ball(L));
  add("caps", Ball(o.caps), "m, number of caps");
  add("empty", Ball(o.empty), "|Gamma|, number of caps without a sample (certified)");
  add("most", Ball(o.most), "Zmax, most samples in one cap (certified)");
  add("cap_mass", o.cap_mass, "p, measure P of one cap");
  add("empty_chance", o.empty_chance, "q = (1-p)^n");
  add("expected_empty", o.expected_empty, "m q, expected number of empty caps");
  add("expected_gap", L2 * o.expected_gap, "L^2 a m q: the lower bound on the risk, in expectation, measure P");
  c.claims.push_back(
      {"I.1", "|Gamma| = " + std::to_string(o.empty) + " >= m q/2 = " + short_text(o.expected_empty / Ball(2)),
       certainly_less_or_equal(o.expected_empty / Ball(2), Ball(o.empty)) ? Verdict::supported : Verdict::undecided,
       "one sample; over all samples it fails with probability at most exp(-m kl(q/2||q)) = " +
           short_text(o.low_chance)});
}

void add_empty_claims(Construction& c, const CapObject& object) {
  const Vector<Rational>& y = c.file.data.y;
  const Vector<Rational> values = exact_values(object.function, c.file.network, object.sample);
  const bool file_is_zero = std::all_of(values.begin(), values.end(), [](const Rational& v) { return v == 0; }) &&
                            std::all_of(y.begin(), y.end(), [](const Rational& v) { return v == 0; });
  c.claims.push_back({"I.2", "no neuron is active at any sample, all labels are 0, hence lambda_max = 1 exactly",
                      Verdict::proved,
                      "every sample certainly outside every cap of Gamma; also stable for all eta <= 2"});
  c.claims.push_back({"I.2, file", "the rounded network in the file is 0 at every sample",
                      file_is_zero ? Verdict::proved : Verdict::refuted, "exact rational evaluation"});
  c.claims.push_back({"I.3", "generalisation gap of f_Gamma = L^2 a |Gamma| = " + short_text(norm2(object.function)),
                      object.packing.certified ? Verdict::proved : Verdict::undecided,
                      "population MSE by closed form, sample MSE exactly 0, measure P"});
}

void add_fixed_claims(Construction& c, const CapObject& object, const GramBound& blocks, const Arguments& arguments) {
  if (arguments.text("form") == "balanced") {
    c.claims.push_back(
        {"I.3, repaired", "lambda_max <= 1 + 2 sqrt(2) L Zmax/n = " + short_text(blocks.stated_bound),
         certainly_less_or_equal(blocks.lambda_max, blocks.stated_bound) ? Verdict::proved : Verdict::undecided,
         "block structure of the Gram matrix, Zmax = " + std::to_string(object.membership.most())});
  }
  const Rational eta = arguments.positive("eta");
  c.claims.push_back(
      {"I.3, stability", "f_xi is stable at step size eta = " + to_text_exact(eta) + ": lambda_max <= 2/eta",
       judge_at_most(blocks.lambda_max, Ball(Rational(2 / eta))),
       "lambda_max in [" + short_text(blocks.lambda_max.lower()) + ", " + short_text(blocks.lambda_max.upper()) + "]"});
}

Construction build_empty_caps(const Arguments& arguments, std::uint64_t seed) {
  const long points = arguments.integer("mc", 0, 100'000'000);
  if (points == 1) arguments.reject("mc");
  (void)arguments.positive("eta");
  const CapObject object = make_object(arguments, seed);
  const CapFunction& f = object.function;
  Construction c;
  c.id = "empty_caps";
  c.parameters = {{"d", std::to_string(f.dimension())},
                  {"n", std::to_string(object.sample.count)},
                  {"eps", to_text_exact(object.packing.eps)},
                  {"h", to_text_exact(f.h)},
                  {"family", object.packing.family},
                  {"m", object.packing.count.get_str()},
                  {"L", to_text_exact(f.amplitude)},
                  {"function", arguments.text("function")},
                  {"signs", arguments.text("signs")},
                  {"form", arguments.text("form")},
                  {"eta", to_text_exact(arguments.positive("eta"))},
                  {"seed", std::to_string(seed)}};
  add_problem(c, object);
  add_occupancy(c, count_empty_caps(f.dimension(), f.h, object.membership), f.amplitude);
  add_errors(c, object, points, seed);
  const std::optional<GramBound> blocks = add_lambda_max(c, object);
  if (arguments.text("function") == "empty") {
    add_empty_claims(c, object);
  } else {
    add_fixed_claims(c, object, blocks.value(), arguments);
  }
  return c;
}

}  // namespace

ConstructionKind empty_caps_kind() {
  return {"empty_caps",
          "Propositions I.1 and I.2, Corollary I.3",
          "flat interpolants on the caps that a random sample leaves empty, or fixed on all caps with balanced layers",
          {{"d", "2", "the input dimension, a whole number from 1 to 10000"},
           {"n", "1000", "the number of samples, a whole number from 1 to " + std::to_string(kMostNumbers)},
           {"eps", "auto", "auto (n p = 2/(d+1)), or the cap parameter, a number in (0, 1]"},
           {"family", "best", "best, or the name of a packing family as printed by the command pack"},
           {"L", "1", "a positive number: bound on ||f||_inf, the amplitude"},
           {"function", "empty", "empty (f_Gamma, labels 0) or fixed (f_xi on all caps, its own labels)"},
           {"signs", "plus", "plus, random (seeded), or m signs such as +-+"},
           {"form", "balanced", "balanced (w = s u, s^2 = sqrt(2) L/h^2) or plain (w = u)"},
           {"eta", "19/10", "a positive number: step size of the stability claim on the fixed functions"},
           {"mc", "20000", "points of the Monte Carlo cross-check: 0 for none, else at least 2"}},
          build_empty_caps};
}

}  // namespace shatterproof
