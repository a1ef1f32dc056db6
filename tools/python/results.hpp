#pragma once
// What the Python module hands out: enclosures as outward rounded text and floats.
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "shatterproof/flatness/network_report.hpp"

namespace shatterproof::python {

struct Enclosure {
  std::string lower, upper, mid, rad;
  double lo, hi;
  std::optional<std::string> exact;

  Enclosure(const Ball& value, int digits) : lo(value.lower_double()), hi(value.upper_double()) {
    const BallText text = to_text(value, digits);
    lower = text.lower, upper = text.upper, mid = text.mid, rad = text.rad;
  }
  [[nodiscard]] std::string repr() const { return "[" + lower + ", " + upper + "]"; }
};

inline std::optional<Enclosure> enclosure_of(const std::optional<Ball>& value, int digits) {
  if (!value) return {};
  return Enclosure(*value, digits);
}

struct Link {
  std::string name, verdict, basis;
  Enclosure left, right, slack;
};

struct Neuron {
  long active;
  double activation_rate;
  Enclosure norm, output, path_norm;
  std::optional<Enclosure> threshold, weight;
  Enclosure residual_block;
};

struct Flatness {
  std::string verdict, method, largest_stable_step;
  Enclosure lambda_max, trace, loss, variation_seminorm;
  bool stationary;
  std::optional<std::string> stable;
  std::optional<Enclosure> corollary_bound;
  std::vector<Link> chain, corollary;
  std::vector<double> approx_top_eigenvalues;
  std::vector<Neuron> neurons;
};

struct ProofResult {
  std::string verdict, detail, method;
  long instances, boxes;
  std::vector<std::tuple<std::string, std::string, std::string>> sharp;  // instance, lower, upper
};

inline std::vector<Link> links_of(const std::vector<ChainLink>& links, int digits) {
  std::vector<Link> result;
  for (const ChainLink& link : links)
    result.push_back({link.name, std::string(to_text(link.verdict)), link.basis, Enclosure(link.left, digits),
                      Enclosure(link.right, digits), Enclosure(link.slack, digits)});
  return result;
}

inline Flatness flatness_of(const NetworkReport& report, Eigen::Index samples, int digits) {
  const PrecisionScope scope(report.theory.bits);
  const auto text = [&](const Ball& value) { return Enclosure(value, digits); };
  Flatness result{std::string(to_text(verdict_of(report))),
                  report.theory.lambda_max.method,
                  report.step.text,
                  text(report.lambda_max),
                  text(report.trace),
                  text(report.loss),
                  text(report.theory.chain.quantities.seminorm),
                  report.theory.chain.quantities.stationary,
                  {},
                  {},
                  links_of(report.theory.chain.links, digits),
                  {},
                  report.approx_top,
                  {}};
  if (report.at) {
    result.stable = std::string(to_text(report.at->stable));
    result.corollary_bound = text(report.at->corollary_bound);
    result.corollary = links_of(report.at->corollary, digits);
  }
  for (const NeuronFigures& f : report.neurons)
    result.neurons.push_back({f.active, static_cast<double>(f.active) / static_cast<double>(samples), text(f.norm),
                              text(f.output), text(f.path_norm), enclosure_of(f.threshold, digits),
                              enclosure_of(f.weight, digits), text(f.residual_block)});
  return result;
}

}  // namespace shatterproof::python
