#include "shatterproof/core/digest.hpp"

#include <boost/uuid/detail/sha1.hpp>
#include <cstdio>

namespace shatterproof {

struct Digest::State {
  boost::uuids::detail::sha1 sha1;
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;

void Digest::add(std::string_view bytes) { state_->sha1.process_bytes(bytes.data(), bytes.size()); }

std::string Digest::text() {
  unsigned int words[5];
  state_->sha1.get_digest(words);
  char text[41];
  for (int w = 0; w < 5; ++w) std::snprintf(text + 8 * w, 9, "%08x", words[w]);
  return text;
}

std::string digest_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.text();
}

}  // namespace shatterproof
