#include "claim_selection.hpp"

#include <algorithm>
#include <iostream>

#include "progress_bar.hpp"
#include "shatterproof/claims/markdown_blocks.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

/// The notes of this installation or build: ./proofs_notes, or the folder that goes with the program. Empty if none.
fs::path notes_folder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& candidate :
       {fs::path("proofs_notes"), program / "../share/shatterproof/proofs_notes", program / "../../../proofs_notes"})
    if (fs::is_directory(candidate)) return candidate.lexically_normal();
  return {};
}

bool starts_with_id(const std::string& id, const std::string& prefix) {
  return id == prefix || id.rfind(prefix + "/", 0) == 0;
}

}  // namespace

bool is_experiment(const Claim& claim) { return claim.procedure == kExperimentProcedure; }

ClaimSelection::ClaimSelection(const ClaimRequest& request)
    : library_(notes_folder(request.notes)), with_experiments_(request.with_experiments) {
  if (request.which.empty()) {
    for (const Claim& claim : all())
      if (with_experiments_ || !is_experiment(claim)) claims_.push_back(claim);
    whole_.insert(library_.string());
  }
  for (const std::string& name : request.which) add(name);
  check_uses(claims_, uses_others() ? all() : std::vector<Claim>{});
}

std::set<std::string> ClaimSelection::homes() const {
  std::set<std::string> homes;
  for (const Claim& claim : claims_) homes.insert(claim.home);
  return homes;
}

const std::vector<Claim>& ClaimSelection::all() {
  if (library_.empty()) throw IoError("no folder proofs_notes here or beside the program; name one with --notes DIR");
  if (all_.empty()) all_ = read_notes(library_);
  return all_;
}

/// A note, a folder of notes, or the id of a claim, which may be cut at a slash.
void ClaimSelection::add(const std::string& name) {
  if (fs::is_directory(name)) {
    auto found = read_notes(name, library_);
    if (!with_experiments_) std::erase_if(found, is_experiment);
    if (found.empty() || fs::equivalent(found.front().home, name))
      whole_.insert(found.empty() ? name : found.front().home);
    return add(found);
  }
  if (fs::exists(name) && fs::path(name).extension() == ".md") return add(read_note(name, library_));
  std::vector<Claim> found;
  for (const Claim& claim : all())
    if (starts_with_id(claim.id, name) || starts_with_id(claim.id, "stable-minima/" + name)) found.push_back(claim);
  require(!found.empty(), "'" + name +
                              "' is neither a note (a .md file) nor the id of a claim (ids stand in the first "
                              "column of `shatterproof verify`)");
  add(found);
}

/// A claim that is named twice runs once; two claims of one id are a mistake.
void ClaimSelection::add(const std::vector<Claim>& found) {
  for (const Claim& claim : found) {
    const auto [place, fresh] = files_.emplace(claim.id, fs::weakly_canonical(claim.file));
    if (fresh)
      claims_.push_back(claim);
    else if (place->second != fs::weakly_canonical(claim.file))
      throw FormatError(place_of(claim.file, claim.line), "id", "'" + claim.id + "' a second time",
                        "an id used once (first in " + place->second.string() + ")");
  }
}

bool ClaimSelection::uses_others() const {
  return !library_.empty() && std::any_of(claims_.begin(), claims_.end(), [&](const Claim& claim) {
    return std::any_of(claim.uses.begin(), claim.uses.end(), [&](const std::string& id) { return !files_.count(id); });
  });
}

std::vector<Outcome> run_claims(const std::vector<Claim>& claims, CacheUse use) {
  std::optional<ResultCache> cache;
  if (use != CacheUse::none) {
    const auto folder = cache_folder();
    const auto program = program_identity();
    if (folder && program) cache.emplace(*folder, *program);
    const bool writable = cache && cache->is_writable();
    if (use == CacheUse::told && !writable)
      std::cerr << "no cache: " << (folder ? folder->string() : std::string("no home folder"))
                << " cannot be written\n";
  }
  ProgressBar bar("claims", static_cast<double>(claims.size()));
  return verify(claims, {cache ? &*cache : nullptr,
                         [&](std::size_t done, std::size_t) { bar.update(static_cast<double>(done)); }});
}

bool all_as_expected(const std::vector<Outcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.as_expected(); });
}

ExitCode exit_code_of_claims(const std::vector<Outcome>& outcomes) {
  const auto any = [&](auto accept) { return std::any_of(outcomes.begin(), outcomes.end(), accept); };
  if (any([](const Outcome& o) { return o.malformed; })) return kMalformed;
  if (any([](const Outcome& o) { return !o.as_expected() && o.result.verdict != Verdict::undecided; })) return kRefuted;
  return all_as_expected(outcomes) ? kAsExpected : kUndecided;
}

}  // namespace shatterproof::tools
