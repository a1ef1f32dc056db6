#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "shatterproof/report/latex.hpp"

namespace shatterproof::report {
namespace {

/// A work, and the words by which the notes cite it.
struct Reference {
  const char* cited;
  const char* entry;
};

constexpr std::array kReferences{
    Reference{"Liang et al. 2025",
              "@misc{liang2025stable,\n"
              "  author        = {Liang, Tongtong and Qiao, Dan and Wang, Yu-Xiang and Parhi, Rahul},\n"
              "  title         = {Stable Minima of {ReLU} Neural Networks Suffer from the Curse of Dimensionality: The "
              "Neural Shattering Phenomenon},\n"
              "  year          = {2025},\n  eprint        = {2506.20779},\n  archiveprefix = {arXiv}\n}\n"},
    Reference{"2510.18120",
              "@misc{liang2025geometry,\n"
              "  author        = {Liang, Tongtong and Cloninger, Alexander and Parhi, Rahul and Wang, Yu-Xiang},\n"
              "  title         = {Generalization Below the Edge of Stability: The Role of Data Geometry},\n"
              "  year          = {2025},\n  eprint        = {2510.18120},\n  archiveprefix = {arXiv}\n}\n"},
    Reference{"2406.06838",
              "@misc{qiao2024univariate,\n"
              "  author        = {Qiao, Dan and Zhang, Kaiqi and Singh, Esha and Soudry, Daniel and Wang, Yu-Xiang},\n"
              "  title         = {Stable Minima Cannot Overfit in Univariate {ReLU} Networks: Generalization by Large "
              "Step Sizes},\n"
              "  year          = {2024},\n  eprint        = {2406.06838},\n  archiveprefix = {arXiv}\n}\n"},
    Reference{"Parhi and Nowak 2023",
              "@article{parhi2023near,\n"
              "  author  = {Parhi, Rahul and Nowak, Robert D.},\n"
              "  title   = {Near-Minimax Optimal Estimation With Shallow {ReLU} Neural Networks},\n"
              "  journal = {IEEE Transactions on Information Theory},\n  volume  = {69},\n  number  = {2},\n"
              "  pages   = {1125--1140},\n  year    = {2023}\n}\n"},
    Reference{"Proschan 1983",
              "@article{joagdev1983negative,\n"
              "  author  = {Joag-Dev, Kumar and Proschan, Frank},\n"
              "  title   = {Negative Association of Random Variables with Applications},\n"
              "  journal = {The Annals of Statistics},\n  volume  = {11},\n  number  = {1},\n"
              "  pages   = {286--295},\n  year    = {1983}\n}\n"},
    Reference{"Barbour and Hall",
              "@article{barbour1984rate,\n"
              "  author  = {Barbour, A. D. and Hall, Peter},\n"
              "  title   = {On the Rate of {Poisson} Convergence},\n"
              "  journal = {Mathematical Proceedings of the Cambridge Philosophical Society},\n  volume  = {95},\n"
              "  number  = {3},\n  pages   = {473--480},\n  year    = {1984}\n}\n"},
    Reference{"Wainwright",
              "@book{wainwright2019high,\n"
              "  author    = {Wainwright, Martin J.},\n"
              "  title     = {High-Dimensional Statistics: A Non-Asymptotic Viewpoint},\n"
              "  publisher = {Cambridge University Press},\n  year      = {2019}\n}\n"},
    Reference{"Laurent and Massart",
              "@article{laurent2000adaptive,\n"
              "  author  = {Laurent, B. and Massart, P.},\n"
              "  title   = {Adaptive Estimation of a Quadratic Functional by Model Selection},\n"
              "  journal = {The Annals of Statistics},\n  volume  = {28},\n  number  = {5},\n"
              "  pages   = {1302--1338},\n  year    = {2000}\n}\n"},
    Reference{"Rump",
              "@article{rump2006verification,\n"
              "  author  = {Rump, Siegfried M.},\n"
              "  title   = {Verification of Positive Definiteness},\n"
              "  journal = {BIT Numerical Mathematics},\n  volume  = {46},\n  pages   = {433--452},\n"
              "  year    = {2006}\n}\n"},
};

bool is_cited(const Document& document, const std::string& words) {
  const auto holds = [&](const std::string& text) { return text.find(words) != std::string::npos; };
  return std::any_of(document.notes.begin(), document.notes.end(),
                     [&](const NoteEntry& note) { return holds(note.markdown); });
}

}  // namespace

std::string bibtex_of(const Document& document) {
  std::string text = fmt::format(
      "@software{{shatterproof,\n  title   = {{Shatterproof: machine-checked theorems about flat minima of neural "
      "networks}},\n  author  = {{{{Shatterproof contributors}}}},\n  version = {{{}}}\n}}\n",
      document.version);
  for (const Reference& reference : kReferences)
    if (is_cited(document, reference.cited)) text += std::string("\n") + reference.entry;
  return text;
}

}  // namespace shatterproof::report
