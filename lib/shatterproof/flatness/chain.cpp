#include "shatterproof/flatness/chain.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/chain_terms.hpp"

namespace shatterproof {
namespace {

using chain_detail::ChainTerms;
using chain_detail::ResidualTerms;

Ball half(const Ball& x) { return x / Ball(2); }
Ball root_mean_square(const Ball& loss) { return sqrt_nonnegative(Ball(2) * loss); }
Ball sharp_constant(const Ball& R) { return half(sqrt(square(R) + Ball(1))); }
Ball paper_constant(const Ball& R) { return R + Ball(1); }

/// (B - A) / (2 (sqrt A + sqrt B)) for the squares A = max ||s_k||^2 <= B = (R^2+1) 2L: exactly 0 if B - A is.
Ball residual_slack(const ChainTerms& terms, const ResidualTerms& residuals) {
  const Ball larger = square(terms.R) + Ball(1);
  const Ball roots = sqrt_nonnegative(residuals.max_block_norm2) + sqrt_nonnegative(larger * residuals.mean_square);
  const Ball difference = residuals.exact_difference ? Ball(*residuals.exact_difference)
                                                     : larger * residuals.mean_square - residuals.max_block_norm2;
  if (residuals.exact_difference && sgn(*residuals.exact_difference) == 0) return Ball(0);
  const Ball slack = difference / (Ball(2) * roots);
  return slack.is_finite()
             ? slack
             : half(sqrt_nonnegative(larger * residuals.mean_square) - sqrt_nonnegative(residuals.max_block_norm2));
}

/// The slack is known to 20 bits of the right side at least: on a wider one the comparison with the identity means
/// little.
bool is_pinned_to_zero(const Ball& slack, const Ball& right) {
  return certainly_less(slack.radius() * Ball(1L << 20), Ball(1) + abs(right));
}

std::vector<Ball> joined(std::vector<Ball> a, const std::vector<Ball>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::vector<ChainLink> five_links(const ChainTerms& t, const ResidualTerms& r, const ChainQuantities& q) {
  const Ball gradient_side = half(q.mean_gradient_norm2 - Ball(1));
  const Ball rms = root_mean_square(q.loss), constant_gap = paper_constant(q.R) - sharp_constant(q.R);
  std::vector<ChainLink> links;
  links.push_back(judge_link("seminorm <= path sum", q.seminorm, q.path_sum, q.path_sum - q.seminorm,
                             [&] { return chain_detail::merging_terms(t); }));
  links.push_back(judge_link("path sum <= mean gradient", q.path_sum, gradient_side, gradient_side - q.path_sum,
                             [&] { return chain_detail::balance_terms(t); }));
  links.push_back(judge_link("mean gradient <= data-dependent", gradient_side, q.right_side_data(),
                             half(q.lambda_max + q.max_residual_block - q.mean_gradient_norm2),
                             [&] { return chain_detail::rayleigh_terms(t, q); }));
  links.push_back(
      judge_link("data-dependent <= sharp", q.right_side_data(), q.right_side_sharp(), residual_slack(t, r)));
  links.push_back(judge_link("sharp <= paper", q.right_side_sharp(), q.right_side_paper(),
                             paper_constant(q.R) * rms - sharp_constant(q.R) * rms,
                             [&] { return std::vector<Ball>{constant_gap * rms}; }));
  return links;
}

std::vector<ChainLink> theorem_forms(const std::vector<ChainLink>& links, const ChainQuantities& q) {
  Verdict so_far = both(both(links[0].verdict, links[1].verdict), links[2].verdict);
  std::vector<ChainLink> forms;
  forms.push_back(judge_by_links("theorem 3.2, data-dependent", q.seminorm, q.right_side_data(), so_far));
  so_far = both(so_far, links[3].verdict);
  forms.push_back(judge_by_links("theorem 3.2, sharp", q.seminorm, q.right_side_sharp(), so_far));
  so_far = both(so_far, links[4].verdict);
  forms.push_back(judge_by_links("theorem 3.2, paper", q.seminorm, q.right_side_paper(), so_far));
  return forms;
}

/// At a stationary point v_k s_k = 0 for every k, so the residual term of the Rayleigh quotient at gbar is exactly 0.
std::vector<ChainLink> stationary_links(const ChainTerms& t, const ChainQuantities& q, Verdict seminorm_link) {
  std::vector<ChainLink> links;
  links.push_back(judge_link(
      "stationary: path sum <= flatness", q.path_sum, q.flatness(), q.flatness() - q.path_sum,
      [&] { return joined(chain_detail::balance_terms(t), chain_detail::stationary_rayleigh_terms(t, q)); }));
  links.push_back(judge_by_links("stationary: seminorm <= flatness", q.seminorm, q.flatness(),
                                 both(seminorm_link, links[0].verdict)));
  return links;
}

Chain assemble(const ChainTerms& terms, const ResidualTerms& residuals, const Ball& lambda_max) {
  Chain chain;
  ChainQuantities& q = chain.quantities;
  q.R = terms.R;
  q.lambda_max = lambda_max;
  q.trace = terms.hessian.trace();
  q.seminorm = terms.seminorm;
  q.unmerged_sum = terms.unmerged_sum;
  q.path_sum = chain_detail::path_sum(terms);
  q.mean_gradient_norm2 = dot(terms.mean_gradient, terms.mean_gradient);
  q.max_residual_block = sqrt_nonnegative(residuals.max_block_norm2);
  q.loss = half(residuals.mean_square);
  q.stationary = residuals.stationary;
  chain.links = five_links(terms, residuals, q);
  const Verdict seminorm_link = chain.links[0].verdict;
  for (ChainLink& link : theorem_forms(chain.links, q)) chain.links.push_back(std::move(link));
  if (q.stationary)
    for (ChainLink& link : stationary_links(terms, q, seminorm_link)) chain.links.push_back(std::move(link));
  return chain;
}

}  // namespace

Ball ChainQuantities::flatness() const { return half(lambda_max - Ball(1)); }
Ball ChainQuantities::right_side_data() const { return flatness() + half(max_residual_block); }
Ball ChainQuantities::right_side_sharp() const { return flatness() + sharp_constant(R) * root_mean_square(loss); }
Ball ChainQuantities::right_side_paper() const { return flatness() + paper_constant(R) * root_mean_square(loss); }

ChainLink judge_link(std::string name, const Ball& left, const Ball& right, const Ball& slack,
                     const SlackTerms& terms) {
  ChainLink link{std::move(name), left, right, slack, Verdict::undecided, "enclosures"};
  if (!left.is_finite() || !right.is_finite() || !slack.overlaps(right - left)) return link;
  if (certainly_less_or_equal(Ball(0), slack)) {
    link.verdict = Verdict::proved;
  } else if (certainly_negative(slack)) {
    link.verdict = Verdict::refuted;
  } else if (terms && is_pinned_to_zero(slack, right)) {
    Ball sum(0);
    bool none_negative = true;
    for (const Ball& term : terms()) {
      none_negative = none_negative && term.is_finite() && !certainly_negative(term);
      sum += term;
    }
    if (none_negative && sum.overlaps(slack)) {
      link.verdict = Verdict::proved;
      link.basis = "identity";
    }
  }
  return link;
}

ChainLink judge_by_links(std::string name, const Ball& left, const Ball& right, Verdict of_links) {
  ChainLink link = judge_link(std::move(name), left, right, right - left);
  if (link.verdict == Verdict::undecided && of_links == Verdict::proved && link.slack.is_finite()) {
    link.verdict = Verdict::proved;
    link.basis = "links";
  }
  return link;
}

const ChainLink& link_named(const Chain& chain, const std::string& name) {
  for (const ChainLink& link : chain.links)
    if (link.name == name) return link;
  throw PreconditionError("the chain has no link '" + name + "'");
}

Chain check_chain(const Problem<Rational>& problem, const ActivationPattern& pattern, const Ball& lambda_max) {
  chain_detail::require_data_in_ball(problem.data);
  const ChainTerms terms = chain_detail::chain_terms(problem, pattern);
  return assemble(terms, chain_detail::residual_terms(problem, terms), lambda_max);
}

Chain check_chain(const Problem<Ball>& problem, const ActivationPattern& pattern, const Ball& lambda_max) {
  chain_detail::require_data_in_ball(problem.data);
  const ChainTerms terms = chain_detail::chain_terms(problem, pattern);
  return assemble(terms, chain_detail::residual_terms(terms), lambda_max);
}

Verdict verdict_of(const Chain& chain) {
  Verdict all = Verdict::proved;
  for (const ChainLink& link : chain.links) all = both(all, link.verdict);
  return all;
}

}  // namespace shatterproof
