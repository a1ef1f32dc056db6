// Layouts of other programs, types of numbers, data apart from the network.
#include "network/golden_networks.hpp"
#include "network/temporary_files.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;
using Catch::Matchers::Contains;

namespace {

const std::vector<float> kFirst{0.1F, -2, 3, 0.25F, 5, -6.5F};  // 3 x 2
const std::vector<float> kFirstBias{1, -0.5F, 0.7F};
const std::vector<float> kSecond{2, -3, 0.3F};
const std::vector<float> kSecondBias{0.125F};
const std::vector<float> kInputs{0.5F, 0.1F, -0.25F, 0.75F};  // 2 x 2
const std::vector<float> kLabels{1, -0.9F};

struct Names {
  std::string first = "fc1", second = "fc2";
};

std::vector<ZipContent> torch_members(const Names& names = {}) {
  return {{names.first + ".weight.npy", npy("'<f4'", "(3, 2)", raw(kFirst))},
          {names.first + ".bias.npy", npy("'<f4'", "(3,)", raw(kFirstBias))},
          {names.second + ".weight.npy", npy("'<f4'", "(1, 3)", raw(kSecond))},
          {names.second + ".bias.npy", npy("'<f4'", "(1,)", raw(kSecondBias))}};
}

std::vector<ZipContent> data_members() {
  return {{"X.npy", npy("'<f4'", "(2, 2)", raw(kInputs))}, {"y.npy", npy("'<f4'", "(2, 1)", raw(kLabels))}};
}

std::vector<ZipContent> operator+(std::vector<ZipContent> a, const std::vector<ZipContent>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

void check_torch_problem(const Problem<Rational>& p) {
  REQUIRE((p.network.neurons() == 3 && p.network.dimension() == 2 && p.data.samples() == 2));
  for (int k = 0; k < 3; ++k) {
    for (int j = 0; j < 2; ++j)
      CHECK(p.network.W(k, j) == exact_rational(static_cast<double>(kFirst[static_cast<std::size_t>(2 * k + j)])));
    CHECK(p.network.b(k) == -exact_rational(static_cast<double>(kFirstBias[static_cast<std::size_t>(k)])));
    CHECK(p.network.v(k) == exact_rational(static_cast<double>(kSecond[static_cast<std::size_t>(k)])));
  }
  CHECK(p.network.beta == Rational(1, 8));
  CHECK(p.data.X(0, 1) == exact_rational(static_cast<double>(0.1F)));
  CHECK(p.data.X(0, 1) != exact_rational(0.1));
  CHECK(p.data.y(1) == exact_rational(static_cast<double>(-0.9F)));
}

std::string without(std::vector<ZipContent> members, const std::string& name) {
  members.erase(std::remove_if(members.begin(), members.end(), [&](const ZipContent& m) { return m.name == name; }),
                members.end());
  return zip(members);
}

}  // namespace

TEST_CASE("the state of a PyTorch module: biases are minus the thresholds") {
  const TemporaryFolder folder;
  for (const Names& names : {Names{"fc1", "fc2"}, Names{"0", "2"}, Names{"net.9", "net.10"}, Names{"zeroth", "last"}}) {
    INFO(names.first);
    check_torch_problem(read_problem(folder.write("torch.npz", zip(torch_members(names) + data_members()))));
  }
}

TEST_CASE("the sign of the biases can be said") {
  const TemporaryFolder folder;
  const auto torch = folder.write("torch.npz", zip(torch_members() + data_members()));
  const auto own = testing::golden_path("numpy_stored.npz");
  const auto b = [](const std::filesystem::path& path, std::optional<BiasSign> sign) {
    return read_problem(path, {sign}).problem.network.b;
  };
  CHECK(b(torch, {}) == b(torch, BiasSign::plus));
  CHECK(b(own, {}) == b(own, BiasSign::minus));
  for (int k = 0; k < 2; ++k) {
    CHECK(b(torch, BiasSign::minus)(k) == -b(torch, BiasSign::plus)(k));
    CHECK(b(own, BiasSign::minus)(k) == -b(own, BiasSign::plus)(k));
  }
  CHECK(b(own, {})(0) != 0);
}

TEST_CASE("what each array was taken for") {
  const TemporaryFolder folder;
  auto members = torch_members() + data_members();
  members.push_back({"loss_history.npy", "not even an array"});
  members.push_back({"R.npy", npy("'<i8'", "()", raw(std::vector<std::int64_t>{2}))});
  const auto arrays = read_problem(folder.write("torch.npz", zip(members)), {}).arrays;
  const auto use = [&](const std::string& name) {
    for (const ArrayUse& array : arrays)
      if (array.name == name) return array.shape + " " + array.type + " " + array.meaning;
    return std::string("missing");
  };
  CHECK(arrays.size() == 8);
  CHECK(use("fc1.weight") == "(3, 2) float32 weights w of 3 neurons in dimension 2");
  CHECK(use("fc1.bias") == "(3,) float32 biases of relu(w.x + bias), so b = -bias");
  CHECK_THAT(use("fc2.weight"), Contains("(1, 3)") && Contains("output weights"));
  CHECK_THAT(use("fc2.bias"), Contains("(1,)") && Contains("output bias"));
  CHECK_THAT(use("X"), Contains("2 samples in dimension 2"));
  CHECK_THAT(use("y"), Contains("(2, 1)") && Contains("labels"));
  CHECK_THAT(use("R"), Contains("() int64") && Contains("radius"));
  CHECK_THAT(use("loss_history"), Contains("not used"));
}

TEST_CASE("data apart from the network, and a radius of the caller's") {
  const TemporaryFolder folder;
  const auto whole = folder.write("whole.npz", zip(torch_members() + data_members()));
  const auto network = folder.write("network.npz", zip(torch_members()));
  const DataFile data = read_data(folder.write("data.npz", zip(data_members())));
  const ProblemFile apart = read_problem(network, {{}, {}, &data});
  CHECK(equal(apart.problem, read_problem(whole)));
  CHECK(apart.arrays.size() == 6);
  CHECK_THAT(apart.arrays.back().file, Contains("data.npz"));
  // X and y of the network's own file then play no part, and that is said.
  CHECK_THAT(read_problem(whole, {{}, {}, &data}).arrays.at(4).meaning, Contains("not used"));
  CHECK(read_problem(whole, {{}, Rational(3)}).problem.data.R == 3);
  CHECK_THAT(refusal(whole, {{}, Rational(1, 2)}), Contains("R") && Contains("X[1]"));
  CHECK_THAT(refusal(whole, {{}, Rational(0)}), Contains("positive"));
  CHECK_THAT(refusal(network), Contains("X: found nothing"));
  CHECK_THROWS_WITH(read_data(network), Contains("X: found nothing"));
  const DataFile plane = read_data(testing::golden_path("numpy_stored.npz"));
  auto members = torch_members();
  members[0].bytes = npy("'<f4'", "(3, 1)", raw(kFirstBias));
  CHECK_THAT(refusal(folder.write("d.npz", zip(members)), {{}, {}, &plane}),
             Contains("fc1.weight") && Contains("(3, 1)"));
}

TEST_CASE("layouts that do not fit are refused by name") {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& bytes) { return refusal(folder.write("bad.npz", bytes)); };
  const auto whole = torch_members() + data_members();
  CHECK_THAT(said(without(whole, "fc1.bias.npy")), Contains("fc1.bias") && Contains("another Hessian"));
  CHECK_THAT(said(without(whole, "fc2.bias.npy")), Contains("fc2.bias"));
  CHECK_THAT(said(without(whole, "fc2.weight.npy")), Contains("fc2.weight: found nothing"));
  auto three = whole;
  three.push_back({"fc3.weight.npy", npy("'<f4'", "(1, 3)", raw(kSecond))});
  CHECK_THAT(said(zip(three)), Contains("3 (fc1, fc2, fc3)"));
  auto both = whole;
  both.push_back({"W.npy", npy("'<f4'", "(3, 2)", raw(kFirst))});
  CHECK_THAT(said(zip(both)), Contains("W") && Contains("fc1, fc2"));
  auto column = whole;
  column[2].bytes = npy("'<f4'", "(3, 1)", raw(kSecond));
  CHECK_THAT(said(zip(column)), Contains("fc2.weight") && Contains("(3, 1)") && Contains("(1, 3)"));
  auto outputs = whole;
  outputs[3].bytes = npy("'<f4'", "(2,)", raw(std::vector<float>{1, 2}));
  CHECK_THAT(said(zip(outputs)), Contains("fc2.bias") && Contains("one number"));
}

