#pragma once
// Internal to the file formats: which array of a file is which part of a network.
#include "shatterproof/network/file.hpp"
#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {

/// Names of the arrays.
struct NetworkLayout {
  std::string W, b, v, beta;
  BiasSign sign = BiasSign::minus;  ///< what b holds unless the caller says otherwise
  bool torch = false;               ///< v has the shape (1, K) of a linear layer's weight
};

/// W, b, v, beta; or, if there are names that end in ".weight", the state of a PyTorch module of two linear layers,
/// such as fc1.weight, fc1.bias, fc2.weight, fc2.bias or 0.weight .. 2.bias of a Sequential: the layers in natural
/// order of their names, unless only the other order has shapes (K, d) and (1, K). Throws FormatError when both are
/// there, when there are not exactly two layers, or when one has no bias.
[[nodiscard]] NetworkLayout recognise_layout(const RawFile& file);

}  // namespace shatterproof
