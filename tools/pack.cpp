// shatterproof pack: a certified cap packing and its place between the bounds.
#include "pack_file.hpp"
#include "pack_report.hpp"
#include "progress_bar.hpp"
#include "shatterproof/certificate/packing_certificate.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/sphere/caps_by_count.hpp"

namespace shatterproof::tools {
namespace {

void run_pack(const PackRequest& request, const PackScaleOptions& scale, int& exit_code) {
  if (scale.wanted()) {
    require(request.certificate.empty() && request.count.empty() && request.family.empty() && !request.list &&
                !request.table && !request.stream && request.degree == 0,
            "--check, --closed, --layers, --greedy and --bin go with --dim, --eps, --seed, -o and --json only");
    return run_pack_scale(scale, {request.dim, request.eps, request.output, request.seed, request.json}, exit_code);
  }
  require(request.eps.empty() || request.count.empty(), "give --eps or --count, not both");
  require(request.max_centres >= 0, "--max-centres must not be negative, got " + std::to_string(request.max_centres));
  require(request.fill_rounds.value_or(0) >= 0,
          "--fill-rounds must not be negative, got " + std::to_string(request.fill_rounds.value_or(0)));
  if (request.table) {
    require(request.eps.empty() && request.count.empty() && !request.list && !request.json,
            "--table goes with --dim at most");
    exit_code = print_packing_table(request.dim) ? kAsExpected : kUndecided;
    return;
  }
  require(request.dim != 0, "--dim is required, a whole number from 1 to 10000");
  if (request.list) {
    require(request.count.empty(), "--list goes with --dim and, if wanted, --eps; not with --count");
    return print_families(listed_families(request), request.json);
  }
  require(!request.eps.empty() || !request.count.empty(), "--eps or --count is required (or --list)");
  const PrecisionScope scope(192);
  PackReport report;
  std::optional<ProgressBar> bar(std::in_place, "packing caps");
  if (request.count.empty()) {
    Packing packing = packing_for_eps(request);
    if (request.stream) stream_shell(packing);
    report = make_report(std::move(packing), request.degree);
  } else {
    require(!request.stream, "--stream goes with --eps");
    const Integer count =
        whole_option("count", request.count, "a whole number from 2 to 10^15", 2, Integer("1000000000000000"));
    report = make_report(packing_for_count(request, count), request.degree);
    report.wanted = count;
    const Rational without_room = eps_without_room(request.dim, count);
    if (without_room > report.packing.eps) report.without_room = without_room;
  }
  bar.reset();
  if (!request.output.empty()) write_centres(report.packing, request.output);
  if (!request.certificate.empty()) write_file_atomically(request.certificate, packing_certificate(report.packing));
  request.json ? print_report_json(report) : print_report(report);
  exit_code = report.packing.certified ? kAsExpected : kUndecided;
}

}  // namespace

void add_pack(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("pack", "a certified packing of spherical caps, and the bounds on the number of caps");
  auto request = std::make_shared<PackRequest>();
  auto scale = std::make_shared<PackScaleOptions>();
  command->add_option("--dim", request->dim, "dimension d, 1..10000");
  command->add_option("--eps", request->eps, "cap parameter in (0, 1], exact: 1/4, 0.1, 1e-8; cap height h = eps^2")
      ->type_name("NUMBER");
  command->add_option("--count", request->count, "the other way round: the largest eps that is found for so many caps")
      ->type_name("NUMBER");
  command
      ->add_option("--family", request->family,
                   "force a family, by the beginning of its name (see --list); \"optimised\": a search for small N")
      ->type_name("FAMILY");
  command->add_option("--seed", request->seed, "seed of the optimiser, of --greedy and of --bin")
      ->capture_default_str();
  command->add_option("--restarts", request->restarts, "random starts of the optimiser, 0: by the size of the code")
      ->capture_default_str();
  command->add_option("--degree", request->degree, "degree of Delsarte's bound, 0: the best of several up to 30")
      ->capture_default_str();
  command->add_option("--max-centres", request->max_centres, "enumerate at most so many centres")
      ->capture_default_str();
  command
      ->add_option("-o,--output", request->output, "write the centres to this file: integer vectors, or JSON (.json)")
      ->type_name("FILE");
  add_pack_scale_options(*command, *scale);
  command->add_option("--certificate", request->certificate, "write a certificate for shatterproof-check to this file")
      ->type_name("FILE");
  command->add_flag("--list", request->list,
                    "all codes of this dimension (with --eps: those that fit) with N, largest cosine and usable eps");
  command
      ->add_option(
          "--fill-rounds", request->fill_rounds,
          "so many rounds of searching for holes that take one more cap, 0: none; without it until none is "
          "found, and none for codes of more than 1e5 coordinates; Ctrl-C ends the search and keeps what it found")
      ->type_name("NUMBER");
  command->add_flag("--stream", request->stream,
                    "enumerate a shell of the Leech lattice vector by vector, checking each and storing none");
  command->add_flag("--table", request->table,
                    "the table of N and upper bounds for d = 2..24 (or --dim) and eps = 1/2 .. 1e-3, in Markdown");
  command->add_flag("--json", request->json, "print JSON");
  command->callback([request, scale, &exit_code] { run_pack(*request, *scale, exit_code); });
}

}  // namespace shatterproof::tools
