#include "shatterproof/claims/cache.hpp"

#include <arb.h>
#include <flint/flint.h>
#include <fmt/format.h>
#include <gmp.h>
#include <mpfr.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <vector>

#include "result_json.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/digest.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "shatterproof result 1";

/// All that the result depends on but the program.
Json key_of(const Claim& claim) {
  Json parameters = Json::object();
  for (const auto& [name, values] : claim.parameters.all()) parameters[name] = values;
  return Json{{"procedure", claim.procedure}, {"parameters", parameters}};
}

fs::path file_of(const fs::path& folder, const Json& key) {
  const std::string text = key.dump();
  return folder / (digest_of(text) + ".json");
}

}  // namespace

ResultCache::ResultCache(fs::path folder, std::string program)
    : folder_(std::move(folder)), program_(std::move(program)) {}

std::optional<ResultCache::Entry> ResultCache::find(const Claim& claim) const {
  try {
    const Json key = key_of(claim);
    std::ifstream in(file_of(folder_, key), std::ios::binary);
    if (!in) return std::nullopt;
    const Json stored = Json::parse(in);
    if (stored.at("format") != kFormat || stored.at("claim") != key) return std::nullopt;
    Entry entry;
    entry.seconds = stored.at("seconds").get<double>();
    if (!std::isfinite(entry.seconds)) return std::nullopt;
    entry.result = result_from_json(stored.at("result"));
    entry.current = stored.at("program") == program_;
    return entry;
  } catch (const std::exception&) {  // damaged: the claim is done again and the file rewritten
    return std::nullopt;
  }
}

void ResultCache::store(const Claim& claim, const Entry& entry) const {
  try {
    const Json key = key_of(claim);
    const Json document{{"format", kFormat},
                        {"program", program_},
                        {"claim", key},
                        {"seconds", entry.seconds},
                        {"result", result_to_json(entry.result)}};
    static std::mutex writing;  // two claims of one run may have the same key, hence the same temporary file
    const std::lock_guard lock(writing);
    write_file_atomically(file_of(folder_, key), document.dump() + "\n");
  } catch (const std::exception&) {  // no cache: the next run does the work again
  }
}

bool ResultCache::is_writable() const {
  std::error_code error;
  fs::create_directories(folder_, error);
  return !error && ::access(folder_.c_str(), W_OK | X_OK) == 0;
}

std::optional<fs::path> cache_folder() {
  // The rules of the XDG base directories: a relative path does not count.
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && fs::path(cache).is_absolute())
    return fs::path(cache) / "shatterproof";
  if (const char* home = std::getenv("HOME"); home && fs::path(home).is_absolute())
    return fs::path(home) / ".cache/shatterproof";
  return std::nullopt;
}

std::optional<std::string> program_identity() {
  std::ifstream in("/proc/self/exe", std::ios::binary);
  if (!in) return std::nullopt;
  Digest digest;
  std::vector<char> buffer(1U << 16U);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0)
    digest.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  if (in.bad()) return std::nullopt;
  return fmt::format("sha1 {}, Arb {}, FLINT {}, MPFR {}, GMP {}", digest.text(), arb_version, flint_version,
                     mpfr_get_version(), gmp_version);
}

}  // namespace shatterproof
