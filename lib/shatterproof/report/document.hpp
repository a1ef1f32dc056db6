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
  std::optional<double> slack;  ///< how many times the stated one is too weak; >= 1 unless it is wrong
};
struct Constant {
  std::string claim, name, variable;
  bool supremum = true;  ///< the best constant is the least that will do; else the largest
  std::vector<ConstantPoint> points;
};

/// How many disjoint caps there are: the packing that is built, between the bounds.
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
  std::map<std::string, BoundValue> values;  ///< by the key of the kind; a vacuous bound is missing
};
struct Bounds {
  long d = 0;
  std::string sigma, eta;
  std::vector<BoundPoint> points;
};
/// From this n on (of a grid) the bound says something, certified there.
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

struct FindingEntry {
  std::string name, statement;
  Verdict verdict = Verdict::undecided;
  std::string ours, confidence, paper;
};
struct SeriesPoint {
  double n = 0, mse = 0, lower = 0, upper = 0;  ///< median and range over the replicates
};
struct SeriesEntry {
  std::string label;
  long d = 0;
  double sigma = 0;
  std::vector<SeriesPoint> points;
  double slope = 0, slope_lower = 0, slope_upper = 0;  ///< of log mse on log n, 95 % by bootstrap
};
struct ExperimentEntry {
  std::string id, title, choices, scale, mse_name;
  std::vector<FindingEntry> findings;
  std::vector<SeriesEntry> series;
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
