// Procedures on Lemma H.3: packings (that many disjoint caps exist), packing_constant (c_N <= 1), closed_caps (the word
// "disjoint" for closed caps).
#include <fmt/format.h>

#include <optional>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

constexpr Bits kPrecision = 192;

struct Instance {
  long d = 0;
  Rational eps;
  [[nodiscard]] std::string text() const { return fmt::format("d={}, eps={}", d, to_text_exact(eps)); }
};

std::vector<Instance> instances_of(const Parameters& parameters) {
  std::vector<Instance> instances;
  for (long d : parameters.integers("dims"))
    for (const std::string& eps : parameters.list("eps")) instances.push_back({d, parse_rational(eps)});
  require(!instances.empty(), "parameters 'dims' and 'eps': no instance is left");
  return instances;
}

/// c_N eps^-(d-1) with the constant that holds for all eps <= 1/2: c_N = (d/c1) (2 sqrt 2)^-(d-1), i.e. the disc bound
/// (d/c1) r^-(d-1) at r = 2 sqrt 2 eps.
Ball claimed_count(const Instance& at) {
  require(at.d >= 2 && at.eps > 0 && at.eps <= Rational(1, 2),
          "Lemma H.3 is for d >= 2 and 0 < eps <= 1/2, not " + at.text());
  const Ball a = Ball(at.d - 1) / Ball(2), half = Ball(1) / Ball(2);
  return Ball(at.d - 1) * beta(a, half) / power(Ball(Rational(8 * at.eps * at.eps)), a);
}

/// proved: a certified packing is at least as large as claimed; refuted: an upper bound is below the claim, or below a
/// certified packing.
Verdict judge(const Packing& packing, const Ball& claimed, const CapCountBound& upper) {
  if (certainly_less(Ball(upper.count), claimed) || (packing.certified && packing.count > upper.count))
    return Verdict::refuted;
  return packing.certified && certainly_less_or_equal(claimed, Ball(packing.count)) ? Verdict::proved
                                                                                    : Verdict::undecided;
}

ProcedureResult run_packings(const Parameters& parameters) {
  const PrecisionScope scope(kPrecision);
  ProcedureResult result;
  result.verdict = Verdict::proved;
  std::optional<Ball> least;
  for (const Instance& at : instances_of(parameters)) {
    const Packing packing = best_packing(at.d, at.eps);
    const Ball claimed = claimed_count(at);
    const CapCountBound upper = best_upper_bound(at.d, at.eps);
    const Verdict verdict = judge(packing, claimed, upper);
    const std::string line =
        fmt::format("{}: claimed {}, built {} ({}), at most {} ({})", at.text(), to_text(claimed, 5).mid,
                    packing.count.get_str(), packing.family, upper.count.get_str(), upper.name);
    result.table.push_back(line);
    ++result.instances;
    if (verdict != Verdict::proved && (result.verdict == Verdict::proved || verdict == Verdict::refuted))
      result.detail = line;
    result.verdict = both(result.verdict, verdict);
    const Ball slack = Ball(packing.count) / claimed;
    if (least && !certainly_less(slack, *least)) continue;
    least = slack;
    result.slack = to_text(slack, 4).mid + "x at " + at.text();
  }
  if (result.verdict == Verdict::proved)
    result.detail = fmt::format("a certified packing of the claimed size was built in each of the {} instances listed",
                                result.instances);
  return result;
}

/// c_N <= 1 says N eps^(d-1) <= 1 for every packing: one certified packing with more refutes it (finding F9).
ProcedureResult run_packing_constant(const Parameters& parameters) {
  const PrecisionScope scope(kPrecision);
  ProcedureResult result;
  result.verdict = Verdict::undecided;
  result.detail = "no packing with N eps^(d-1) > 1 was found in the instances listed; the paper chooses c_N <= 1";
  Rational largest = 0;
  for (const Instance& at : instances_of(parameters)) {
    const Packing packing = best_packing(at.d, at.eps);
    const Rational constant = packing.count * power(at.eps, at.d - 1);
    ++result.instances;
    result.table.push_back(fmt::format("{}: N = {} ({}), N eps^(d-1) = {}", at.text(), packing.count.get_str(),
                                       packing.family, to_text(Ball(constant), 6).mid));
    if (!packing.certified || constant <= 1 || constant <= largest) continue;
    largest = constant;
    result.verdict = Verdict::refuted;
    result.slack = to_text(Ball(constant), 5).mid + " at " + at.text();
    result.detail = fmt::format("{}: {} certified caps ({}), N eps^(d-1) = {} > 1", at.text(), packing.count.get_str(),
                                packing.family, to_text(Ball(constant), 6).mid);
  }
  return result;
}

/// Centres at exactly 2 theta: with m the midpoint direction, (u.m)^2 = (1 + cos 2 theta)/2 = (1-h)^2, so m lies in
/// both closed caps {x : u.x >= 1-h} and in no open one (finding F10). Exact in rationals.
ProcedureResult run_closed_caps(const Parameters& parameters) {
  ProcedureResult result;
  result.verdict = Verdict::undecided;
  result.detail = "the midpoint of two tangent caps is not in both";
  for (const std::string& text : parameters.list("eps")) {
    const Rational eps = parse_rational(text);
    // At eps = 1 the centres are antipodal and m is not defined.
    require(eps > 0 && eps < 1, "parameter 'eps': must be in (0, 1), got " + text);
    const Rational depth = 1 - eps * eps, squared_height = (1 + cosine_of_separation(eps)) / 2;
    ++result.instances;
    if (squared_height < depth * depth) continue;
    result.verdict = Verdict::refuted;
    result.detail =
        fmt::format("eps={}: u.z = {} (angle exactly 2 theta), m = (u+z)/|u+z| has u.m = z.m = {} = 1 - eps^2", text,
                    to_text_exact(cosine_of_separation(eps)), to_text_exact(depth));
  }
  return result;
}

}  // namespace

void add_packings(std::vector<Procedure>& list) {
  list.push_back({"packings",
                  "Lemma H.3: certified packings of the claimed size, below the upper bounds",
                  {"dims", "eps"},
                  run_packings});
  list.push_back({"packing_constant",
                  "whether N eps^(d-1) <= 1 for all packings (c_N <= 1)",
                  {"dims", "eps"},
                  run_packing_constant});
  list.push_back(
      {"closed_caps", "whether closed caps with centres 2 theta apart are disjoint", {"eps"}, run_closed_caps});
}

}  // namespace shatterproof
