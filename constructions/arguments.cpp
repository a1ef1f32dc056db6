#include "constructions/arguments.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

Arguments::Arguments(std::string owner, std::vector<ParameterInfo> known, const std::vector<std::string>& assignments)
    : owner_(std::move(owner)), known_(std::move(known)) {
  std::string names;
  for (const ParameterInfo& p : known_) names += (names.empty() ? "" : ", ") + p.name;
  for (const std::string& item : assignments) {
    const std::size_t sign = item.find('=');
    require(sign != std::string::npos && sign > 0, owner_ + ": '" + item + "': expected key=value");
    const std::string name = item.substr(0, sign);
    const bool is_known =
        std::any_of(known_.begin(), known_.end(), [&](const ParameterInfo& p) { return p.name == name; });
    require(is_known, owner_ + ": unknown parameter '" + name + "': expected one of " + names);
    require(values_.emplace(name, item.substr(sign + 1)).second, owner_ + ": parameter '" + name + "' is given twice");
  }
  for (const ParameterInfo& p : known_) values_.emplace(p.name, p.standard);
}

const std::string& Arguments::text(const std::string& name) const { return values_.at(name); }

long Arguments::integer(const std::string& name, long least, long most) const {
  const Rational value = rational(name);
  if (value.get_den() != 1 || value < least || value > most) {
    reject(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value.get_num().get_si();
}

Rational Arguments::rational(const std::string& name) const {
  try {
    return parse_rational(text(name));
  } catch (const PreconditionError&) {
    reject(name);
  }
}

Rational Arguments::positive(const std::string& name) const {
  const Rational value = rational(name);
  if (value <= 0) reject(name);
  return value;
}

std::string Arguments::choice(const std::string& name, const std::vector<std::string>& options) const {
  const std::string& value = text(name);
  if (std::find(options.begin(), options.end(), value) == options.end()) reject(name);
  return value;
}

void Arguments::reject(const std::string& name) const {
  const auto info = std::find_if(known_.begin(), known_.end(), [&](const ParameterInfo& p) { return p.name == name; });
  reject(name, info == known_.end() ? "something else" : info->expected);
}

void Arguments::reject(const std::string& name, const std::string& expected) const {
  throw PreconditionError(owner_ + ": " + name + " = '" + text(name) + "': expected " + expected);
}

}  // namespace shatterproof
