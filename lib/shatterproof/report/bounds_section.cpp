#include "shatterproof/report/bounds_section.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <sstream>

#include "constructions/common/cap_membership.hpp"
#include "constructions/empty_caps/empty_cap_count.hpp"
#include "constructions/empty_caps/empty_cap_table.hpp"
#include "shatterproof/bounds/explicit_chain.hpp"
#include "shatterproof/bounds/search.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof::report {
namespace {

constexpr const char* kGap = "measured_gap";
constexpr const char* kMse = "measured_mse:";  // experiment and group follow
using Kind = ExplicitChain::Kind;
using Side = BoundKind::Side;

/// The kinds in the order in which a legend shows them; upper bounds first.
const std::vector<BoundKind>& kinds() {
  static const std::vector<BoundKind> all{
      {"explicit_gap", "gap, paper's constants", Side::upper, true, "Theorem 3.5, explicit"},
      {"explicit_gap_sharp", "gap, sharp constants", Side::upper, false, "Theorem 3.5 with the sharp Theorem 3.2"},
      {"explicit_mse", "MSE, paper's constants", Side::upper, true, "Theorem 3.6, explicit"},
      {"explicit_mse_sharp", "MSE, sharp constants", Side::upper, false, "Theorem 3.6 with the sharp Theorem 3.2"},
      {"fano_vg_quarter", "Fano, as in the paper", Side::lower, true, "Theorem 3.7, Proposition H.5"},
      {"fano_vg_half", "Fano, constant 1/2", Side::lower, false, "Proposition H.5, improved"},
      {"fano_gv", "Fano, Gilbert code", Side::lower, false, "Proposition H.5, improved"},
      {"assouad_2Q", "Assouad, two points", Side::lower, false, "ours (A1)"},
      {"assouad_mmse", "Assouad, MMSE", Side::lower, false, "ours (A2)"},
      {"one_line_exp", "one line, exponential", Side::lower, false, "ours (A3)"},
      {"one_line_product", "one line, product", Side::lower, false, "ours (A4)"},
      {"empty_caps", "empty caps, any noise", Side::lower, false, "Proposition I.1, ours (A4)"},
      {"bayes_exact", "exact Bayes risk", Side::lower, false, "ours (A5)"},
      {"slab_mmse", "slabs, MMSE", Side::lower, false, "Theorem S"},
      {"slab_sigma_free", "slabs, any noise", Side::lower, false, "Theorem S"},
      {kGap, "gap on empty caps, measured", Side::measured, false, "Corollary I.3"}};
  return all;
}

const BoundKind& kind_of(const std::string& key) {
  return *std::find_if(kinds().begin(), kinds().end(), [&](const BoundKind& k) { return k.key == key; });
}

MinimaxProblem problem_of(const BoundsRequest& request, long d, const Integer& n) {
  MinimaxProblem problem;
  problem.dimension = d, problem.samples = n, problem.sigma = request.sigma;
  return problem;
}

ExplicitChain chain_of(const BoundsRequest& request, long d, const Integer& n, const std::string& key) {
  const MinimaxProblem problem = problem_of(request, d, n);
  ExplicitChain chain;
  chain.kind = key.rfind("explicit_gap", 0) == 0 ? Kind::gap : Kind::mse;
  chain.sharp = !kind_of(key).stated;
  chain.dimension = d, chain.samples = n, chain.eta = request.eta, chain.sigma = request.sigma;
  chain.sup = problem.sup_norm, chain.target_seminorm = problem.seminorm;  // the class of the lower bounds
  return chain;
}

bool is_known(const std::string& key) {
  return std::any_of(kinds().begin(), kinds().end(), [&](const BoundKind& k) { return k.key == key; });
}

/// "key value" of every bound that says something, one a line, with all digits of the doubles.
std::string values_at(const BoundsRequest& request, long d, const Integer& n) {
  std::ostringstream text;
  text.precision(17);
  for (const BoundKind& kind : kinds())
    if (kind.side == Side::upper) {
      const ExplicitChain chain = chain_of(request, d, n, kind.key);
      const double value = approx_best_explicit(chain).value;
      if (value < chain.trivial().mid_double()) text << kind.key << ' ' << value << '\n';
    }
  for (const ChosenBound& chosen : approx_best_lower_bounds(problem_of(request, d, n))) {
    const double value = chosen.bound.value.mid_double();
    if (is_known(chosen.bound.name) && value > 0) text << chosen.bound.name << ' ' << value << '\n';
  }
  return text.str();
}

/// The gap a(h) |Gamma| of the interpolant on the caps that n samples leave empty: mean and range over the replicates,
/// which may be 0; nothing where no packing is built.
std::string measured_gap(const BoundsRequest& request, long d, long n) {
  const PrecisionScope precision(128);
  const Rational eps = default_cap_parameter(d, n), h = eps * eps;
  const Packing packing = best_packing(d, eps);
  if (!packing.certified || !packing.centres) return "";
  const CapCentres centres(packing.centres);
  const double energy = uniform_ball::atom_norm2(d, Ball(h)).mid_double();
  double sum = 0, least = HUGE_VAL, most = 0;
  for (long r = 0; r < request.replicates; ++r) {
    const auto counts = stream_cap_counts(centres, h, n, stream_seed(request.seed, Stream::data, std::size_t(r)));
    const double gap = energy * static_cast<double>(std::count(counts.begin(), counts.end(), 0U));
    sum += gap, least = std::min(least, gap), most = std::max(most, gap);
  }
  std::ostringstream text;
  text.precision(17);
  text << sum / static_cast<double>(request.replicates) << ' ' << least << ' ' << most << '\n';
  return text.str();
}

bool is_measured(const BoundsRequest& request, long d, const Integer& n) {
  return request.replicates > 0 && d >= 2 && d <= 6 && n >= 100 && n <= 100000;
}

BoundPoint point_at(const BoundsRequest& request, long d, const Integer& n) {
  const std::string place = " d=" + std::to_string(d) + " n=" + n.get_str() + " sigma=" + to_text_exact(request.sigma) +
                            " eta=" + to_text_exact(request.eta);
  BoundPoint point{n.get_d(), {}};
  const std::string target = " f0=" + to_text_exact(problem_of(request, d, n).seminorm);
  std::istringstream values(request.remember("bounds" + place + target, [&] { return values_at(request, d, n); }));
  std::string key;
  for (BoundValue bound; values >> key >> bound.value;) point.values[key] = bound;
  if (!is_measured(request, d, n)) return point;
  const std::string what = "measured gap" + place + " replicates=" + std::to_string(request.replicates) +
                           " seed=" + std::to_string(request.seed);
  std::istringstream gap(request.remember(what, [&] { return measured_gap(request, d, n.get_si()); }));
  BoundValue measured;
  double lower = 0, upper = 0;
  if (gap >> measured.value >> lower >> upper) {
    measured.lower = lower, measured.upper = upper;
    point.values[kGap] = measured;
  }
  return point;
}

Integer ten_to_the(int exponent) {
  Integer n = 1;
  for (int i = 0; i < exponent; ++i) n *= 10;
  return n;
}

std::string useful_line(const std::string& key, int exponent) { return key + " 1e" + std::to_string(exponent) + "\n"; }

constexpr int kLastExponent = 60;

/// An upper bound falls with n: searched in floating point, then enclosed there and at the next powers of ten; empty if
/// none of them up to 10^60 is certified.
std::string useful_upper_bound(const BoundsRequest& request, long d, const std::string& key) {
  int vacuous = -1, useful = kLastExponent;
  const auto says = [&](int exponent) {
    const ExplicitChain chain = chain_of(request, d, ten_to_the(exponent), key);
    return approx_best_explicit(chain).value < chain.trivial().mid_double();
  };
  if (!says(useful)) return "";
  while (useful - vacuous > 1) {
    const int middle = (useful + vacuous) / 2;
    (says(middle) ? useful : vacuous) = middle;
  }
  for (const int last = std::min(useful + 2, kLastExponent); useful <= last; ++useful)
    if (best_explicit_bound(chain_of(request, d, ten_to_the(useful), key)).bound.status == BoundStatus::certified)
      return useful_line(key, useful);
  return "";
}

/// The lower bounds that are certainly positive at a power of ten up to 10^4, each with the first such n.
std::string useful_lower_bounds(const BoundsRequest& request, long d) {
  std::string lines;
  std::vector<std::string> found;
  for (int exponent = 0; exponent <= 4; ++exponent)
    for (const ChosenBound& chosen : best_lower_bounds(problem_of(request, d, ten_to_the(exponent)))) {
      const RiskBound& bound = chosen.bound;
      if (!is_known(bound.name) || bound.status != BoundStatus::certified || !certainly_positive(bound.value)) continue;
      if (std::find(found.begin(), found.end(), bound.name) != found.end()) continue;
      found.push_back(bound.name);
      lines += useful_line(bound.name, exponent);
    }
  return lines;
}

void add_nonvacuous(const BoundsRequest& request, Document& document) {
  struct Job {
    long d;
    std::string key, lines;  // no key: all lower bounds
  };
  std::vector<Job> jobs;
  for (const long d : request.dimensions) {
    for (const BoundKind& kind : kinds())
      if (kind.side == Side::upper) jobs.push_back({d, kind.key, ""});
    jobs.push_back({d, "", ""});
  }
  parallel_for(jobs.size(), [&](std::size_t i) {
    const PrecisionScope precision(128);
    Job& job = jobs[i];
    job.lines = request.remember(
        "nonvacuous d=" + std::to_string(job.d) + " " + job.key + " sigma=" + to_text_exact(request.sigma) +
            " eta=" + to_text_exact(request.eta) + " f0=" + to_text_exact(problem_of(request, job.d, 1).seminorm),
        [&] {
          return job.key.empty() ? useful_lower_bounds(request, job.d) : useful_upper_bound(request, job.d, job.key);
        });
  });
  for (const Job& job : jobs) {
    std::istringstream lines(job.lines);
    for (NonVacuous found{job.d, "", ""}; lines >> found.key >> found.n;) document.nonvacuous.push_back(found);
  }
}

/// Only the kinds that occur; those of experiments, which are not in the list, stay and come last.
void set_kinds(Document& document) {
  std::vector<BoundKind> measured;
  for (const BoundKind& kind : document.bound_kinds)
    if (!is_known(kind.key)) measured.push_back(kind);
  document.bound_kinds.clear();
  for (const BoundKind& kind : kinds())
    if (std::any_of(document.bounds.begin(), document.bounds.end(), [&](const Bounds& bounds) {
          return std::any_of(bounds.points.begin(), bounds.points.end(),
                             [&](const BoundPoint& point) { return point.values.count(kind.key) != 0; });
        }))
      document.bound_kinds.push_back(kind);
  document.bound_kinds.insert(document.bound_kinds.end(), measured.begin(), measured.end());
}

/// The kind of what one group of an experiment measured; added to the document unless it is there.
const std::string& measured_kind(const ExperimentEntry& experiment, const SeriesEntry& series, Document& document) {
  const std::string key = kMse + experiment.id + " " + series.group;
  for (const BoundKind& kind : document.bound_kinds)
    if (kind.key == key) return kind.key;
  std::ostringstream label;
  label << "MSE of training, measured: " << experiment.id << ", " << series.group;
  if (series.group.find("eta") == std::string::npos) label << ", eta=" << series.eta;
  document.bound_kinds.push_back({key, label.str(), Side::measured, false, experiment.id});
  return document.bound_kinds.back().key;
}

void add_points(const SeriesEntry& series, const std::string& key, Bounds& bounds) {
  for (const SeriesPoint& measured : series.points) {
    auto place = std::find_if(bounds.points.begin(), bounds.points.end(),
                              [&](const BoundPoint& point) { return point.n >= measured.n; });
    if (place == bounds.points.end() || place->n != measured.n)
      place = bounds.points.insert(place, BoundPoint{measured.n, {}, false});
    place->values[key] = {measured.mse, measured.lower, measured.upper};
  }
}

}  // namespace

