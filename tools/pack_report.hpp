#pragma once
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::tools {

/// Beyond so many coordinates filling takes minutes: done only if --fill-rounds asks for it.
inline constexpr long kMostFilledNumbers = 100'000;
inline constexpr long kUntilNoneIsFound = std::numeric_limits<long>::max();

/// The options of `pack` as given.
struct PackRequest {
  long dim = 0;
  std::string eps, count, family, output, certificate;
  long max_centres = 200000;
  std::uint64_t seed = 1;
  long restarts = 0, degree = 0;
  std::optional<long> fill_rounds;  ///< --fill-rounds
  bool json = false, list = false, table = false, stream = false;
};

/// A packing between the bounds.
struct PackReport {
  Packing packing;
  std::vector<CapCountBound> uppers;
  std::vector<Rational> dual;  ///< coefficients of the Delsarte bound among them, if there is one
  CapCountBound best;
  Integer greedy;
  Rational cosine;
  Ball separation, ratio;
  std::string maximal;
  std::optional<Integer> wanted;         ///< --count
  std::optional<Rational> without_room;  ///< --count: an eps at which that many caps certainly do not fit
};

/// Adds the bounds; Delsarte's of that degree (0: the best of several).
[[nodiscard]] PackReport make_report(Packing packing, long degree);

/// The verified linear programming bound and its coefficients, where this build has one, d >= 3 and cos 2 theta > 0.
struct VerifiedBound {
  CapCountBound bound;
  std::vector<Rational> dual;
};
[[nodiscard]] std::optional<VerifiedBound> linear_programming_bound(long d, const Rational& eps, long degree);

/// One more cap wherever a hole of the best packing is deep enough, until none is found, or so many rounds, or an
/// interrupt; of small codes the largest of what becomes so of the best one and of those nearly as large. Codes of more
/// than `most_numbers` coordinates are left as they are, and their certificate says so.
[[nodiscard]] Packing best_filled_packing(long d, const Rational& eps, long rounds, PackingOptions options = {},
                                          long most_numbers = kMostFilledNumbers);
/// The least upper bound on the number of caps, the linear program's included where it says something.
[[nodiscard]] CapCountBound least_upper_bound(long d, const Rational& eps);
/// The largest number of caps before holes are filled, and the family that has them ("existence (area)" if none has).
[[nodiscard]] std::pair<Integer, std::string> available_family(long d, const Rational& eps);

/// N, the best upper bound and their ratio for d = 2..24 and eps = 1/2 .. 1e-3, as a table in Markdown (--table);
/// dim > 0: the rows of that dimension only. Rows are printed and kept in the cache as soon as they are known; after
/// Ctrl-C the next run of the same program goes on from them. False if it was interrupted.
[[nodiscard]] bool print_packing_table(long dim);

/// The value of --eps; throws PreconditionError naming it.
[[nodiscard]] Rational pack_eps(const PackRequest& request);

/// --eps: the packing asked for, its holes filled unless a family is forced. --count: the largest eps for that many
/// caps.
[[nodiscard]] Packing packing_for_eps(const PackRequest& request);
[[nodiscard]] Packing packing_for_count(const PackRequest& request, const Integer& count);

/// --stream: a Leech shell vector by vector, each one checked, none stored; the finding joins the certificate. Throws
/// PreconditionError for another family.
void stream_shell(Packing& packing);

/// What --list prints.
[[nodiscard]] std::vector<PackingFamily> listed_families(const PackRequest& request);

/// The optimiser's code of that many points as a packing at its own eps (--family optimised, or small N); throws
/// PreconditionError where this build has no optimiser or (d, N) is beyond it.
[[nodiscard]] Packing optimised_packing(const PackRequest& request, long count);
/// As many optimised points as are found to fit at this eps.
[[nodiscard]] Packing optimised_packing_at(const PackRequest& request, const Rational& eps);
/// Whether the optimiser is here and quick for (d, N).
[[nodiscard]] bool is_quickly_optimised(long d, const Integer& count);

/// The count, or five digits of one of nine or more, for tables.
[[nodiscard]] std::string short_count(const Integer& count);
/// An angle in radians as degrees, of which all digits but the last are certain.
[[nodiscard]] std::string degrees(const Ball& angle, int digits);

void print_report(const PackReport& report);
void print_report_json(const PackReport& report);
void print_families(const std::vector<PackingFamily>& families, bool json);
/// The centres: integer vectors as text, or JSON with decimals of 17 digits and the integer vectors where there are
/// some.
void write_centres(const Packing& packing, const std::string& path);

}  // namespace shatterproof::tools
