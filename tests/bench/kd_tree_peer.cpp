#include "kd_tree_peer.hpp"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>
#ifdef PEER_HAS_CGAL
#include <CGAL/Fuzzy_sphere.h>
#include <CGAL/Kd_tree.h>
#include <CGAL/Orthogonal_k_neighbor_search.h>
#include <CGAL/Search_traits.h>
#endif
#ifdef PEER_HAS_NANOFLANN
#include <nanoflann.hpp>
#endif

namespace {

/// Of this thread's own time: what other programs take of the processor is not counted.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const { return now() - start_; }

 private:
  static double now() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
  }
  double start_ = now();
};

#ifdef PEER_HAS_CGAL
template <int D>
struct CgalPoint {
  double c[D];
  std::uint32_t id;
};
template <int D>
struct CgalCoordinates {
  using result_type = const double*;
  const double* operator()(const CgalPoint<D>& p) const { return p.c; }
  const double* operator()(const CgalPoint<D>& p, int) const { return p.c + D; }
};

template <int D>
class CgalTree {
  using Point = CgalPoint<D>;
  using Traits = CGAL::Search_traits<double, Point, const double*, CgalCoordinates<D>, CGAL::Dimension_tag<D>>;
  using Tree = CGAL::Kd_tree<Traits>;
  using Ball = CGAL::Fuzzy_sphere<Traits>;
  using Nearest = CGAL::Orthogonal_k_neighbor_search<Traits, CGAL::Euclidean_distance<Traits>>;

 public:
  explicit CgalTree(const PeerCode& code) {
    std::vector<Point> points(code.count);
    for (std::size_t i = 0; i < code.count; ++i) points[i] = point(code.rows + i * D, i);
    tree_.insert(points.begin(), points.end());
    tree_.build();
  }
  bool has_other_by_nearest(const double* x, double chord) const {
    Nearest search(const_cast<Tree&>(tree_), point(x), 2);
    return (++search.begin())->second < chord * chord;
  }
  bool has_other_by_ball(const double* x, double chord) const { return neighbours(x, chord).size() > 1; }
  bool has_nearest(const double* x, double chord) const {
    Nearest search(const_cast<Tree&>(tree_), point(x), 1);
    return search.begin()->second <= chord * chord;
  }
  bool has_any(const double* x, double chord) const { return bool(tree_.search_any_point(Ball(point(x), chord))); }
  template <class Visit>
  void visit(const double* x, double chord, Visit&& use) const {
    for (const Point& p : neighbours(x, chord)) use(p.id);
  }

 private:
  static Point point(const double* x, std::size_t id = 0) {
    Point p;
    std::copy(x, x + D, p.c);
    p.id = std::uint32_t(id);
    return p;
  }
  std::vector<Point> neighbours(const double* x, double chord) const {
    std::vector<Point> found;
    tree_.search(std::back_inserter(found), Ball(point(x), chord));
    return found;
  }
  Tree tree_;
};
#endif

#ifdef PEER_HAS_NANOFLANN
template <int D>
class NanoflannTree {
  struct Cloud {
    const double* rows;
    std::size_t count;
    std::size_t kdtree_get_point_count() const { return count; }
    double kdtree_get_pt(std::size_t i, std::size_t k) const { return rows[i * D + k]; }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
      return false;
    }
  };
  using Tree =
      nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Cloud>, Cloud, D, std::uint32_t>;

 public:
  explicit NanoflannTree(const PeerCode& code)
      : cloud_{code.rows, code.count}, tree_(D, cloud_, nanoflann::KDTreeSingleIndexAdaptorParams(16)) {
    tree_.buildIndex();
  }
  bool has_other_by_nearest(const double* x, double chord) const { return nearest<2>(x) < chord * chord; }
  bool has_other_by_ball(const double* x, double chord) const {
    long others = 0;
    visit(x, chord, [&](std::uint32_t) { ++others; });
    return others > 1;
  }
  bool has_nearest(const double* x, double chord) const { return nearest<1>(x) <= chord * chord; }
  bool has_any(const double* x, double chord) const { return has_nearest(x, chord); }
  template <class Visit>
  void visit(const double* x, double chord, Visit&& use) const {
    std::vector<std::pair<std::uint32_t, double>> found;
    tree_.radiusSearch(x, chord * chord, found, nanoflann::SearchParams(32, 0, false));
    for (const auto& [id, squared] : found) use(id);
  }

 private:
  template <int K>
  double nearest(const double* x) const {
    std::uint32_t ids[K];
    double squared[K];
    tree_.knnSearch(x, K, ids, squared);
    return squared[K - 1];
  }
  Cloud cloud_;
  Tree tree_;
};
#endif

