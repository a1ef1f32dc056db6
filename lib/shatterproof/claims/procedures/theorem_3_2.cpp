#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "random_problem.hpp"
#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/flatness_report.hpp"

namespace shatterproof {
namespace {

constexpr int kChainDigits = 15;

std::string decimals(const Ball& x) { return fmt::format("{:.4f}", x.mid_double()); }

/// The random instances that most procedures of this file run over.
struct Instances {
  std::vector<long> dims;
  long per_dimension, neurons, samples;
  Rational R;
  Random random;

  explicit Instances(const Parameters& p)
      : dims(p.integers("dims")),
        per_dimension(p.has("instances") ? p.integer("instances") : 20),
        neurons(p.has("neurons") ? p.integer("neurons") : 5),
        samples(p.has("samples") ? p.integer("samples") : 12),
        R(p.has("radius") ? parse_rational(p.text("radius")) : Rational(1)),
        random(static_cast<std::uint64_t>(p.integer("seed"))) {
    require(per_dimension >= 1 && neurons >= 1 && samples >= 1 && R > 0,
            "instances, neurons and samples must be at least 1 and radius positive");
  }
  /// Between 1 and neurons neurons, 1 and samples samples.
  Problem<Rational> draw(long d) {
    const long K = 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(neurons)));
    const long n = 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(samples)));
    return random_problem(random, d, K, n, R);
  }
};

const std::vector<std::string> kInstanceNames{"dims", "instances", "neurons", "samples", "radius", "seed"};

/// Conjunction over random instances: a general theorem is never more than supported by them.
class Tally {
 public:
  void add(const ChainLink& link, long d) {
    if (link.verdict == Verdict::proved) return;
    verdict_ = both(verdict_, link.verdict);
    if (first_.empty())
      first_ = fmt::format("{} in dimension {}: left {}, right {}", link.name, d, to_text(link.left, 12).mid,
                           to_text(link.right, 12).mid);
  }
  void add_ratio(const Ball& left, const Ball& right) {
    if (!certainly_positive(left)) return;
    tightest_ = std::min(tightest_, (right / left).lower_double());
  }
  /// The smallest right/left seen, rounded down.
  [[nodiscard]] std::string tightest() const {
    return std::isfinite(tightest_) ? fmt::format("tightest right/left {:.3f}", std::floor(tightest_ * 1e3) / 1e3)
                                    : "no instance bends";
  }
  [[nodiscard]] ProcedureResult result(long instances, std::string slack, const std::string& detail) const {
    return {verdict_, instances, std::move(slack), first_.empty() ? detail : first_, {}};
  }

 private:
  Verdict verdict_ = Verdict::supported;
  std::string first_;
  double tightest_ = std::numeric_limits<double>::infinity();
};

ProcedureResult run_theorem(const Parameters& parameters) {
  Instances instances(parameters);
  const std::string constant = parameters.text("constant");
  require(constant == "paper" || constant == "sharp" || constant == "data-dependent",
          "parameter 'constant': expected paper, sharp or data-dependent");
  Tally tally;
  long count = 0;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i, ++count) {
      const FlatnessReport report = report_flatness(instances.draw(d), kChainDigits);
      for (const ChainLink& link : report.chain.links) tally.add(link, d);
      const ChainLink& theorem = link_named(report.chain, "theorem 3.2, " + constant);
      tally.add_ratio(theorem.left, theorem.right);
    }
  const Ball R(instances.R), sharp = sqrt(square(R) + Ball(1)) / Ball(2);
  const std::string slack = constant == "paper" ? decimals((R + Ball(1)) / sharp) + "x" : "";
  return tally.result(count, slack, "every link certified; " + tally.tightest());
}

ProcedureResult run_corollary(const Parameters& parameters) {
  Instances instances(parameters);
  Tally tally;
  long count = 0;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i, ++count) {
      const FlatnessReport report = report_flatness(instances.draw(d), kChainDigits);
      const ChainLink& corollary = link_named(report.chain, "corollary 3.3");
      tally.add(link_named(report.chain, "flatness <= 1/eta - 1/2"), d);
      tally.add(corollary, d);
      tally.add_ratio(corollary.left, corollary.right);
    }
  return tally.result(count, "", "at the largest certified stable step; " + tally.tightest());
}

ProcedureResult run_stationary(const Parameters& parameters) {
  Instances instances(parameters);
  Tally tally;
  long count = 0;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i, ++count) {
      const long K = 1 + static_cast<long>(instances.random.below(static_cast<std::uint64_t>(instances.neurons)));
      Problem<Rational> problem = random_problem(instances.random, d, K, K * (d + 1) + 3, instances.R);
      if (!make_stationary(instances.random, problem, activation_pattern(problem)))
        throw UndecidedError("no residual solves the stationarity conditions");
      const Chain chain = report_flatness(problem, kChainDigits).chain;
      require(chain.quantities.stationary, "the instance is not stationary");
      for (const ChainLink& link : chain.links) tally.add(link, d);
      const ChainLink& form = link_named(chain, "stationary: seminorm <= flatness");
      tally.add_ratio(form.left, form.right);
    }
  return tally.result(count, "the residual term is not needed",
                      "gradient exactly 0, residuals not; " + tally.tightest());
}

