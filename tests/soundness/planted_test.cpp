// False and undefined statements that once were, or nearly were, proved; and best constants that were missed.
#include <catch2/catch.hpp>

#include "shatterproof/claims/prover/report.hpp"

using namespace shatterproof;

namespace {

constexpr prover::Effort kEffort{.boxes = 300, .precision = 256};

/// The verdict; undecided where the statement is refused because it is undefined.
Verdict verdict_of(const std::string& forall, const std::string& claim, const std::string& given = "") {
  prover::Question question;
  question.forall = forall;
  question.claim = claim;
  question.given = given;
  question.effort = kEffort;
  try {
    return prover::answer(question).proof.verdict;
  } catch (const std::exception&) {
    return Verdict::undecided;
  }
}

bool certified(Verdict verdict) { return verdict == Verdict::proved || verdict == Verdict::vacuous; }

}  // namespace

TEST_CASE("a value that is 0 at one point only is not taken for 0") {
  for (const char* claim : {"(1-exp(-x))/x <= 1-1/10^40", "log(1+x)/x <= 1-1/10^40", "(sqrt(1+x)-1)/x <= 1/2-1/10^40",
                            "(1-cos(x))/x^2 <= 1/2-1/10^70", "(1-ball_tail_mean(3,x))/x <= 2/3-1/10^40",
                            "(exp(-x)-1+x/2)/x >= -1/2+1/10^40"}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in (0,1]", claim)));
  }
}

TEST_CASE("a limit with a power taken out is not compared with one without") {
  const std::string dip = "(exp(-x)-1)/(1+y)*(1/1000-(y-3/10)^2)+x^2";
  for (const std::string& claim :
       {std::string("(1-exp(-x))/x*(1-(y-3/10)^2) <= 9999/10000"),
        std::string("(1-ball_tail_mean(3,x))/x*(1-(y-3/10)^2) <= 6666/10000"),
        std::string("(1-cos(x))/x^2*(1-(y-3/10)^2) <= 4999/10000"), "0 <= " + dip, "0 < " + dip}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in (0,1], y in [0,1]", claim)));
  }
  CHECK_FALSE(certified(verdict_of("x in [1,inf), y in [0,1]", "(exp(1/x)-1)/(1+y)*(1/1000-(y-3/10)^2) <= 1/x^2")));
  CHECK_FALSE(certified(
      verdict_of("x in (0,1], y in [0,1]", "abs(y-3/10) >= 2/100", "x <= 1/2 and " + dip + " < 0 or y >= 9/10")));
  CHECK_FALSE(certified(verdict_of("x in (0,1], y in [0,1]", "abs(y-3/10) >= 1/100", "x <= 1/2 and " + dip + " < 0")));
}

TEST_CASE("an argument that leaves the domain somewhere certifies nothing") {
  for (const char* claim :
       {"ball_tail(2, 2*x+1/10^60) <= 2", "ball_tail(2, 2-(x-3/10)^2+1/10^60) <= 2",
        "binomial_tail(5, 1-(x-305/1000)^2+1/10000, 3) <= 2",
        "multinomial_max_tail(5, 4, (1-(x-305/1000)^2+1/10000)/4, 2) <= 2",
        "multinomial_min_tail(5, 2, (x-305/1000)^2-1/10000, 2) <= 2", "poisson_tail((x-305/1000)^2-1/10000, 3) <= 1",
        "bpsk_mmse((x-305/1000)^2-1/10000) <= 2", "levenshtein(3,-1+(x-305/1000)^2-1/10000) <= 30",
        "(1/(x-3/10))^0 = 1", "log((x-305/1000)^2-1/10000)^0 = 1", "0*log((x-305/1000)^2-1/10000) <= 1"}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in (0,1)", claim)));
  }
  CHECK_FALSE(certified(verdict_of("h in [1,3]", "ball_tail(3,h) <= 1")));
}