TEST_CASE("Fortran order and every type of number, exactly") {
  const TemporaryFolder folder;
  const auto with_x = [&](const std::string& member) {
    auto members = torch_members() + data_members();
    members[4].bytes = member;
    return read_problem(folder.write("types.npz", zip(members))).data.X;
  };
  const auto c = with_x(npy("'<f8'", "(2, 2)", raw(std::vector<double>{0.1, 0.2, 0.3, 0.4})));
  const auto fortran = with_x(npy("'<f8'", "(2, 2)", raw(std::vector<double>{0.1, 0.3, 0.2, 0.4}), "True"));
  CHECK(c == fortran);
  CHECK(c(0, 1) == exact_rational(0.2));
  const auto integers = with_x(npy("'<i8'", "(2, 2)", raw(std::vector<std::int64_t>{1, -2, 9007199254740993, 0})));
  CHECK(integers(1, 0) == Rational(Integer("9007199254740993")));  // 2^53 + 1 is no double
  CHECK(with_x(npy("'<i4'", "(2, 2)", raw(std::vector<std::int32_t>{1, -2, 3, 0})))(0, 1) == -2);
  // binary16: 1, the least subnormal, -65504 (the largest), 1/3 rounded.
  const auto half = with_x(npy("'<f2'", "(2, 2)", raw(std::vector<std::uint16_t>{0x3c00, 0x0001, 0xfbff, 0x3555})));
  CHECK(half(0, 0) == 1);
  CHECK(half(0, 1) == Rational(1, 1 << 24));
  CHECK(half(1, 0) == -65504);
  CHECK(half(1, 1) == Rational(1365, 4096));
  const auto refused = [&](std::uint16_t bits) {
    auto members = torch_members() + data_members();
    members[4].bytes = npy("'<f2'", "(2, 2)", raw(std::vector<std::uint16_t>{0, 0, bits, 0}));
    return refusal(folder.write("half.npz", zip(members)));
  };
  CHECK_THAT(refused(0x7c00), Contains("X[1][0]") && Contains("inf"));
  CHECK_THAT(refused(0xfc00), Contains("-inf"));
  CHECK_THAT(refused(0x7e01), Contains("nan"));
}

TEST_CASE("what PyTorch trained is read alike from both formats") {
  const std::string folder = testing::golden_path("trained/");
  const Problem<Rational> npz = read_problem(folder + "net.npz");
  const DataFile data = read_data(folder + "data.npz");
  CHECK(equal(npz, read_problem(folder + "net.safetensors", {{}, {}, &data}).problem));
  CHECK(equal(npz, read_problem(folder + "run/epoch_600.safetensors", {{}, {}, &data}).problem));
  CHECK((npz.network.neurons() == 16 && npz.network.dimension() == 3 && npz.data.samples() == 24));
}