/// The extremal family on the line (spec 4): n - 1 samples at R with residual -rho, one at -R with residual 0, one
/// balanced neuron whose threshold lies eps = R/n^2 below R. c = w^2 eps^2 + v^2 (R^2+1) is about 2.1 rho sqrt(R^2+1).
Problem<Rational> extremal_problem(const Rational& R, long n, const Rational& rho) {
  const Rational eps = R / (Rational(n) * n);
  const Ball length = sqrt(square(Ball(R)) + Ball(1));
  const Ball c = Ball::decimal("2.1") * Ball(rho) * length;
  const Rational height = sqrt(c / Ball(2)).mid().lower_rational();  // w eps; any rational near it will do
  const Rational v = (Ball(height) / length).mid().lower_rational();
  Problem<Rational> p{
      {Matrix<Rational>::Constant(1, 1, Rational(height / eps)),
       Vector<Rational>::Constant(1, Rational(height / eps * (R - eps))), Vector<Rational>::Constant(1, v), 0},
      {Matrix<Rational>::Constant(n, 1, R), Vector<Rational>::Constant(n, Rational(v * height + rho)), R}};
  p.data.X(n - 1, 0) = -R;
  p.data.y(n - 1) = 0;
  return p;
}

/// (|f|_Vg - lambda_max/2 + 1/2) / sqrt(2L): the constant that this network needs in Theorem 3.2.
Ball enclose_needed_constant(const Problem<Rational>& problem) {
  const ActivationPattern pattern = activation_pattern(problem);
  const Ball lambda = enclose_lambda_max(ball_problem(problem), pattern, kChainDigits).value;
  PrecisionScope scope(128);
  const ChainQuantities q = check_chain(problem, pattern, lambda).quantities;
  return (q.seminorm - q.flatness()) / sqrt(Ball(2) * q.loss);
}

ProcedureResult run_extremal(const Parameters& parameters) {
  const Rational share = parse_rational(parameters.text("share"));
  const long n = parameters.integer("samples");
  require(n >= 2 && n <= 100000, "parameter 'samples': expected 2 to 100000");
  ProcedureResult result{.verdict = Verdict::supported};
  double least = std::numeric_limits<double>::infinity();
  for (const std::string& text : parameters.list("radii")) {
    const Rational R = parse_rational(text);
    require(R > 0, "parameter 'radii': expected positive numbers");
    PrecisionScope scope(128);
    const Ball sharp = sqrt(square(Ball(R)) + Ball(1)) / Ball(2);
    const Ball needed = enclose_needed_constant(extremal_problem(R, n, 10000));
    const Ball claimed = Ball(share) * sharp;
    ++result.instances;
    least = std::min(least, (needed / sharp).lower_double());
    result.table.push_back(fmt::format("R = {}: needs {} of {} ({} claimed)", text, to_text(needed, 6).lower,
                                       decimals(sharp), decimals(claimed)));
    if (certainly_less(claimed, needed)) {
      result.verdict = Verdict::refuted;
    } else if (!certainly_less_or_equal(needed, claimed)) {
      result.verdict = both(result.verdict, Verdict::undecided);
    }
  }
  result.slack = fmt::format("needed: at least {:.4f} of sqrt(R^2+1)/2", std::floor(least * 1e4) / 1e4);
  result.detail = result.table.front() + fmt::format("; one neuron, {} samples", n);
  return result;
}

/// f = 2 phi(s) - 2 phi(-s) = 2 s: affine, so |f|_Vg = 0, while the printed sum over (distinct) neurons is positive.
ProcedureResult run_unmerged(const Parameters& parameters) {
  Random random(static_cast<std::uint64_t>(parameters.integer("seed")));
  ProcedureResult result{.verdict = Verdict::supported};
  for (const long d : parameters.integers("dims")) {
    Problem<Rational> p = random_problem(random, d, 1, 8, 1);
    Network<Rational>& f = p.network;
    f.W.conservativeResize(2, d);
    f.b.conservativeResize(2);
    f.W.row(1) = -f.W.row(0);
    f.b(1) = -f.b(0);
    f.v = Vector<Rational>(2);
    f.v(0) = 2;
    f.v(1) = -2;
    const std::vector<NeuronClass> classes = neuron_classes(f, 1);
    const Vector<Ball> weights = empirical_weights(to_ball(p), activation_pattern(p));
    const Ball merged = enclose_variation_seminorm(classes, weights);
    const Ball printed = enclose_unmerged_sum(to_ball(p).network.v, weights);
    ++result.instances;
    if (!certainly_less(merged, printed)) continue;
    result.verdict = Verdict::refuted;
    result.table.push_back(fmt::format("d = {}: the printed sum is {}, the seminorm is exactly {}", d,
                                       to_text(printed, 10).lower, to_text(merged, 10).mid));
  }
  if (!result.table.empty()) result.detail = "2 phi(s) - 2 phi(-s) = 2 s; " + result.table.front();
  return result;
}

}  // namespace

void add_theorem_3_2(std::vector<Procedure>& list) {
  std::vector<std::string> with_constant = kInstanceNames;
  with_constant.push_back("constant");
  list.push_back(
      {"theorem_3_2", "every link of Theorem 3.2's chain on random rational networks", with_constant, run_theorem});
  list.push_back({"corollary_3_3", "Corollary 3.3 at the largest certified stable step of random rational networks",
                  kInstanceNames, run_corollary});
  list.push_back({"theorem_3_2_stationary",
                  "the chain without residual term at random stationary points that do not interpolate",
                  {"dims", "instances", "neurons", "samples", "radius", "seed"},
                  run_stationary});
  list.push_back({"theorem_3_2_extremal",
                  "whether a share of the constant sqrt(R^2+1)/2 suffices for the extremal network",
                  {"radii", "share", "samples"},
                  run_extremal});
  list.push_back({"example_3_1_unmerged",
                  "whether Example 3.1's sum is the seminorm when antipodal neurons are not merged",
                  {"dims", "seed"},
                  run_unmerged});
}

}  // namespace shatterproof