TEST_CASE("exact polynomials prove no identity that fails and no form that is negative somewhere") {
  for (const char* claim :
       {"2*x*y <= x^2+y^2-1/10^40*x^2", "2*x*y <= x^2+y^2-1/10^40", "2*x*y < x^2+y^2", "x*y <= x^2+y^2/5",
        "2*x*y <= x^2", "0 <= (x-y)^2-x/10^30", "0 <= x^2-2*x*y+y^2-1/10^30*y", "2*x^2*y^2 <= x^4+y^4-1/10^40*y^4",
        "x^2*y <= (x^4+y^2)/2-1/10^30*y", "x^3 <= x^4+1/10", "(x+y)^2 = x^2+2*x*y+y^2+1/10^40*x*y^3", "x = y",
        "ball_tail(3, (x+1)/2) = (3*(x+1)^2/4-(x+1)^3/8)/4 + (x+1)^4/10^40",
        "gegenbauer(3, 1, x) = 8*x^3-4*x-x^5/10^40", "jacobi(4, 1/2, 3/2, x) = jacobi(4, 3/2, 1/2, x)",
        "0 < (x-y)^2 or x < y"}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in [-1,1], y in [-1,1]", claim)));
  }
  for (const char* claim :
       {"2*x*y <= x^2+y^2", "2*x*y < x^2+y^2+1/10^40", "x*y <= x^2+y^2/4", "2*x^2*y^2 <= x^4+y^4",
        "(x+y)^2 = x^2+2*x*y+y^2", "sum(k, 0, 3, binomial(3, k)*x^k*y^(3-k)) = (x+y)^3", "(x-y)^2 >= 0",
        "gegenbauer(3, 1, x) = 8*x^3-4*x", "jacobi(4, 1/2, 3/2, x) = jacobi(4, 3/2, 1/2, -x)",
        "x^2+2*y^2+1 >= 2*x*y+2*y", "x^2 < x*y or x*y <= (x^2+y^2)/2"}) {
    CAPTURE(claim);
    CHECK(verdict_of("x in [-1,1], y in [-1,1]", claim) == Verdict::proved);
  }
  for (const char* claim :
       {"atom_norm2(3, h) = h^2/8-h^3/41", "atom_norm2(4, h) = h^2/8-h^3/40", "ball_excess(3, h) = ball_tail(3, h)",
        "ball_first_moment(5, h) = ball_first_moment(5, 1-h)"})
    CHECK_FALSE(certified(verdict_of("h in [0,1]", claim)));
  CHECK(verdict_of("h in [0,1]", "atom_norm2(3, h) = h^2/8-h^3/40") == Verdict::proved);
  CHECK(verdict_of("h in [0,2]", "ball_tail(5, h) + ball_tail(5, 2-h) = 1") == Verdict::proved);
  CHECK_FALSE(certified(verdict_of("h in [0,2]", "atom_norm2(3, h) = h^2/8-h^3/40")));  // undefined beyond 1
  CHECK_FALSE(certified(verdict_of("h in [0,3]", "ball_tail(5, h) + ball_tail(5, 2-h) = 1")));
  CHECK(verdict_of("x in [-1,1], y in [-1,1]", "2*x*y <= x^2+y^2", "x > 2") == Verdict::vacuous);
}

