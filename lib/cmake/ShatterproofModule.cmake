# shatterproof_module(name SOURCES ... [PUBLIC targets] [PRIVATE targets])
# One static library a module: target shatterproof_<name>, alias shatterproof::<name>, include root lib/.
function(shatterproof_module name)
  cmake_parse_arguments(arg "" "ROOT" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target shatterproof_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(shatterproof::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} PUBLIC cxx_std_20)
  # Error-free transformations and results that do not change between machines need contraction off.
  target_compile_options(${target} PUBLIC -ffp-contract=off PRIVATE -Wall -Wextra -Wshadow -Wno-restrict -Werror=unused-result)
  if(NOT arg_ROOT)
    set(arg_ROOT ${PROJECT_SOURCE_DIR}/lib)
  endif()
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${arg_ROOT}> $<INSTALL_INTERFACE:include>)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_property(GLOBAL APPEND PROPERTY SHATTERPROOF_MODULES ${target})
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
