#include "shatterproof/claims/procedure.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {
namespace {

constexpr unsigned long kLongestRange = 1'000'000;

long parse_integer(const std::string& name, const std::string& text) {
  Rational value;
  try {
    value = parse_rational(text);
  } catch (const PreconditionError&) {
    throw PreconditionError("parameter '" + name + "' = '" + text + "': expected an integer");
  }
  require(value.get_den() == 1 && value.get_num().fits_slong_p(),
          "parameter '" + name + "' = '" + text + "': expected an integer");
  return value.get_num().get_si();
}

}  // namespace

std::vector<std::string> Parameters::list(const std::string& name) const {
  const auto found = values_.find(name);
  require(found != values_.end(), "parameter '" + name + "' is missing");
  require(!found->second.empty(), "parameter '" + name + "' is an empty list");
  return found->second;
}

std::string Parameters::text(const std::string& name) const {
  const auto values = list(name);
  require(values.size() == 1, "parameter '" + name + "' is a list; expected one value");
  return values.front();
}

long Parameters::integer(const std::string& name) const { return parse_integer(name, text(name)); }

std::vector<long> Parameters::integers(const std::string& name) const {
  std::vector<long> result;
  for (const std::string& item : list(name)) {
    const std::size_t dots = item.find("..");
    const long first = parse_integer(name, item.substr(0, dots));
    const long last = dots == std::string::npos ? first : parse_integer(name, item.substr(dots + 2));
    // Unsigned: the difference of two long numbers may overflow.
    const auto steps = static_cast<unsigned long>(last) - static_cast<unsigned long>(first);
    require(first <= last && steps < kLongestRange, "parameter '" + name + "' = '" + item +
                                                        "': expected a range a..b with a <= b, of at most " +
                                                        std::to_string(kLongestRange) + " numbers");
    for (unsigned long step = 0; step <= steps; ++step) result.push_back(first + static_cast<long>(step));
  }
  return result;
}

const Procedure* find_procedure(const std::string& name) {
  for (const Procedure& procedure : procedures())
    if (procedure.name == name) return &procedure;
  return nullptr;
}

}  // namespace shatterproof