TEST_CASE("a logarithm that grows without bound proves what it should, and nothing else") {
  for (const char* claim :
       {"log(x) <= x - 1 - 1/10^9", "-log(x) <= 10^6", "log(x) >= -10^6", "-log(x) >= 1/10^6", "log(x)/3 >= -50",
        "-log(x) + 2*log(x) >= -50", "log(x - 1/10^30) <= x", "-log(x - 1/10^30) >= -1",
        "-log(x)*(1/10^6 - x) >= -1/10^9", "-(x - 2)*log(x) >= -20", "-log(x) - log(1/x^2)/3 - 2*log(x^(-1/2)) >= -3",
        "log(x)^2 <= 400", "-log(x) >= 1/10^9 or x > 1", "-log(x)*x >= 1/10^40", "-log(x)*(x^2 - x) >= 0"}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in (0,inf)", claim)));
    CHECK_FALSE(certified(verdict_of("x in (0,1]", claim)));
  }
  for (const char* claim :
       {"y*log(x) <= -1/10^6", "(1/2-y)*log(x) <= 1", "-log(x)*y >= x/10^3", "-log(x)/(y-1/2) >= -1",
        "-log(x) - log(y) <= 1000", "-log(x) + log(y) >= -100", "log(x) - log(x*y) <= 100"}) {
    CAPTURE(claim);
    CHECK_FALSE(certified(verdict_of("x in (0,1], y in (0,1]", claim)));
  }
  CHECK(verdict_of("x in (0,inf)", "log(x) <= x - 1") == Verdict::proved);
  CHECK(verdict_of("x in (0,inf)", "log(x) < x") == Verdict::proved);
  CHECK(verdict_of("x in (0,1/2]", "-(x - 2)*log(x) <= -1/2") == Verdict::proved);
  CHECK(verdict_of("x in (0,1/2]", "1/2 < -log(x)/(1 + x)^(1/2)") == Verdict::proved);
  CHECK(verdict_of("x in (0,1)", "x/2 <= (1-x/2)*(log(1-x/2) - log(1-x))") == Verdict::proved);
  CHECK(verdict_of("x in (0,1/2], y in [0,1]", "-(1+y)*log(x) > 1/2") == Verdict::proved);
}

TEST_CASE("what is trivial for some real values only is not vacuous") {
  const auto verdict = [](const std::string& claim, const std::string& trivial_when, const std::string& given = "") {
    prover::Question question;
    question.forall = "d in 1..3, x in [0, 1]";
    question.claim = claim;
    question.given = given;
    question.trivial_when = trivial_when;
    question.effort = kEffort;
    return prover::answer(question).proof.verdict;
  };
  CHECK(verdict("x <= d", "x >= 1/2") == Verdict::proved);
  CHECK(verdict("x <= d", "x >= 0") == Verdict::vacuous);
  CHECK(verdict("x <= d", "x < 1") == Verdict::proved);
  CHECK(verdict("x <= d", "x < d") == Verdict::vacuous);  // for d = 2 and 3
  CHECK(verdict("x <= d", "x > d") == Verdict::proved);
  CHECK(verdict("x <= d", "x >= 1/2", "x > 3/4") == Verdict::vacuous);
  CHECK(verdict("x <= d", "d >= 3") == Verdict::vacuous);
}

TEST_CASE("the true neighbours of these statements are proved") {
  CHECK(verdict_of("x in (0,1]", "(1-exp(-x))/x <= 1") == Verdict::proved);
  CHECK(verdict_of("x in (0,1]", "log(1+x)/x < 1") == Verdict::proved);
  CHECK(verdict_of("x in (0,1]", "(1-cos(x))/x^2 <= 1/2") == Verdict::proved);
  CHECK(verdict_of("x in [0,1]", "ball_tail(2, 2*x) <= 2") == Verdict::proved);
}

TEST_CASE("best constants contain the truth where a zero cancels at the end") {
  const auto sharp = [](const std::string& forall, const std::string& goal) {
    prover::Question question;
    question.forall = forall;
    question.claim = "x <= 1";
    question.sharp = goal;
    question.effort = kEffort;
    return prover::answer(question).sharp.at(0);
  };
  const auto contains = [](const prover::SharpText& text, const char* truth) {
    const Rational value = parse_rational(truth);
    return parse_rational(text.lower) <= value && value <= parse_rational(text.upper);
  };
  CHECK(contains(sharp("x in (0,1]", "sup over x of (exp(-x)-1+x)/x^2"), "1/2"));
  CHECK(contains(sharp("x in (0,1]", "sup over x of (x-log(1+x))/x^2"), "1/2"));
  CHECK(contains(sharp("x in (0,1], y in [0,1]", "sup over x, y of (1-exp(-x))/x/(1+y)*(1-(y-3/10)^2)"), "91/100"));
  CHECK(contains(sharp("x in (0,1], y in [0,1]", "sup over x, y of (1-exp(-x))/x*(2-y)"), "2"));
}
