// Procedure on Lemma H.2: atom_seminorm.
#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/variation.hpp"

namespace shatterproof {
namespace {

/// phi(x) = relu(u.x - (1-h)) as a network of one neuron, u = (3, 4, 0, ...)/5, or e_1 on the line.
Network<Rational> atom(long d, const Rational& h) {
  Matrix<Rational> W = Matrix<Rational>::Zero(1, d);
  W(0, 0) = d == 1 ? Rational(1) : Rational(3, 5);
  if (d > 1) W(0, 1) = Rational(4, 5);
  return {W, Vector<Rational>::Constant(1, Rational(1 - h)), Vector<Rational>::Constant(1, Rational(1)), Rational(0)};
}

ProcedureResult run_atom_seminorm(const Parameters& parameters) {
  const PrecisionScope scope(256);  // 1 - |t| loses the digits of a small h
  ProcedureResult result{.verdict = Verdict::supported};
  for (const long d : parameters.integers("dims")) {
    require(d >= 1, "parameter 'dims': expected dimensions of at least 1");
    for (const std::string& text : parameters.list("eps")) {
      const Rational eps = parse_rational(text), h = eps * eps;
      require(eps > 0, "parameter 'eps' = '" + text + "': expected a positive number");
      const Network<Rational> phi = atom(d, h);
      const Ball seminorm = enclose_variation_seminorm(neuron_classes(phi, 1), canonical_weights(phi));
      const Rational stated = power(h, d + 2);
      ++result.instances;
      if (seminorm.contains(stated)) {
        if (seminorm.accuracy_bits() < 100) result.verdict = both(result.verdict, Verdict::undecided);
        continue;
      }
      const bool first = result.verdict != Verdict::refuted;
      result.verdict = seminorm.is_finite() ? Verdict::refuted : both(result.verdict, Verdict::undecided);
      if (first)
        result.detail = "d = " + std::to_string(d) + ", eps = " + text + ": the seminorm is " +
                        to_text(seminorm, 8).mid + ", stated eps^(2d+4) = " + to_text(Ball(stated), 8).mid;
    }
  }
  if (result.verdict == Verdict::supported)
    result.detail = "agrees to 30 digits in every instance; Phi = phi/h follows by homogeneity";
  return result;
}

}  // namespace

void add_atoms(std::vector<Procedure>& list) {
  list.push_back({"atom_seminorm",
                  "Lemma H.2: the seminorm of the cap atom phi with the canonical weight against eps^(2d+4)",
                  {"dims", "eps"},
                  run_atom_seminorm});
}

}  // namespace shatterproof
