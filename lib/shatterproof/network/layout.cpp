#include "shatterproof/network/layout.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/natural_order.hpp"

namespace shatterproof {
namespace {

constexpr std::string_view kWeightEnding = ".weight", kBiasEnding = ".bias";

/// "fc1" of "fc1.weight" and of "fc1.bias", each once, in natural order.
std::vector<std::string> linear_layers(const RawArrays& arrays) {
  std::vector<std::string> layers;
  for (const auto& [name, array] : arrays)
    for (const std::string_view ending : {kWeightEnding, kBiasEnding})
      if (name.ends_with(ending)) layers.push_back(name.substr(0, name.size() - ending.size()));
  std::sort(layers.begin(), layers.end(), naturally_before);
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  return layers;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Whether first.weight is (K, d) and second.weight (1, K).
bool follow_each_other(const RawArrays& arrays, const std::string& first, const std::string& second) {
  const auto a = arrays.find(first + ".weight"), b = arrays.find(second + ".weight");
  if (a == arrays.end() || b == arrays.end()) return false;
  const auto &p = a->second.shape, &q = b->second.shape;
  return p.size() == 2 && q.size() == 2 && q[0] == 1 && q[1] == p[0];
}

}  // namespace

NetworkLayout recognise_layout(const RawFile& file) {
  const std::vector<std::string> layers = linear_layers(file.arrays);
  if (layers.empty()) return {"W", "b", "v", "beta"};
  for (const char* own : {"W", "b", "v", "beta"})
    if (file.arrays.count(own) != 0)
      throw FormatError(file.file, own, "the array beside the layers " + joined(layers),
                        "either W, b, v, beta or the weights and biases of two linear layers");
  if (layers.size() != 2)
    throw FormatError(file.file, "layers", std::to_string(layers.size()) + " (" + joined(layers) + ")",
                      "two linear layers, such as fc1 and fc2, each with .weight and .bias");
  for (const std::string& layer : layers)
    if (file.arrays.count(layer + ".bias") == 0)
      throw FormatError(file.file, layer + ".bias", "nothing",
                        "the layer's bias: a network without it has other parameters, and so another Hessian");
  std::string first = layers[0], second = layers[1];
  if (!follow_each_other(file.arrays, first, second) && follow_each_other(file.arrays, second, first))
    std::swap(first, second);
  return {first + ".weight", first + ".bias", second + ".weight", second + ".bias", BiasSign::plus, true};
}

}  // namespace shatterproof
