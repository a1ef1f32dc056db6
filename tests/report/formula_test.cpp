#include "shatterproof/report/formula.hpp"

#include <catch2/catch.hpp>

#include "readers.hpp"
#include "shatterproof/claims/expression/parser.hpp"

using shatterproof::report::latex_of;
using shatterproof::report::latex_of_question;

namespace {

std::string latex(const std::string& source) {
  return latex_of(shatterproof::expression::parse_expression(source, {"d", "h", "x", "eps", "x1", "ab"}).root);
}

}  // namespace

TEST_CASE("brackets stand where they are needed and nowhere else") {
  CHECK(latex("1 + 2*x") == "1 + 2\\,x");
  CHECK(latex("(1 + x)*d") == "\\left(1 + x\\right)\\,d");
  CHECK(latex("x - (1 - d)") == "x - \\left(1 - d\\right)");
  CHECK(latex("x - 1 - d") == "x - 1 - d");
  CHECK(latex("(x/d)^2") == "\\left(\\frac{x}{d}\\right)^{2}");
  CHECK(latex("x/d^2") == "\\frac{x}{d^{2}}");
  CHECK(latex("(-x)^2") == "\\left(-x\\right)^{2}");
  CHECK(latex("-x^2") == "-x^{2}");
  CHECK(latex("x^((d+1)/2)") == "x^{\\frac{d + 1}{2}}");
  CHECK(latex("(x^2)^d") == "\\left(x^{2}\\right)^{d}");
  CHECK(latex("2*3") == "2 \\cdot 3");
}

TEST_CASE("names, numbers and functions") {
  CHECK(latex("eps + x1 + ab") == "\\varepsilon + x_{1} + \\operatorname{ab}");
  CHECK(latex("sqrt(x) + abs(h)") == "\\sqrt{x} + \\left|h\\right|");
  CHECK(latex("ball_tail(3, h)") == "\\operatorname{ball\\_tail}(3, h)");
  CHECK(latex("binomial(5, 2)") == "\\binom{5}{2}");
  CHECK(latex("factorial(d)*x") == "d!\\,x");
  CHECK(latex("factorial(factorial(d))") == "\\left(d!\\right)!");
  CHECK(latex("factorial(d)^2") == "\\left(d!\\right)^{2}");
  CHECK(latex("1e-30") == "10^{-30}");
  CHECK(latex("1000000") == "10^{6}");
  CHECK(latex("sum(k, 1, d, k^2)*pi") == "\\left(\\sum_{k=1}^{d} k^{2}\\right)\\,\\pi");
  CHECK(latex("2*sum(k, 1, d, k)") == "2\\,\\sum_{k=1}^{d} k");
  CHECK(latex("integral(t, 0, inf, exp(-t))") == "\\int_{0}^{\\infty} \\exp\\left(-t\\right)\\,\\mathrm{d}t");
}

TEST_CASE("a question is printed as it was written, with the definitions that it uses") {
  shatterproof::prover::Question question;
  question.define = {"a(d) = d + 1", "b(d) = 2*a(d)", "unused(d) = d"};
  question.forall = "d in 1..3, h in (0, 1/4]";
  question.claim = "h <= b(d)";
  CHECK(latex_of_question(question) ==
        "\\begin{aligned} & h \\le b(d)\\qquad\\text{for all }\\ d \\in \\{1, \\dots, 3\\},\\ h \\in (0, \\frac{1}{4}] "
        "\\\\ & b(d) "
        "= 2\\,a(d) \\\\ & a(d) = d + 1 \\end{aligned}");
  question.define.clear();
  question.claim = "0 < h and h < 1";
  CHECK(latex_of_question(question).rfind("0 < h < 1\\qquad", 0) == 0);
  question.claim = "0 < < h";
  CHECK(latex_of_question(question).empty());
}

TEST_CASE("a question that cannot be printed as written has no formula rather than a part of it") {
  shatterproof::prover::Question question;
  question.define = {"small(h) = h < 1/4"};
  question.forall = "h in [0, 1], x in [0, 1]";
  question.given = "small(h)";
  question.claim = "h*x < 1/4";
  CHECK(latex_of_question(question).empty());
}

TEST_CASE("formulas compile, a very long one too") {
  std::string sum = "x";
  for (int i = 1; i < 400; ++i) sum += " + x^" + std::to_string(i) + "/(1 + d)";
  const TemporaryFolder folder;
  check_compiles(folder, "\\sbox0{$\\displaystyle " + latex(sum) + "$}\\resizebox{\\linewidth}{!}{\\usebox0}\n\n$" +
                             latex("sum(k, 1, d, k^2)*floor(h)/gamma(x)^2 + max(0, asin(h)) - cap_mass(3, h)") + "$");
}
