#include "shatterproof/rates/check.hpp"

#include <optional>
#include <set>

#include "shatterproof/core/error.hpp"
#include "shatterproof/rates/evaluate.hpp"

namespace shatterproof::rates {
namespace {

/// How a claim fares at one point.
struct Finding {
  enum { holds, fails, no_value } state = no_value;
  std::string sides;  ///< both sides, or why there is no value
};

Finding look(const Block& block, const Statement& claim, std::size_t place, Signs& signs) {
  Evaluator evaluator(block, signs);
  try {
    if (!claim.active.empty()) {
      const std::set<std::string> claimed(claim.active.begin(), claim.active.end());
      const std::set<std::string>& found = evaluator.minimum().active;
      std::string text = "active:";
      for (const std::string& name : found) text += " " + name;
      return {claimed == found ? Finding::holds : Finding::fails, text};
    }
    const Value left = evaluator.value(claim.left), right = evaluator.value(claim.right[place]);
    const bool holds = evaluator.holds(left, claim.relation, right);
    return {holds ? Finding::holds : Finding::fails,
            "left " + to_text(left, signs.point()) + ", right " + to_text(right, signs.point())};
  } catch (const Undefined& e) {
    return {Finding::no_value, e.what()};
  }
}

/// Adds what was found on one cell to the verdict on the claim; the first point that decides is reported.
class Verdicts {
 public:
  explicit Verdicts(ClaimResult& result) : result_(result) { result.verdict = Verdict::proved; }

  void add(const Finding& finding, const Cell& cell) {
    ++result_.cells;
    const std::string where = to_text(cell.sample);
    if (finding.state == Finding::fails) {
      fall_to(Verdict::refuted, "fails at " + where + ": " + finding.sides);
      if (failing_++ < 3) regions_ += (regions_.empty() ? "" : "; ") + cell.text;
    } else if (finding.state == Finding::no_value) {
      fall_to(Verdict::undecided, "no value at " + where + ": " + finding.sides);
    } else if (!cell.settled) {
      fall_to(Verdict::undecided, "a sign that depends on the parameters is not resolved for " + cell.text);
    }
  }

  /// Where it fails, if that is not everywhere.
  void finish() {
    if (result_.verdict == Verdict::refuted && failing_ < result_.cells)
      result_.detail += "; fails for " + regions_ + (failing_ > 3 ? "; ..." : "") + " (" + std::to_string(failing_) +
                        " of " + std::to_string(result_.cells) + " cells)";
  }

 private:
  void fall_to(Verdict verdict, const std::string& detail) {
    if (both(result_.verdict, verdict) == result_.verdict) return;
    result_.verdict = verdict;
    result_.detail = detail;
  }

  ClaimResult& result_;
  std::string regions_;
  long failing_ = 0;
};

ClaimResult check_places(const Block& block, const Statement& claim) {
  ClaimResult result{claim.text, Verdict::undecided, "", 0};
  Verdicts verdicts(result);
  for (std::size_t place = 0; place < claim.at.front().second.size(); ++place) {
    Cell cell;
    for (const auto& [name, values] : claim.at) cell.sample[name] = exact_number(values[place]);
    cell.text = to_text(cell.sample);
    Signs signs(cell.sample);
    verdicts.add(look(block, claim, place, signs), cell);
  }
  verdicts.finish();
  return result;
}

ClaimResult check_everywhere(const Block& block, const Statement& claim) {
  ClaimResult result{claim.text, Verdict::undecided, "", 0};
  Verdicts verdicts(result);
  // With several parameters the first point that fails ends the search: the boxes around it need not settle.
  const bool stop_early = block.parameters.size() > 1;
  std::optional<std::pair<Finding, Cell>> failed;
  const auto run = [&](Signs& signs) {
    if (failed) return;
    const Finding finding = look(block, claim, 0, signs);
    if (stop_early && finding.state == Finding::fails)
      failed = {finding, {signs.point(), to_text(signs.point()), true}};
  };
  const auto cells = decompose(block.parameters, run);
  if (failed) {
    verdicts.add(failed->first, failed->second);
    return result;
  }
  for (const Cell& cell : cells) {
    Signs signs(cell.sample);
    verdicts.add(look(block, claim, 0, signs), cell);
  }
  verdicts.finish();
  return result;
}

constexpr int kShallow = 4;  // boxes are halved less often for what is only shown
constexpr std::size_t kMostPieces = 8;

/// A text that is computed on each cell; cells that follow each other with the same text are written as one line.
std::vector<std::string> by_cell(const Block& block, const std::function<std::string(Evaluator&)>& text_at) {
  const auto text_of = [&](Signs& signs) {
    Evaluator evaluator(block, signs);
    try {
      return text_at(evaluator);
    } catch (const Undefined& e) {
      return std::string("no value: ") + e.what();
    }
  };
  std::vector<std::string> texts, places;
  for (const Cell& cell : decompose(
           block.parameters, [&](Signs& signs) { (void)text_of(signs); }, kShallow)) {
    Signs signs(cell.sample);
    std::string text = text_of(signs);
    if (!cell.settled) text += " (not settled)";
    if (texts.empty() || texts.back() != text) {
      texts.push_back(text);
      places.push_back(cell.text);
    } else {
      places.back() = places.back().substr(0, places.back().find("; ")) + "; ...; " + cell.text;
    }
  }
  if (texts.size() == 1) return texts;
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = places[i] + ": " + texts[i];
  if (texts.size() > kMostPieces) {
    const std::string rest = "... and " + std::to_string(texts.size() - kMostPieces) + " more pieces";
    texts.resize(kMostPieces);
    texts.push_back(rest);
  }
  return texts;
}

std::string optimum_text(const Block& block, Evaluator& evaluator) {
  const Minimum& minimum = evaluator.minimum();
  std::string text = block.minimise + " = " + to_text(minimum.optimum) + (minimum.unique ? "" : " (not unique)");
  std::string active;
  for (const std::string& name : minimum.active) active += (active.empty() ? "" : " and ") + name;
  const bool at_bound = minimum.active.size() == 1;
  text += at_bound ? "; active: " + active : "; balance of " + active;
  for (const Term& term : minimum.at_optimum) text += "; " + term.name + " = " + to_text(term.value);
  return text;
}

std::string domain_text(const Block& block) {
  std::string text = "all real ";
  for (const ParameterRange& range : block.parameters)
    text += (&range == &block.parameters.front() ? "" : ", ") + to_text(range);
  return text;
}

}  // namespace

BlockResult check(const Block& block) {
  BlockResult result;
  result.verdict = Verdict::proved;
  result.domain = domain_text(block);
  for (const Statement& claim : block.claims) {
    result.claims.push_back(claim.at.empty() ? check_everywhere(block, claim) : check_places(block, claim));
    result.verdict = both(result.verdict, result.claims.back().verdict);
  }
  if (!block.minimise.empty())
    result.optimum = by_cell(block, [&](Evaluator& evaluator) { return optimum_text(block, evaluator); });
  for (const auto& [text, node] : block.show)
    for (const std::string& line :
         by_cell(block, [&, &shown = node](Evaluator& evaluator) { return to_text(evaluator.value(shown)); }))
      result.shown.push_back(text + ": " + line);
  return result;
}

}  // namespace shatterproof::rates
