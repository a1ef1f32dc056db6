#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/procedure.hpp"
#include "shatterproof/core/verdict.hpp"

/// What a report says, free of how it is shown: page, LaTeX, CSV, JSON and figures are all made of this.
namespace shatterproof::report {

/// An enclosure as text: decimals rounded outward, or "inf", "-inf".
struct Enclosure {
  std::string lower, upper;
};

struct ClaimEntry {
  std::string id, source, statement;
  Verdict expected = Verdict::undecided;
  bool as_expected = false;
  std::string error;  ///< why it could not be run; empty otherwise
  ProcedureResult result;
  std::vector<std::string> uses, assumes;
  double seconds = 0;
  std::string note;  ///< path of the note, relative to the folder that holds the folder of notes
  int line = 0;
  std::string block;    ///< the text of its block
  std::string formula;  ///< LaTeX of the claim, in mathematics mode; empty unless it is one of the expression language
  std::string recheck;  ///< the command that checks it again
  std::string certificate;  ///< the command that writes its certificate; empty where there is none
};

struct NoteEntry {
  std::string path, title, markdown;
};

/// A best constant as it changes with an integer, beside the one that the paper states.
struct ConstantPoint {
  long value = 0;                   ///< of the variable
  std::optional<Enclosure> stated;  ///< missing where the paper states none
  Enclosure sharp;
  std::optional<double> slack;  ///< how many times the stated one is too weak; < 1: it is wrong; missing: not certain
};
struct Constant {
  std::string claim, name, variable;
  bool supremum = true;  ///< the best constant is the least that will do; else the largest
  std::vector<ConstantPoint> points;
};

/// How many disjoint caps there are: the number known to exist (built, or by the area argument), between the bounds.
struct PackingBoundPoint {
  long d = 0;
  std::string count, lower, upper;  ///< whole numbers
  std::string family, upper_name;
  Enclosure c_lower, c_upper;  ///< eps^(d-1) times count and upper: c_N(d) and what it can be at most
};
struct PackingBounds {
  std::string eps;
  std::vector<PackingBoundPoint> points;
};

/// One line of the bounds against n. Values are floating-point numbers without guarantee.
struct BoundKind {
  enum class Side { upper, lower, measured };
  std::string key, label;
  Side side = Side::lower;
  bool stated = false;  ///< with the paper's constants
  std::string source;
};
struct BoundValue {
  double value = 0;
  std::optional<double> lower, upper;  ///< of what was measured
};
struct BoundPoint {
  double n = 0;
  std::map<std::string, BoundValue>
      values;            ///< by the key of the kind; a bound that is computed and vacuous is missing
  bool computed = true;  ///< false: only measurements are known here, and no bound is vacuous
};
struct Bounds {
  long d = 0;
  std::string sigma, eta;
  std::string sup;       ///< B = M: of |f0|, |f| and |y|
  std::string seminorm;  ///< C: of |f0|_Vg, in upper and lower bounds
  std::string delta;     ///< the upper bounds hold with probability at least 1 - delta
  std::vector<BoundPoint> points;
};
/// A power of ten at which the bound is certified to say something: found by a search in floating point, so perhaps
/// not the least; of lower bounds up to 10^4.
struct NonVacuous {
  long d = 0;
  std::string key, n;
};

using Point = std::vector<double>;

struct PackingPicture {
  long d = 0;
  std::string eps, family, count, max_cosine;
  bool certified = false;
  std::vector<Point> centres, samples;  ///< for drawing, d = 2 and 3
  std::vector<bool> empty;              ///< which caps hold no sample, decided certainly
  std::vector<double> edges;            ///< of the histogram of inner products
  std::vector<long> counts;
  std::string pairs;  ///< which pairs were counted
};

struct ChainLinkEntry {
  std::string name;
  Enclosure left, right, slack;
  Verdict verdict = Verdict::undecided;
};
struct FlatnessEntry {
  std::string name;
  long d = 0, n = 0, neurons = 0;
  std::string eta, two_over_eta, method;
  Enclosure lambda_max;
  Verdict stable = Verdict::undecided;
  std::vector<double> spectrum;  ///< largest first, approximate
  std::vector<ChainLinkEntry> chain;
};

struct RunEntry {
  std::string name, end;
  long d = 0, n = 0, width = 0;
  double eta = 0, decay = 0, sigma = 0;
  std::vector<double> epochs, loss, lambda_max;
  std::optional<double> mse;             ///< to the truth, on the training inputs at the end
  std::vector<double> activation, norm;  ///< of live neurons at the end
};

/// What runs say of a finding: statistics, so neither a proof nor a certified counterexample.
enum class Opinion { agrees, disagrees, open };
[[nodiscard]] constexpr const char* text_of(Opinion opinion) {
  return opinion == Opinion::agrees ? "agrees" : opinion == Opinion::disagrees ? "disagrees" : "open";
}
struct FindingEntry {
  std::string name, statement;
  Opinion opinion = Opinion::open;
  std::string ours, confidence, paper;
};
struct SeriesPoint {
  double n = 0, mse = 0, lower = 0, upper = 0;  ///< median and range over the replicates
};
struct SeriesEntry {
  std::string label, group;  ///< the group of runs within its experiment
  long d = 0;
  double sigma = 0, eta = 0, decay = 0;
  std::vector<SeriesPoint> points;
  double slope = 0, slope_lower = 0, slope_upper = 0;  ///< of log mse on log n, 95 % by bootstrap
};
struct ExperimentEntry {
  std::string id, title, choices, scale, mse_name;
  std::vector<FindingEntry> findings;
  std::vector<SeriesEntry> series;
  long runs = 0, left_out = 0;  ///< all runs, and those in no series because they diverged or their MSE is 0
};

struct Document {
  std::string version, title;
  std::vector<ClaimEntry> claims;
  std::vector<NoteEntry> notes;
  std::vector<Constant> constants;
  std::vector<PackingBounds> packing_bounds;
  std::vector<BoundKind> bound_kinds;
  std::vector<Bounds> bounds;
  std::vector<NonVacuous> nonvacuous;
  std::vector<PackingPicture> packings;
  std::vector<FlatnessEntry> flatness;
  std::vector<RunEntry> runs;
  std::vector<ExperimentEntry> experiments;
};

}  // namespace shatterproof::report
