#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/box.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using expression::Expression;
using expression::Range;
using expression::Value;

namespace {

Rational exact_bound(const Range& range, const Expression& bound, const Bindings& before) {
  const Value value = evaluate(bound, before);
  require(value.exact().has_value(), "the bounds of '" + range.variable + "' must be exact numbers");
  return *value.exact();
}

std::vector<Rational> listed_values(const Range& range, const Bindings& before) {
  std::vector<Rational> values;
  for (const Expression& item : range.listed) values.push_back(exact_bound(range, item, before));
  return values;
}

std::vector<Rational> integers_of(const Range& range, const Bindings& before, long most) {
  if (!range.listed.empty()) return listed_values(range, before);
  const Rational low = exact_bound(range, range.low, before), high = exact_bound(range, range.high, before);
  require(low.get_den() == 1 && high.get_den() == 1, "the bounds of '" + range.variable + "' must be integers");
  require(low <= high, "the range of '" + range.variable + "' is empty");
  require(high - low < most, "the range of '" + range.variable + "' has " + to_text_exact(high - low + 1) +
                                 " values; at most " + std::to_string(most) + " instances are checked");
  std::vector<Rational> values;
  for (Rational value = low; value <= high; value += 1) values.push_back(value);
  return values;
}

RealRange real_range(const Range& range, const Bindings& before) {
  RealRange real{range.variable, {}, {}, range.low_closed, range.high_closed};
  if (!range.low_infinite) real.low = exact_bound(range, range.low, before);
  if (!range.high_infinite) real.high = exact_bound(range, range.high, before);
  if (real.low && real.high)
    require(*real.low < *real.high || (*real.low == *real.high && real.low_closed && real.high_closed),
            "the range of '" + range.variable + "' is empty");
  return real;
}

}  // namespace

std::vector<Instance> instances_of(const std::vector<Range>& ranges, long most) {
  std::vector<Instance> instances{{}};
  for (const Range& range : ranges) {
    std::vector<Instance> longer;
    for (const Instance& before : instances) {
      if (!range.integers) {
        longer.push_back(before);
        longer.back().reals.push_back(real_range(range, before.constants));
        continue;
      }
      for (const Rational& value : integers_of(range, before.constants, most)) {
        longer.push_back(before);
        longer.back().constants.emplace(range.variable, value);
      }
      require(static_cast<long>(longer.size()) <= most, "more than " + std::to_string(most) + " instances (with '" +
                                                            range.variable + "', " + std::to_string(longer.size()) +
                                                            " or more); give smaller ranges");
    }
    instances = std::move(longer);
  }
  return instances;
}

}  // namespace shatterproof::prover
