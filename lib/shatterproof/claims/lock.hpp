#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/verify.hpp"

namespace shatterproof {

/// What lock.json records of a claim.
struct LockedClaim {
  Verdict verdict = Verdict::undecided;
  std::vector<SharpConstant> sharp = {};
};

/// By the id of the claim.
using Lock = std::map<std::string, LockedClaim>;

/// The lock in the file; nothing if there is no such file. Throws FormatError naming the file and the claim if it is
/// malformed, IoError if it cannot be read.
[[nodiscard]] std::optional<Lock> read_lock(const std::filesystem::path& file);

/// Sorted by id, one line a sharp constant; the same lock gives the same bytes. Written atomically. Throws IoError.
void write_lock(const std::filesystem::path& file, const Lock& lock);

[[nodiscard]] Lock lock_of(const std::vector<Outcome>& outcomes);

/// A claim of which the lock says something else than the run.
struct LockDifference {
  std::string id;
  std::string was, is;  ///< "proved", "[1.2, 1.3] for d = 2", "not there"
};

/// Compares the run with the lock. Verdicts must be the same. The sharp constants must belong to the same instances,
/// and each must be the same enclosure in this sense: the two intervals have a point in common, and neither is more
/// than ten times as wide as the other. (So a better algorithm may move the last digits, but a constant may not jump,
/// and its enclosure may not silently become useless.) Ends that are no numbers, such as "inf", must be the same text.
/// Where a constant is attained is recorded for the reader and not compared. `whole`: the run covered all claims of the
/// lock, so that one which is only in the lock is missing; otherwise such claims are left alone.
[[nodiscard]] std::vector<LockDifference> differences(const Lock& recorded, const Lock& found, bool whole);

}  // namespace shatterproof
