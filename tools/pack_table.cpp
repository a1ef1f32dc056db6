// `pack --table`: what is placed and what is possible, over dimensions and cap sizes.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "pack_report.hpp"
#include "progress_bar.hpp"
#include "shatterproof/claims/cache.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/read_file.hpp"
#include "table.hpp"

namespace shatterproof::tools {
namespace {

constexpr long kFirstTableDimension = 2, kLastTableDimension = 24;
constexpr const char* kTableEps[] = {"1/2", "2/5", "0.366", "3/10", "1/4", "1/5", "1/10", "1/20", "1/100", "1/1000"};

using Cells = std::vector<std::string>;

/// The rows that earlier runs of this very program have made, in one file of the cache. Like verify's cache it never
/// throws: what cannot be read is made again, what cannot be written is not.
class KeptRows {
 public:
  KeptRows() {
    const auto folder = cache_folder();
    const auto program = program_identity();
    if (!folder || !program) return;
    file_ = *folder / "packing_table.json", program_ = *program;
    try {
      const Json stored = Json::parse(read_file(file_));
      if (stored.at("program") == program_) rows_ = stored.at("rows").get<std::map<std::string, Cells>>();
    } catch (const std::exception&) {
    }
  }

  [[nodiscard]] const Cells* find(const std::string& key) const {
    const auto at = rows_.find(key);
    return at != rows_.end() && at->second.size() == kColumns ? &at->second : nullptr;
  }

  void keep(const std::string& key, const Cells& cells) {
    if (program_.empty()) return;
    rows_[key] = cells;
    try {
      std::filesystem::create_directories(file_.parent_path());
      write_file_atomically(file_, Json{{"program", program_}, {"rows", rows_}}.dump() + "\n");
    } catch (const std::exception&) {
    }
  }

  static constexpr std::size_t kColumns = 8;

 private:
  std::filesystem::path file_;
  std::string program_;  // empty: nothing is kept
  std::map<std::string, Cells> rows_;
};

Cells cells_of(long d, const std::string& text) {
  const Rational eps = parse_rational(text);
  const auto [count, name] = available_family(d, eps);
  const CapCountBound upper = least_upper_bound(d, eps);
  const Rational ratio = Rational(count) / Rational(upper.count);
  const Ball constant = Ball(count) * power(Ball(eps), d - 1);
  return {std::to_string(d),
          text,
          short_count(count),
          name,
          short_count(upper.count),
          upper.name,
          fmt::format("{:.4f}", ratio.get_d()),
          fmt::format("{:.4g}", constant.mid_double())};
}

}  // namespace

bool print_packing_table(long dim) {
  require(dim == 0 || (dim >= kFirstTableDimension && dim <= kLastTableDimension), "--table: --dim must be in 2..24");
  const PrecisionScope scope(128);
  Table table({{"d", Align::left, 2},
               {"eps", Align::left, 6},
               {"N", Align::left, 11},
               {"family", Align::left, 24},
               {"upper bound", Align::left, 11},
               {"by", Align::left, 22},
               {"N / upper"},
               {"N eps^(d-1)"}},
              {.markdown = true});
  const long first = dim == 0 ? kFirstTableDimension : dim, last = dim == 0 ? kLastTableDimension : dim;
  const double total = static_cast<double>((last - first + 1) * static_cast<long>(std::size(kTableEps)));
  KeptRows kept;
  catch_interrupts();
  ProgressBar bar("rows", total);
  table.print_head();
  double done = 0;
  for (long d = first; d <= last; ++d)
    for (const char* eps : kTableEps) {
      if (interrupted()) {
        fmt::print(stderr, "shatterproof: interrupted after {} of {} rows; start again to go on\n", done, total);
        return false;
      }
      const std::string key = fmt::format("{} {}", d, eps);
      bar.update(done, fmt::format("d = {}, eps = {}", d, eps));
      const Cells* found = kept.find(key);
      const Cells cells = found ? *found : cells_of(d, eps);
      if (!found) kept.keep(key, cells);
      table.print_row(Row(cells.begin(), cells.end()));
      std::fflush(stdout);
      ++done;
    }
  return true;
}

}  // namespace shatterproof::tools
