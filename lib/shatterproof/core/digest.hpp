#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace shatterproof {

/// SHA-1, to name files by what they hold; no protection against those who forge.
class Digest {
 public:
  Digest();
  ~Digest();
  void add(std::string_view bytes);
  [[nodiscard]] std::string text();  ///< 40 hexadecimal digits; the last call

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string digest_of(std::string_view bytes);

}  // namespace shatterproof