std::string remember_nothing(const std::string&, const std::function<std::string()>& job) { return job(); }

void add_bounds(const BoundsRequest& request, Document& document) {
  require(!request.dimensions.empty() && !request.samples.empty(),
          "bounds: expected dimensions and numbers of samples");
  for (const long d : request.dimensions) {
    require_valid(problem_of(request, d, request.samples.front()));
    const ExplicitChain chain = chain_of(request, d, request.samples.front(), "explicit_gap");
    require_valid(chain);
    document.bounds.push_back({d,
                               to_text_exact(request.sigma),
                               to_text_exact(request.eta),
                               to_text_exact(chain.sup),
                               to_text_exact(chain.target_seminorm),
                               to_text_exact(chain.delta),
                               {}});
    document.bounds.back().points.resize(request.samples.size());
  }
  const std::size_t columns = request.samples.size(), all = request.dimensions.size() * columns;
  const std::size_t first = document.bounds.size() - request.dimensions.size();
  std::mutex counting;
  std::size_t done = 0;
  parallel_for(all, [&](std::size_t i) {
    const PrecisionScope precision(128);
    document.bounds[first + i / columns].points[i % columns] =
        point_at(request, request.dimensions[i / columns], request.samples[i % columns]);
    const std::lock_guard lock(counting);
    request.progress(++done, all);
  });
  add_nonvacuous(request, document);
  set_kinds(document);
}

void add_measured_series(Document& document) {
  for (const ExperimentEntry& experiment : document.experiments)
    for (const SeriesEntry& series : experiment.series) {
      if (series.decay > 0) continue;  // another algorithm than the one that the bounds are about
      for (Bounds& bounds : document.bounds)
        if (bounds.d == series.d && parse_rational(bounds.sigma).get_d() == series.sigma)
          add_points(series, measured_kind(experiment, series, document), bounds);
    }
  set_kinds(document);
}

}  // namespace shatterproof::report
