// The Python module `shatterproof`: a call of the library without the interpreter's
// lock, outward rounded text and floats of what goes out.
#include <algorithm>
#include <cmath>

#include "arguments.hpp"
#include "results.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/network/assemble.hpp"

namespace py = pybind11;

namespace shatterproof::python {
namespace {

constexpr int kLeastApproxDigits = 6, kMostApproxDigits = 14;  // of a value without a bound

// ---- the functions

Flatness flatness(const py::object& W, const py::object& b, const py::object& v, const py::object& beta,
                  const py::object& X, const py::object& y, const py::object& R, const py::object& eta,
                  const std::string& loss, const std::string& bias_sign, int digits, int top, bool neurons) {
  require_digits(digits);
  const RawFile arrays = raw_arrays({{"W", W}, {"b", b}, {"v", v}, {"beta", beta}, {"X", X}, {"y", y}});
  const ReadOptions options{bias_sign_option(bias_sign), rational_option(R)};
  const ReportRequest request{digits, loss_option(loss), rational_option(eta), top, neurons};
  const py::gil_scoped_release unlocked;
  const Problem<Rational> problem = assemble_problem(arrays, options).problem;
  return flatness_of(report_network(problem, request), problem.data.samples(), digits);
}

/// An Enclosure, or a float without a bound.
py::object lambda_max(const py::object& W, const py::object& b, const py::object& v, const py::object& beta,
                      const py::object& X, const py::object& y, bool certified, const std::string& loss,
                      const std::string& bias_sign, int digits) {
  require_digits(digits);
  const LossKind kind = loss_option(loss);
  const BiasSign sign = bias_sign_option(bias_sign);
  std::optional<Problem<double>> doubles = doubles_of(W, b, v, beta, X, y);
  if (doubles && sign == BiasSign::plus) doubles->network.b *= -1;
  std::optional<RawFile> arrays;
  if (!doubles) arrays = raw_arrays({{"W", W}, {"b", b}, {"v", v}, {"beta", beta}, {"X", X}, {"y", y}});
  std::optional<Enclosure> enclosure;
  double value = 0;
  {
    const py::gil_scoped_release unlocked;
    std::optional<Problem<Rational>> exact;
    if (arrays) exact = assemble_problem(*arrays, ReadOptions{sign, {}}).problem;
    const Rational factor = loss_factor(kind, exact ? exact->data.samples() : doubles->data.samples());
    if (certified) {
      const Ball found = exact ? enclose_lambda_max(*exact, digits).value : enclose_lambda_max(*doubles, digits).value;
      const PrecisionScope scope(bits_for_digits(digits) + 64);
      enclosure.emplace(Ball(factor) * found, digits);
    } else if (exact) {
      value = Rational(factor * approx_lambda_max_double(*exact, activation_pattern(*exact))).get_d();
    } else {
      const double tolerance = std::pow(10.0, -std::clamp(digits, kLeastApproxDigits, kMostApproxDigits));
      const RitzPair<double> pair =
          approx_top_pair(BoundedHessian(*doubles, settle_exactly(*doubles)).hessian(), tolerance);
      if (!pair.converged) throw UndecidedError("Lanczos in double did not converge");
      value = factor.get_d() * pair.value;
    }
  }
  if (enclosure) return py::cast(std::move(*enclosure));
  return py::float_(value);
}

ProofResult prove(const std::string& statement, const std::string& given, const std::vector<std::string>& define,
                  const std::string& sharp, long effort, int digits) {
  require_digits(digits);
  require(effort >= 1, "effort: expected at least 1 box");
  const py::gil_scoped_release unlocked;
  prover::Question question;
  question.claim = statement, question.given = given, question.define = define, question.sharp = sharp;
  question.effort.boxes = effort, question.digits = digits;
  const prover::Report report = prover::answer(question);
  ProofResult result{std::string(to_text(report.proof.verdict)),
                     report.detail,
                     report.method,
                     report.proof.instances,
                     report.proof.boxes,
                     {}};
  for (const prover::SharpText& c : report.sharp) result.sharp.emplace_back(c.instance, c.lower, c.upper);
  return result;
}

Enclosure evaluate(const std::string& text, int digits) {
  require_digits(digits);
  const py::gil_scoped_release unlocked;
  const expression::Digits result = expression::evaluate_to_digits(expression::parse_expression(text), digits);
  if (!result.reached) throw UndecidedError(std::to_string(digits) + " digits of " + text + " are not reached");
  const PrecisionScope scope(result.precision);
  Enclosure enclosure(result.value.ball(), digits);
  if (result.value.exact()) enclosure.exact = to_text_exact(*result.value.exact());
  return enclosure;
}

bool contains(const Enclosure& enclosure, const py::object& value) {
  const py::object fraction = py::module_::import("fractions").attr("Fraction");
  const py::object x = fraction(value);
  return x.attr("__ge__")(fraction(enclosure.lower)).cast<bool>() &&
         x.attr("__le__")(fraction(enclosure.upper)).cast<bool>();
}

// ---- the module

constexpr const char* kModuleText =
    "Certified flatness of two-layer ReLU networks, and a prover of inequalities.\n\n"
    "Every number that is proved comes as an Enclosure; a verdict is 'proved', 'refuted', 'vacuous' or 'undecided'.";

constexpr const char* kFlatnessText =
    "Encloses the flatness of f(x) = sum_k v[k] relu(W[k].x - b[k]) + beta on the samples X [n,d], y [n].\n\n"
    "W [K,d], b [K], v [K], beta a number: arrays of float16, float32, float64 or integers, taken exactly.\n"
    "R: all |x_i| <= R (default: 1 if that holds, else the largest norm). eta: a step size; .stable then says whether\n"
    "lambda_max <= 2/eta. R and eta may be text ('0.4' is 2/5), Fraction, int or float (exactly that float).\n"
    "loss: 'half-mean' 1/(2n) sum r^2, 'mean' 1/n sum r^2 (MSELoss), 'sum' sum r^2; lambda_max, trace, loss, eta and\n"
    "steps are of that loss, chain and corollary of 1/(2n) sum r^2. bias_sign='plus': relu(W.x + b), as in PyTorch.\n"
    "digits: of the enclosures; above 8 the certificate in double gives way to ball arithmetic, which takes longer.\n"
    "top: so many of the largest eigenvalues, approximately. neurons=True: figures of every neuron.\n"
    "ValueError for arrays that do not fit and for a sample exactly on a neuron's hyperplane (no Hessian there).";

constexpr const char* kLambdaMaxText =
    "lambda_max of the Hessian of the loss alone; arrays, loss and bias_sign as in flatness().\n\n"
    "certified=True: an Enclosure to so many digits. certified=False: a float by Lanczos in double, without a bound,\n"
    "which stops when so many digits look right (6 to 14; always 14 unless all are arrays of floats).\n"
    "Arrays of floats are the quickest.";

void add_errors(py::module_& m) {
  static py::exception<UndecidedError> undecided(m, "Undecided", PyExc_RuntimeError);
  py::register_exception_translator([](std::exception_ptr error) {
    try {
      if (error) std::rethrow_exception(error);
    } catch (const UndecidedError& e) {
      undecided(e.what());
    } catch (const FormatError& e) {
      PyErr_SetString(PyExc_ValueError, e.what());
    }
  });
}

void add_enclosure(py::module_& m) {
  py::class_<Enclosure>(m, "Enclosure", "A real number known to lie in [lower, upper].")
      .def_readonly("lower", &Enclosure::lower, "decimal text, rounded down; Fraction(e.lower) is exact")
      .def_readonly("upper", &Enclosure::upper, "decimal text, rounded up")
      .def_readonly("mid", &Enclosure::mid, "decimal text near the middle")
      .def_readonly("rad", &Enclosure::rad, "decimal text: |value - mid| <= rad")
      .def_readonly("lo", &Enclosure::lo, "a float <= the value")
      .def_readonly("hi", &Enclosure::hi, "a float >= the value")
      .def_readonly("exact", &Enclosure::exact, "the value as a fraction where it is known to be rational, else None")
      .def("__contains__", &contains)
      .def("__repr__", &Enclosure::repr);
}

void add_results(py::module_& m) {
  py::class_<Link>(m, "Link", "One inequality left <= right; slack = right - left.")
      .def_readonly("name", &Link::name)
      .def_readonly("verdict", &Link::verdict)
      .def_readonly("basis", &Link::basis)
      .def_readonly("left", &Link::left)
      .def_readonly("right", &Link::right)
      .def_readonly("slack", &Link::slack)
      .def("__repr__", [](const Link& link) { return link.name + ": " + link.verdict; });
  py::class_<Neuron>(m, "Neuron")
      .def_readonly("active", &Neuron::active, "samples on which it fires, exactly")
      .def_readonly("activation_rate", &Neuron::activation_rate, "active / n")
      .def_readonly("norm", &Neuron::norm, "|w|")
      .def_readonly("output", &Neuron::output, "v")
      .def_readonly("path_norm", &Neuron::path_norm, "|v| |w|")
      .def_readonly("threshold", &Neuron::threshold, "b / |w|; None if w = 0")
      .def_readonly("weight", &Neuron::weight, "g(w/|w|, b/|w|) of the samples; None if w = 0")
      .def_readonly("residual_block", &Neuron::residual_block, "|s|, s = (1/n) sum r_i a_i (x_i; -1)");
  py::class_<Flatness>(m, "Flatness")
      .def_readonly("verdict", &Flatness::verdict, "Theorem 3.2's chain, and stability at eta if one was given")
      .def_readonly("lambda_max", &Flatness::lambda_max, "largest eigenvalue of the Hessian of the loss")
      .def_readonly("method", &Flatness::method, "how lambda_max was certified")
      .def_readonly("stable", &Flatness::stable, "verdict on lambda_max <= 2/eta; None without eta")
      .def_readonly("largest_stable_step", &Flatness::largest_stable_step, "a decimal eta with lambda_max <= 2/eta")
      .def_readonly("trace", &Flatness::trace, "of the Hessian of the loss")
      .def_readonly("loss", &Flatness::loss)
      .def_readonly("variation_seminorm", &Flatness::variation_seminorm, "|f|_Vg for the weight g of the samples")
      .def_readonly("stationary", &Flatness::stationary, "the gradient is exactly 0")
      .def_readonly("corollary_bound", &Flatness::corollary_bound,
                    "1/eta' - 1/2 + (R+1) sqrt(2L), eta' the step on L = 1/(2n) sum r^2; bounds |f|_Vg if stable")
      .def_readonly("chain", &Flatness::chain, "Theorem 3.2 link by link, and Corollary 3.3 at the largest stable step")
      .def_readonly("corollary", &Flatness::corollary, "Corollary 3.3 at eta; empty unless stability is proved")
      .def_readonly("approx_top_eigenvalues", &Flatness::approx_top_eigenvalues, "computed in double: no bound")
      .def_readonly("neurons", &Flatness::neurons)
      .def("__repr__", [](const Flatness& f) {
        return "<Flatness lambda_max in " + f.lambda_max.repr() + (f.stable ? ", stable: " + *f.stable : "") + ", " +
               f.verdict + ">";
      });
  py::class_<ProofResult>(m, "Proof")
      .def_readonly("verdict", &ProofResult::verdict)
      .def_readonly("detail", &ProofResult::detail, "a counterexample, what is vacuous, or what remains open")
      .def_readonly("method", &ProofResult::method)
      .def_readonly("instances", &ProofResult::instances)
      .def_readonly("boxes", &ProofResult::boxes)
      .def_readonly("sharp", &ProofResult::sharp, "(instance, lower, upper) of the best constants asked for")
      .def("__repr__", [](const ProofResult& p) { return p.verdict + (p.detail.empty() ? "" : ": " + p.detail); });
}

}  // namespace
}  // namespace shatterproof::python

