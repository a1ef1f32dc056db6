#include "shatterproof/claims/lock.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "result_json.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

LockedClaim read_entry(const Json& json, const std::string& file, const std::string& id) {
  try {
    LockedClaim entry;
    const std::string verdict = json.at("verdict").get<std::string>();
    const auto known = verdict_from_text(verdict);
    if (!known) throw FormatError(file, id, "the verdict '" + verdict + "'", "proved, refuted, ...");
    entry.verdict = *known;
    for (const auto& [key, value] : json.items())
      if (key != "verdict" && key != "sharp") throw FormatError(file, id, "the key '" + key + "'", "verdict, sharp");
    if (json.contains("sharp"))
      for (const Json& constant : json.at("sharp")) entry.sharp.push_back(sharp_from_json(constant));
    return entry;
  } catch (const Json::exception&) {
    throw FormatError(file, id, json.dump().substr(0, 80),
                      R"({"verdict": ..., "sharp": [{"instance", "lower", "upper", "where"}, ...]})");
  }
}

/// The document, in which an id may stand only once: after a bad merge the last one would win in silence.
Json parse_once(std::istream& in, const std::string& file) {
  std::set<std::string> ids;
  const auto see = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth == 1 && event == Json::parse_event_t::key && !ids.insert(parsed.get<std::string>()).second)
      throw FormatError(file, parsed.get<std::string>(), "the id a second time", "each id once");
    return true;
  };
  try {
    return Json::parse(in, see);
  } catch (const Json::exception& e) {
    throw FormatError(file + ": not a lock: " + e.what());
  }
}

std::optional<Rational> number(const std::string& text) {
  try {
    return parse_rational(text);
  } catch (const PreconditionError&) {
    return std::nullopt;
  }
}

constexpr int kMostWidening = 10;

bool is_same_enclosure(const SharpConstant& a, const SharpConstant& b) {
  const auto a_low = number(a.lower), a_high = number(a.upper), b_low = number(b.lower), b_high = number(b.upper);
  if (!a_low || !a_high || !b_low || !b_high) return a.lower == b.lower && a.upper == b.upper;
  const Rational a_width = *a_high - *a_low, b_width = *b_high - *b_low;
  return *a_low <= *b_high && *b_low <= *a_high && a_width <= kMostWidening * b_width &&
         b_width <= kMostWidening * a_width;
}

std::string text_of(const SharpConstant& sharp) {
  return "sharp constant [" + sharp.lower + ", " + sharp.upper + "]" +
         (sharp.instance.empty() ? "" : " for " + sharp.instance);
}

const SharpConstant* find_instance(const LockedClaim& claim, const std::string& instance) {
  for (const SharpConstant& constant : claim.sharp)
    if (constant.instance == instance) return &constant;
  return nullptr;
}

constexpr const char* kAbsent = "not there";

void compare_claim(const std::string& id, const LockedClaim& was, const LockedClaim& is,
                   std::vector<LockDifference>& list) {
  if (was.verdict != is.verdict)
    list.push_back({id, std::string(to_text(was.verdict)), std::string(to_text(is.verdict))});
  for (const SharpConstant& old : was.sharp) {
    const SharpConstant* now = find_instance(is, old.instance);
    if (!now) list.push_back({id, text_of(old), kAbsent});
    if (now && !is_same_enclosure(old, *now)) list.push_back({id, text_of(old), text_of(*now)});
  }
  for (const SharpConstant& now : is.sharp)
    if (!find_instance(was, now.instance)) list.push_back({id, kAbsent, text_of(now)});
}

}  // namespace

std::optional<Lock> read_lock(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) throw IoError(file.string() + ": cannot be read");
  const Json document = parse_once(in, file.string());
  if (!document.is_object()) throw FormatError(file.string(), "lock", "no object", R"({"id": {...}, ...})");
  Lock lock;
  for (const auto& [id, entry] : document.items()) lock[id] = read_entry(entry, file.string(), id);
  return lock;
}

void write_lock(const fs::path& file, const Lock& lock) {
  std::string text = "{";
  for (const auto& [id, entry] : lock) {
    text +=
        (text == "{" ? "\n" : ",\n") + Json(id).dump() + ": {\n  \"verdict\": " + Json(to_text(entry.verdict)).dump();
    if (!entry.sharp.empty()) {
      text += ",\n  \"sharp\": [";
      for (const SharpConstant& constant : entry.sharp)
        text += (&constant == &entry.sharp.front() ? "\n    " : ",\n    ") + sharp_to_json(constant).dump();
      text += "\n  ]";
    }
    text += "\n}";
  }
  write_file_atomically(file, text + "\n}\n");
}

Lock lock_of(const std::vector<Outcome>& outcomes) {
  Lock lock;
  for (const Outcome& o : outcomes) lock[o.claim.id] = {o.result.verdict, o.result.sharp};
  return lock;
}

std::vector<LockDifference> differences(const Lock& recorded, const Lock& found, bool whole) {
  std::vector<LockDifference> list;
  for (const auto& [id, is] : found) {
    const auto was = recorded.find(id);
    if (was == recorded.end())
      list.push_back({id, kAbsent, std::string(to_text(is.verdict))});
    else
      compare_claim(id, was->second, is, list);
  }
  if (whole)
    for (const auto& [id, was] : recorded)
      if (found.count(id) == 0) list.push_back({id, std::string(to_text(was.verdict)), kAbsent});
  return list;
}

}  // namespace shatterproof
