#include "shatterproof/claims/expression/definitions.hpp"

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/grammar.hpp"

namespace shatterproof::expression {

std::string Definition::signature() const {
  std::string list;
  for (const std::string& parameter : parameters) list += (list.empty() ? "" : ", ") + parameter;
  return list.empty() ? name : name + "(" + list + ")";
}

const Definition* Definitions::find(const std::string& name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &list_[found->second];
}

void Definitions::add(const std::string& source, const std::string& place) {
  for (const Definition& known : list_)
    if (known.text == source) return;
  const std::size_t end = source.find_first_of("(=");
  const std::string head = source.substr(0, end);
  Definition definition =
      Grammar(source, {}, *this, "definition '" + head + "'" + (place.empty() ? "" : " (" + place + ")")).definition();
  definition.place = place;
  insert(std::move(definition));
}

void Definitions::add(const Definitions& other) {
  for (const Definition& definition : other.list_) {
    const Definition* known = find(definition.name);
    if (known == nullptr) {
      insert(definition);
      continue;
    }
    require(known->text == definition.text, "'" + definition.name + "' is defined twice: '" + known->text + "' (" +
                                                known->place + ") and '" + definition.text + "' (" + definition.place +
                                                ")");
  }
}

Definitions Definitions::unexpanded() const {
  Definitions result;
  for (Definition definition : list_) {
    NodeBuilder nodes(std::make_shared<const Source>(Source{definition.text, definition.place}));
    Node call{.kind = NodeKind::call, .offset = 0, .name = definition.name};
    for (const std::string& parameter : definition.parameters)
      call.operands.push_back(nodes.make({.kind = NodeKind::variable, .offset = 0, .name = parameter}));
    definition.body = nodes.make(std::move(call));
    result.insert(std::move(definition));
  }
  return result;
}

void Definitions::insert(Definition definition) {
  index_.emplace(definition.name, list_.size());
  list_.push_back(std::move(definition));
}

}  // namespace shatterproof::expression
