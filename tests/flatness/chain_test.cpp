#include "shatterproof/flatness/chain.hpp"

#include "chain_support.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"

using namespace shatterproof;
using namespace chain_support;

namespace {

Ball wide(const char* lower, const char* upper) { return Ball::interval(Ball::decimal(lower), Ball::decimal(upper)); }

/// One neuron on one sample of the line, interpolated and balanced: every link up to the third is an equality.
/// x = 3/4: zeta = (1, 3/4) has norm 5/4; w s = h = w x - b and |v| ||zeta|| = h balance.
Problem<Rational> equality_case() {
  const Rational h(1, 3), v = h * Rational(4, 5), w(1), b = Rational(3, 4) - h;
  return {{matrix_of({{"1"}}), Vector<Rational>::Constant(1, b), Vector<Rational>::Constant(1, v), Rational(0)},
          {matrix_of({{"3/4"}}), Vector<Rational>::Constant(1, Rational(v * h)), 1}};
}

}  // namespace

TEST_CASE("the chain of the reference networks: every number and every link") {
  PrecisionScope scope(256);
  for (const auto& network : reference_networks()) {
    const Problem<Rational> p = problem_of(network["input"]);
    const auto& wanted = network["output"];
    const Chain chain = check_chain(p, activation_pattern(p), reference(wanted["lambda_max_H"]));
    const ChainQuantities& q = chain.quantities;
    CHECK(agrees(q.seminorm, wanted["Vg_norm"]));
    CHECK(agrees(q.unmerged_sum, wanted["naive_unmerged_sum_g"]));
    CHECK(agrees(q.path_sum, wanted["path_sum_gt"]));
    CHECK(agrees(q.mean_gradient_norm2, wanted["mean_grad_norm2"]));
    CHECK(agrees(q.loss, wanted["L"]));
    CHECK(agrees_to_37(q.right_side_data(), wanted["rhs_data"]));
    CHECK(agrees_to_37(q.right_side_sharp(), wanted["rhs_sharp"]));
    CHECK(agrees_to_37(q.right_side_paper(), wanted["rhs_paper"]));
    CHECK(chain.links.size() == 8);
    for (const ChainLink& link : chain.links) CHECK(link.verdict == Verdict::proved);
    // The largest residual block, against the list of all of them.
    Ball largest(0);
    for (const auto& s : wanted["s_norms"]) largest = max(largest, reference(s));
    CHECK(certainly_less(abs(q.max_residual_block - largest), Ball::decimal("1e-37")));
  }
}

TEST_CASE("the mean gradient is the gradient of the loss when every residual is 1") {
  PrecisionScope scope(256);
  for (const auto& network : reference_networks()) {
    Problem<Rational> p = problem_of(network["input"]);
    const ActivationPattern pattern = activation_pattern(p);
    const Vector<Rational> f = values(p, pattern);
    for (Eigen::Index i = 0; i < f.size(); ++i) p.data.y(i) = f(i) - 1;
    const Vector<Rational> g = gradient(p, pattern);
    Rational norm2 = 0;
    for (Eigen::Index j = 0; j < g.size(); ++j) norm2 += g(j) * g(j);
    CHECK(check_chain(p, pattern, Ball(1000)).quantities.mean_gradient_norm2.contains(norm2));
  }
}

TEST_CASE("a largest eigenvalue that is too small is refuted") {
  PrecisionScope scope(128);
  const auto network = reference_networks().front();
  const Problem<Rational> p = problem_of(network["input"]);
  const ActivationPattern pattern = activation_pattern(p);
  const Chain chain = check_chain(p, pattern, Ball::decimal("1.5"));
  CHECK(link_named(chain, "mean gradient <= data-dependent").verdict == Verdict::refuted);
  CHECK(verdict_of(chain) == Verdict::refuted);
}

TEST_CASE("an enclosure too wide to tell leaves the links that use it undecided") {
  PrecisionScope scope(128);
  const Problem<Rational> p = problem_of(reference_networks().front()["input"]);
  const ActivationPattern pattern = activation_pattern(p);
  const Chain chain = check_chain(p, pattern, wide("1", "9"));
  CHECK(link_named(chain, "path sum <= mean gradient").verdict == Verdict::proved);
  CHECK(link_named(chain, "mean gradient <= data-dependent").verdict == Verdict::undecided);
  const Chain none = check_chain(p, pattern, Ball::indeterminate());
  CHECK(link_named(none, "mean gradient <= data-dependent").verdict == Verdict::undecided);
  CHECK(link_named(none, "theorem 3.2, paper").verdict == Verdict::undecided);
  CHECK(verdict_of(none) == Verdict::undecided);
}

TEST_CASE("equality is proved by the identity only, and only by one that fits") {
  const Ball zero = wide("-1e-30", "1e-30"), one(1);
  CHECK(judge_link("tie", one, one + zero, zero).verdict == Verdict::undecided);
  CHECK(judge_link("tie", one, one + zero, zero, [&] { return std::vector<Ball>{zero}; }).basis == "identity");
  // A sum that belongs to something else, a negative term, an indeterminate term, a slack that is not right - left.
  const auto verdict = [&](std::vector<Ball> terms) {
    return judge_link("tie", one, one + zero, zero, [&] { return terms; }).verdict;
  };
  CHECK(verdict({Ball(1)}) == Verdict::undecided);
  CHECK(verdict({Ball(-1), Ball(1)}) == Verdict::undecided);
  CHECK(verdict({Ball::indeterminate()}) == Verdict::undecided);
  CHECK(judge_link("other", one, one, Ball(1)).verdict == Verdict::undecided);
  CHECK(judge_link("nan", Ball::indeterminate(), one, Ball(1)).verdict == Verdict::undecided);
  CHECK(judge_link("nan", one, one, Ball::indeterminate()).verdict == Verdict::undecided);
  CHECK(judge_link("false", Ball(2), one, Ball(-1)).verdict == Verdict::refuted);
}