template <class Tree>
double verify(const PeerCode& code, const std::uint32_t* order, std::size_t stride, std::size_t& violations) {
  const double chord = code.chord * (1 - 1e-12);
  const Stopwatch build;
  const Tree tree(code);
  const double building = build.seconds();
  double best = HUGE_VAL;
  for (const auto is_close : {&Tree::has_other_by_nearest, &Tree::has_other_by_ball}) {
    violations = 0;
    const Stopwatch watch;
    for (std::size_t i = 0; i < code.count; i += stride)
      violations += (tree.*is_close)(code.rows + order[i] * std::size_t(code.dimension), chord);
    best = std::min(best, watch.seconds() * double(stride));
  }
  return building + best;
}

template <class Tree>
double bin(const PeerCode& code, const double* queries, std::size_t count, std::size_t stride, std::size_t& inside) {
  const Tree tree(code);
  double best = HUGE_VAL;
  for (const auto is_near : {&Tree::has_nearest, &Tree::has_any}) {
    inside = 0;
    const Stopwatch watch;
    for (std::size_t i = 0; i < count; i += stride)
      inside += (tree.*is_near)(queries + i * std::size_t(code.dimension), code.chord);
    best = std::min(best, watch.seconds() * double(stride));
  }
  return best;
}

template <class Tree>
double greedy(const PeerCode& candidates, std::size_t most, std::size_t& accepted) {
  const Stopwatch watch;
  const Tree tree(candidates);
  std::vector<bool> dead(candidates.count, false);
  accepted = 0;
  for (std::size_t i = 0; i < candidates.count && accepted < most; ++i) {
    if (dead[i]) continue;
    ++accepted;
    tree.visit(candidates.rows + i * std::size_t(candidates.dimension), candidates.chord,
               [&](std::uint32_t id) { dead[id] = true; });
  }
  return watch.seconds();
}

/// Calls job.template operator()<Tree>() for the tree of that library and dimension.
template <template <int> class Tree, class Job>
double in_dimension(long d, Job&& job) {
  switch (d) {
    case 3:
      return job.template operator()<Tree<3>>();
    case 4:
      return job.template operator()<Tree<4>>();
    case 5:
      return job.template operator()<Tree<5>>();
    case 6:
      return job.template operator()<Tree<6>>();
    case 7:
      return job.template operator()<Tree<7>>();
    case 8:
      return job.template operator()<Tree<8>>();
    default:
      return NAN;
  }
}

template <class Job>
double with_tree([[maybe_unused]] KdTree tree, [[maybe_unused]] long d, [[maybe_unused]] Job&& job) {
#ifdef PEER_HAS_CGAL
  if (tree == KdTree::cgal) return in_dimension<CgalTree>(d, job);
#endif
#ifdef PEER_HAS_NANOFLANN
  if (tree == KdTree::nanoflann) return in_dimension<NanoflannTree>(d, job);
#endif
  return NAN;
}

}  // namespace

#define PEER_VISIBLE __attribute__((visibility("default")))

PEER_VISIBLE bool has_kd_tree(KdTree tree) {
  return !std::isnan(with_tree(tree, 3, []<class Tree>() { return 0.0; }));
}

PEER_VISIBLE double kd_tree_verify(KdTree tree, const PeerCode& code, const std::uint32_t* order, std::size_t stride,
                                   std::size_t& violations) {
  return with_tree(tree, code.dimension, [&]<class Tree>() { return verify<Tree>(code, order, stride, violations); });
}

PEER_VISIBLE double kd_tree_bin(KdTree tree, const PeerCode& code, const double* queries, std::size_t count,
                                std::size_t stride, std::size_t& inside) {
  return with_tree(tree, code.dimension, [&]<class Tree>() { return bin<Tree>(code, queries, count, stride, inside); });
}

PEER_VISIBLE double kd_tree_greedy(KdTree tree, const PeerCode& candidates, std::size_t most, std::size_t& accepted) {
  return with_tree(tree, candidates.dimension, [&]<class Tree>() { return greedy<Tree>(candidates, most, accepted); });
}
