# A shared library (the Python module) can hold the modules; calls inside one stay as direct as in a program.
set(SHATTERPROOF_SHAREABLE -fPIC -fno-semantic-interposition)

# shatterproof_precompiled_headers(): the headers of other libraries that nearly every source reads, parsed once for all modules.
# None of our own: a source that forgets one of those must not compile.
function(shatterproof_precompiled_headers)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/precompiled_headers.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  add_library(shatterproof_precompiled_headers OBJECT ${source})
  target_link_libraries(shatterproof_precompiled_headers PRIVATE Arb::Arb Eigen3::Eigen nlohmann_json::nlohmann_json)
  target_compile_options(shatterproof_precompiled_headers PRIVATE -ffp-contract=off ${SHATTERPROOF_SHAREABLE})
  target_precompile_headers(shatterproof_precompiled_headers PRIVATE
    <algorithm> <array> <cmath> <fstream> <functional> <map> <memory> <numeric> <optional> <random> <set> <sstream> <string> <variant>
    <vector> <Eigen/Core> <acb_calc.h> <arb_hypgeom.h> <gmpxx.h> <nlohmann/json.hpp>)
endfunction()

# shatterproof_module(name SOURCES ... [PUBLIC targets] [PRIVATE targets] [ROOT include root] [OWN_FLAGS])
# One static library a module: target shatterproof_<name>, alias shatterproof::<name>, include root lib/.
# OWN_FLAGS: a dependency changes how code is compiled, so the precompiled headers do not fit.
function(shatterproof_module name)
  cmake_parse_arguments(arg "OWN_FLAGS" "ROOT" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target shatterproof_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(shatterproof::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} PUBLIC cxx_std_20)
  # Error-free transformations and results that do not change between machines need contraction off.
  target_compile_options(${target} PUBLIC -ffp-contract=off PRIVATE ${SHATTERPROOF_SHAREABLE} -Wall -Wextra -Wshadow -Wno-psabi
    -Werror=unused-result $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  if(NOT arg_ROOT)
    set(arg_ROOT ${PROJECT_SOURCE_DIR}/lib)
  endif()
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${arg_ROOT}> $<INSTALL_INTERFACE:include>)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  if(NOT arg_OWN_FLAGS)
    target_precompile_headers(${target} REUSE_FROM shatterproof_precompiled_headers)
  endif()
  set_property(GLOBAL APPEND PROPERTY SHATTERPROOF_MODULES ${target})
endfunction()

# shatterproof_kernels(files ...): sources of the module whose loops over lanes have to be unrolled; compiled on their own.
function(shatterproof_kernels)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:-O3>" SKIP_PRECOMPILE_HEADERS ON
    SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# shatterproof_test(module SOURCES ... [LINK targets]): one test program a module, its cases found by ctest.
function(shatterproof_test module)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  set(target test_${module})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_LINK} shatterproof_test_main shatterproof_test_headers)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_precompile_headers(${target} REUSE_FROM shatterproof_test_headers)
  # Tests spend their time in the libraries; optimising their own code only lengthens the build.
  target_compile_options(${target} PRIVATE -Wall -Wextra -O1)
  add_test(NAME ${module} COMMAND ${target} --order lex --rng-seed 1)
  set_tests_properties(${module} PROPERTIES ENVIRONMENT
    "SHATTERPROOF_SOURCE=${PROJECT_SOURCE_DIR};SHATTERPROOF_PROGRAM=$<TARGET_FILE_DIR:${target}>/shatterproof")
endfunction()