TEST_CASE("a single balanced interpolated sample: equality all along the chain") {
  PrecisionScope scope(160);
  const Problem<Rational> p = equality_case();
  const ActivationPattern pattern = activation_pattern(p);
  // n = 1 and no residual: H has rank one, lambda_max = ||gbar||^2 = 1 + 2 h^2.
  const Ball lambda = Ball(Rational(11, 9)) + wide("-1e-40", "1e-40");
  const Chain chain = check_chain(p, pattern, lambda);
  CHECK(chain.quantities.stationary);
  CHECK(link_named(chain, "path sum <= mean gradient").basis == "identity");
  CHECK(link_named(chain, "mean gradient <= data-dependent").basis == "identity");
  CHECK(link_named(chain, "stationary: path sum <= flatness").basis == "identity");
  for (const ChainLink& link : chain.links) {
    INFO(link.name);
    CHECK(link.verdict == Verdict::proved);
  }
  // The same identity with an eigenvalue that is certainly too small does not certify.
  const Chain wrong = check_chain(p, pattern, lambda - Ball::decimal("1e-20"));
  CHECK(link_named(wrong, "mean gradient <= data-dependent").verdict == Verdict::refuted);
}

TEST_CASE("the fourth link is decided exactly where it is an equality") {
  // One sample on the boundary of the ball: ||s|| = |r| sqrt(R^2 + 1).
  const Problem<Rational> p{{matrix_of({{"1/3"}}), vector_of({"1/7"}), vector_of({"1/3"}), Rational(1, 3)},
                            {matrix_of({{"2/3"}}), vector_of({"5/7"}), Rational(2, 3)}};
  const Chain chain = check_chain(p, activation_pattern(p), Ball(10));
  const ChainLink& link = link_named(chain, "data-dependent <= sharp");
  CHECK(link.verdict == Verdict::proved);
  CHECK((link.slack.is_exact() && link.slack.contains_zero()));
}

TEST_CASE("a network without neurons, and one that sees no sample") {
  const Matrix<Rational> none(0, 1);
  const Problem<Rational> empty{{none, Vector<Rational>(0), Vector<Rational>(0), Rational(1, 3)},
                                {matrix_of({{"1/2"}, {"-1/2"}}), vector_of({"1/3", "1/3"}), 1}};
  const Chain chain = check_chain(empty, activation_pattern(empty), Ball(1) + wide("-1e-30", "1e-30"));
  CHECK(chain.quantities.stationary);
  CHECK(verdict_of(chain) == Verdict::proved);
  const Problem<Rational> blind{{matrix_of({{"1/3"}}), vector_of({"1"}), vector_of({"5"}), Rational(0)},
                                {matrix_of({{"1/2"}, {"-1/2"}}), vector_of({"1", "3"}), 1}};
  const Chain unseen = check_chain(blind, activation_pattern(blind), Ball(1) + wide("-1e-30", "1e-30"));
  CHECK_FALSE(unseen.quantities.stationary);
  CHECK(verdict_of(unseen) == Verdict::proved);
}

TEST_CASE("stationary without interpolation: no residual term") {
  // Two samples above with residuals that cancel in the mean and in the moments: x = 1/2 twice, r = +-1.
  const Problem<Rational> p{{matrix_of({{"1"}}), vector_of({"0"}), vector_of({"1"}), 0},
                            {matrix_of({{"1/2"}, {"1/2"}, {"-1/2"}}), vector_of({"-1/2", "3/2", "0"}), 1}};
  // H = G exactly; its largest eigenvalue is that of the 3 x 3 Gram matrix [[a,a,1],[a,a,1],[1,1,1]]/3 with
  // a = 1 + 1/4 + 5/4 = 5/2: eigenvalues of [[5, sqrt2], [sqrt2, 1]]/3, the largest is (3 + sqrt 6)/3.
  PrecisionScope scope(160);
  const Ball lambda = Ball(1) + sqrt(Ball(6)) / Ball(3);
  const Chain chain = check_chain(p, activation_pattern(p), lambda);
  CHECK(chain.quantities.stationary);
  CHECK(certainly_positive(chain.quantities.loss));
  CHECK(link_named(chain, "stationary: path sum <= flatness").verdict == Verdict::proved);
  CHECK(link_named(chain, "stationary: seminorm <= flatness").verdict == Verdict::proved);
}

TEST_CASE("an enclosed problem goes through the same chain") {
  PrecisionScope scope(200);
  const auto network = reference_networks().front();
  const Problem<Rational> p = problem_of(network["input"]);
  const Ball lambda = reference(network["output"]["lambda_max_H"]);
  const Chain exact = check_chain(p, activation_pattern(p), lambda);
  const Chain enclosed = check_chain(to_ball(p), activation_pattern(p), lambda);
  CHECK(enclosed.quantities.seminorm.overlaps(exact.quantities.seminorm));
  CHECK(enclosed.quantities.loss.overlaps(exact.quantities.loss));
  CHECK(verdict_of(enclosed) == Verdict::proved);
}

TEST_CASE("samples outside the ball and empty data are refused") {
  PrecisionScope scope(256);
  Problem<Rational> p = equality_case();
  const ActivationPattern pattern = activation_pattern(p);
  p.data.R = Rational(3, 4) - parse_rational("1e-40");
  CHECK_THROWS_AS(check_chain(p, pattern, Ball(2)), PreconditionError);
  CHECK_THROWS_AS(check_chain(to_ball(p), pattern, Ball(2)), PreconditionError);
}
