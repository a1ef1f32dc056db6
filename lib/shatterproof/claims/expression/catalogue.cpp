#include "shatterproof/claims/expression/catalogue.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace shatterproof::expression {
namespace {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

long Arguments::integer(std::size_t i, long least) const {
  const Value& value = values_[i];
  const bool fits = value.is_integer() && value.exact()->get_num().fits_slong_p();
  if (!fits || value.exact()->get_num() < least) reject(i, "an integer >= " + std::to_string(least));
  return value.exact()->get_num().get_si();
}

Ball Arguments::at_least(std::size_t i, long least) const {
  const Ball x = ball(i);
  if (values_[i].exact() ? *values_[i].exact() < least : certainly_less(x, Ball(least)))
    reject(i, ">= " + std::to_string(least));
  return x;
}

Ball Arguments::above(std::size_t i, long bound) const {
  const Ball x = ball(i);
  if (values_[i].exact() ? *values_[i].exact() <= bound : certainly_less_or_equal(x, Ball(bound)))
    reject(i, "> " + std::to_string(bound));
  return x;
}

Ball Arguments::within(std::size_t i, long least, const Ball& most, const std::string& most_text) const {
  const Ball x = ball(i);
  const bool below = values_[i].exact() ? *values_[i].exact() < least : certainly_less(x, Ball(least));
  const bool beyond =
      values_[i].exact() && most.is_exact() ? *values_[i].exact() > most.lower_rational() : certainly_less(most, x);
  if (below || beyond) reject(i, "from " + std::to_string(least) + " to " + most_text);
  return x;
}

void Arguments::reject(std::size_t i, const std::string& wanted) const {
  const auto& names = function_.arguments;
  const std::string name = i < names.size() && names[i] != "..." ? names[i] : std::to_string(i + 1);
  throw DomainError{function_.name + ": argument " + name + " must be " + wanted + ", found " + values_[i].text()};
}

std::string Function::signature() const {
  if (arguments.empty()) return name;
  std::string list;
  for (const std::string& argument : arguments) list += (list.empty() ? "" : ", ") + argument;
  return name + "(" + list + ")";
}

bool Function::accepts(std::size_t count) const {
  const bool open = !arguments.empty() && arguments.back() == "...";
  return open ? count + 1 >= arguments.size() : count == arguments.size();
}

const std::vector<Function>& catalogue() {
  static const std::vector<Function> all = [] {
    std::vector<Function> list;
    for (const auto& part : {elementary_functions(), discrete_functions(), tail_functions(), multinomial_functions(),
                             uniform_ball_functions(), uniform_ball_constants(), bound_functions()})
      list.insert(list.end(), part.begin(), part.end());
    return list;
  }();
  return all;
}

const Function* find_function(const std::string& name) {
  static const std::unordered_map<std::string, const Function*> by_name = [] {
    std::unordered_map<std::string, const Function*> map;
    for (const Function& f : catalogue()) map.emplace(f.name, &f);
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& known) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    const bool part = name.size() >= 3 && candidate.find(name) != std::string::npos;
    if (part || distance <= 1 + std::max(name.size(), candidate.size()) / 4)
      ranked.emplace_back(part ? std::min<std::size_t>(distance, 2) : distance, candidate);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> best;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, ranked.size()); ++i) best.push_back(ranked[i].second);
  return best;
}

}  // namespace shatterproof::expression