PYBIND11_MODULE(shatterproof, m) {
  using namespace shatterproof::python;
  using namespace pybind11::literals;
  m.doc() = kModuleText;
  add_errors(m);
  add_enclosure(m);
  add_results(m);
  m.def("flatness", &flatness, kFlatnessText, "W"_a, "b"_a, "v"_a, "beta"_a, "X"_a, "y"_a, py::kw_only(),
        "R"_a = py::none(), "eta"_a = py::none(), "loss"_a = "half-mean", "bias_sign"_a = "minus", "digits"_a = 8,
        "top"_a = 0, "neurons"_a = false);
  m.def("lambda_max", &lambda_max, kLambdaMaxText, "W"_a, "b"_a, "v"_a, "beta"_a, "X"_a, "y"_a, py::kw_only(),
        "certified"_a = true, "loss"_a = "half-mean", "bias_sign"_a = "minus", "digits"_a = 8);
  m.def("prove", &prove, "Proves or refutes 'forall d in 1..8, h in (0, 1]: left <= right'.", "statement"_a,
        py::kw_only(), "given"_a = "", "define"_a = std::vector<std::string>(), "sharp"_a = "", "effort"_a = 20000,
        "digits"_a = 10);
  m.def("evaluate", &evaluate, "The value of an expression with so many right digits.", "expression"_a,
        "digits"_a = 20);
}
