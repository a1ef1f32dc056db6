#pragma once
#include <functional>
#include <string>
#include <vector>

#include "shatterproof/core/verdict.hpp"
#include "shatterproof/flatness/variation.hpp"

namespace shatterproof {

// Theorem 3.2 link by link, for one network and data set (spec flatness-and-weights 4, (A1)-(A5)):
//   |f|_Vg <= S <= (||gbar||^2 - 1)/2 <= lambda_max/2 - 1/2 + max||s_k||/2
//          <= lambda_max/2 - 1/2 + sqrt(R^2+1)/2 sqrt(2L) <= lambda_max/2 - 1/2 + (R+1) sqrt(2L),
// gbar the mean gradient of f over the samples, S = sum |v_k| |w_k| gt(w_k, b_k), s_k = (1/n) sum r_i a_ik (x_i; -1).

/// One inequality left <= right.
struct ChainLink {
  std::string name;
  Ball left, right;
  Ball slack;         ///< right - left, computed without the terms that both sides share
  Verdict verdict;    ///< proved, refuted or undecided
  std::string basis;  ///< what the verdict rests on: "enclosures", "identity" or "links"
};

/// Nonnegative quantities whose sum is the slack of a link, by an identity that is part of the proof. Asked for only
/// when the enclosure of the slack contains 0, as it does wherever the link is an equality.
using SlackTerms = std::function<std::vector<Ball>()>;

/// Judges left <= right. Proved if the slack certainly is >= 0, refuted if it certainly is < 0. If neither, proved by
/// the identity only if the slack is pinned to 0 within 2^-20 (1 + |right|), no term certainly is negative and their
/// sum overlaps the slack: a term or a slack that belongs to something else fails there. Undecided otherwise; always
/// undecided when anything is indeterminate or the slack is not one of right - left.
[[nodiscard]] ChainLink judge_link(std::string name, const Ball& left, const Ball& right, const Ball& slack,
                                   const SlackTerms& terms = {});

/// left <= right where a run of links leads from one to the other: if the enclosures overlap, proved once all of those
/// links are. `of_links` is their conjunction.
[[nodiscard]] ChainLink judge_by_links(std::string name, const Ball& left, const Ball& right, Verdict of_links);

/// Everything the chain is made of, enclosed at the working precision in force.
struct ChainQuantities {
  Ball R;
  Ball lambda_max;
  Ball trace;                ///< of H
  Ball seminorm;             ///< |f|_Vg for the empirical g
  Ball unmerged_sum;         ///< the sum of Example 3.1 as printed
  Ball path_sum;             ///< S
  Ball mean_gradient_norm2;  ///< ||gbar||^2
  Ball max_residual_block;   ///< max_k ||s_k||
  Ball loss;                 ///< L
  bool stationary = false;   ///< the gradient of L is exactly 0

  [[nodiscard]] Ball flatness() const;          ///< lambda_max/2 - 1/2
  [[nodiscard]] Ball right_side_data() const;   ///< with max||s_k||/2
  [[nodiscard]] Ball right_side_sharp() const;  ///< with sqrt(R^2+1)/2 sqrt(2L)
  [[nodiscard]] Ball right_side_paper() const;  ///< with (R+1) sqrt(2L)
};

struct Chain {
  ChainQuantities quantities;
  /// The five links, then |f|_Vg against each of the three right sides; for a stationary theta also S and |f|_Vg
  /// against lambda_max/2 - 1/2.
  std::vector<ChainLink> links;
};

/// The link of that name; PreconditionError if there is none.
[[nodiscard]] const ChainLink& link_named(const Chain& chain, const std::string& name);

/// Checks the chain of a rational problem. lambda_max: an enclosure of the largest Hessian eigenvalue, trusted as such.
/// Classes, stationarity and equality in the fourth link are decided exactly. Requires n >= 1 and all |x_i| <= R, else
/// PreconditionError naming the sample.
[[nodiscard]] Chain check_chain(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                const Ball& lambda_max);

/// Checks the chain of an enclosed problem whose hyperplanes are pairwise distinct. Stationarity is not decided.
[[nodiscard]] Chain check_chain(const Problem<Ball>& problem, const ActivationPattern& pattern, const Ball& lambda_max);

/// The conjunction over all links: refuted if one is, else undecided if one is, else proved.
[[nodiscard]] Verdict verdict_of(const Chain& chain);

}  // namespace shatterproof
