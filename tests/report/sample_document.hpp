#pragma once
#include "shatterproof/report/document.hpp"

/// Text that upsets whoever forgets to escape it.
inline const char* const kNastyText =
    "50% of $x_i^2 & #3 \\input{secret} {braces} ~tilde ^caret <b>\"quoted\" 'it' | -- [opt] * </script> λ ≤ 1 é ž € 😀";

inline shatterproof::report::ClaimEntry sample_claim(const std::string& id, shatterproof::Verdict verdict) {
  shatterproof::report::ClaimEntry claim;
  claim.id = id, claim.source = "Someone 2025, Lemma 1", claim.statement = kNastyText;
  claim.result.verdict = claim.expected = verdict;
  claim.as_expected = true;
  claim.result.instances = 3;
  claim.note = "notes/a.md", claim.line = 7, claim.block = "id = \"" + id + "\"\n";
  claim.formula = "x_{1} \\le \\frac{1}{2}";
  claim.recheck = "shatterproof verify " + id;
  return claim;
}

/// Every section with something in it, and so many claims.
inline shatterproof::report::Document sample_document(std::size_t claims) {
  using namespace shatterproof;
  using namespace shatterproof::report;
  Document d;
  d.version = "0.1.0", d.title = kNastyText;
  constexpr Verdict kVerdicts[] = {Verdict::proved, Verdict::refuted, Verdict::vacuous, Verdict::supported,
                                   Verdict::undecided};
  for (std::size_t i = 0; i < claims; ++i) {
    d.claims.push_back(sample_claim("paper/E." + std::to_string(i) + "/some_claim", kVerdicts[i % 5]));
    if (i > 0) d.claims.back().uses = {d.claims.front().id};
  }
  d.notes.push_back({"notes/a.md", "A note", "# A note\n\nIt cites Parhi and Nowak 2023.\n"});
  d.constants.push_back({"paper/E.0/some_claim",
                         "a constant",
                         "d",
                         true,
                         {{1, Enclosure{"1", "1"}, {"0.5", "0.5000001"}, 2.0}, {2, {}, {"0.25", "inf"}, {}}}});
  d.packing_bounds.push_back({"1/4",
                              {{2, "8", "7", "8", "polygon", "exact", {"2", "2"}, {"2", "2"}},
                               {3, "24", "9", "25", "code", "area", {"1.5", "1.5"}, {"1.6", "1.6"}}}});
  d.bound_kinds = {{"up", "an upper bound", BoundKind::Side::upper, true, "Theorem 1"},
                   {"low", "a lower bound", BoundKind::Side::lower, false, "ours"},
                   {"seen", "measured_it", BoundKind::Side::measured, false, "runs"}};
  d.bounds.push_back({2,
                      "1",
                      "1/2",
                      "1",
                      "1",
                      "1/20",
                      {{10, {{"low", {0.1, {}, {}}}}},
                       {100, {{"low", {0.01, {}, {}}}, {"up", {3.5, {}, {}}}, {"seen", {0.2, 0.1, 0.3}}}}}});
  d.nonvacuous.push_back({2, "up", "1e2"});
  PackingPicture disc{2,
                      "1/4",
                      "polygon",
                      "2",
                      "-1",
                      true,
                      {{1, 0}, {-1, 0}},
                      {{0.5, 0}, {0.99, 0}},
                      {false, true},
                      {-1.5, -0.5, 0.5},
                      {1, 0},
                      "all pairs"};
  PackingPicture ball = disc;
  ball.d = 3, ball.centres = {{1, 0, 0}, {0, 0, 1}}, ball.samples = {{0, 0, 0.9}};
  d.packings = {disc, ball};
  d.flatness.push_back({"a_network",
                        2,
                        10,
                        3,
                        "1/2",
                        "4",
                        "a method",
                        {"1.5", "1.6"},
                        Verdict::proved,
                        {1.55, 0.5, 1e-20},
                        {{"seminorm <= path sum", {"0.1", "0.2"}, {"0.3", "0.4"}, {"0.1", "0.3"}, Verdict::proved},
                         {"second", {"0.3", "0.4"}, {"0.5", "0.5"}, {"0.1", "0.2"}, Verdict::proved}}});
  d.runs.push_back(
      {"run_1", "all epochs done", 2, 10, 4, 0.5, 0, 1, {0, 100}, {1, 0.5}, {10, 3.9}, 0.1, {0.5, 0.1}, {1, 2}});
  d.experiments.push_back(
      {"E2",
       "slopes & more",
       "choices",
       "small",
       "MSE",
       {{"slope", "it falls", Opinion::agrees, "-1", "0.95", "-0.9"}},
       {{"a_group, d = 2", "a_group", 2, 1, 0.5, 0, {{10, 0.5, 0.4, 0.6}, {100, 0.05, 0.04, 0.06}}, -1, -1.1, -0.9}},
       9,
       1});
  return d;
}
