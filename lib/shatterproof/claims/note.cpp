#include "shatterproof/claims/note.hpp"

#include <algorithm>
#include <set>

#include "shatterproof/claims/read_claim.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;

std::string place(const Claim& claim) { return place_of(claim.file, claim.line); }

/// Ids seen so far, with their places.
class UsedIds {
 public:
  void add(const Claim& claim) {
    const auto [first, fresh] = seen_.emplace(claim.id, place(claim));
    if (!fresh)
      throw FormatError(place(claim), "id", "'" + claim.id + "' a second time",
                        "an id used once (first in " + first->second + ")");
  }

 private:
  std::map<std::string, std::string> seen_;
};

std::vector<Claim> claims_of(const std::string& text, const std::string& name, const NoteFolders& folders) {
  const std::vector<Block> blocks = note_blocks(text, name);
  const std::vector<Definition> definitions = read_definitions(blocks, name, folders);
  std::vector<Claim> claims;
  UsedIds ids;
  for (const Block& block : blocks) {
    if (block.kind == BlockKind::define) continue;
    claims.push_back(read_claim(block, name, definitions));
    ids.add(claims.back());
  }
  return claims;
}

bool is_below(const fs::path& file, const fs::path& folder) {
  if (folder.empty()) return false;
  const fs::path relative = fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

/// Walks along `uses` and finds a claim that comes back to itself.
class CircleFinder {
 public:
  explicit CircleFinder(const std::map<std::string, const Claim*>& claims) : claims_(claims) {}

  void visit(const Claim& claim) {
    if (done_.count(claim.id)) return;
    path_.push_back(&claim);
    for (const std::string& id : claim.uses) {
      const Claim& used = *claims_.at(id);
      const auto open = std::find(path_.begin(), path_.end(), &used);
      if (open == path_.end()) {
        visit(used);
        continue;
      }
      std::string circle;
      for (auto step = open; step != path_.end(); ++step) circle += (*step)->id + " -> ";
      throw FormatError(place(claim), "uses", "a circle: " + circle + id, "claims that do not rest on themselves");
    }
    path_.pop_back();
    done_.insert(claim.id);
  }

 private:
  const std::map<std::string, const Claim*>& claims_;
  std::vector<const Claim*> path_;
  std::set<std::string> done_;
};

}  // namespace

std::vector<Claim> read_note_text(const std::string& text, const std::string& name) {
  return claims_of(text, name, {});
}

std::vector<Claim> read_note(const fs::path& file, const fs::path& library) {
  const fs::path own = fs::absolute(file).lexically_normal().parent_path();
  NoteFolders folders{own, own.parent_path()};
  if (!library.empty()) folders.push_back(library);
  std::vector<Claim> claims = claims_of(note_text(file), file.string(), folders);
  for (Claim& claim : claims) claim.home = (is_below(file, library) ? library : own).string();
  return claims;
}

std::vector<Claim> read_notes(const fs::path& folder, const fs::path& library) {
  if (!fs::is_directory(folder)) throw IoError(folder.string() + ": not a folder of notes");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".md") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  const fs::path home = is_below(folder, library) ? library : folder;
  std::vector<Claim> claims;
  UsedIds ids;
  for (const auto& file : files)
    for (Claim& claim : read_note(file, library.empty() ? folder : library)) {
      ids.add(claim);
      claim.home = home.string();
      claims.push_back(std::move(claim));
    }
  return claims;
}

void check_uses(const std::vector<Claim>& claims, const std::vector<Claim>& others) {
  std::map<std::string, const Claim*> known;
  for (const auto* list : {&claims, &others})
    for (const Claim& claim : *list) known.emplace(claim.id, &claim);
  for (const auto& [id, claim] : known)
    for (const std::string& used : claim->uses)
      if (known.count(used) == 0)
        throw FormatError(place(*claim), "uses", "'" + used + "'", "the id of a claim in the notes");
  CircleFinder finder(known);
  for (const Claim& claim : claims) finder.visit(claim);
}

}  // namespace shatterproof
