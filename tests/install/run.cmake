# Installs the build into a scratch prefix, then configures, builds and runs a separate project against it.
# Arguments: -D build=<build folder> -D source=<this folder> -D scratch=<folder to use> -D flags=<compiler flags>
include(${CMAKE_CURRENT_LIST_DIR}/../step.cmake)
file(REMOVE_RECURSE ${scratch})
step(${CMAKE_COMMAND} --install ${build} --prefix ${scratch}/prefix)
step(${CMAKE_COMMAND} -S ${source}/consumer -B ${scratch}/build -DCMAKE_PREFIX_PATH=${scratch}/prefix "-DCMAKE_CXX_FLAGS=${flags}")
step(${CMAKE_COMMAND} --build ${scratch}/build)
step(${scratch}/build/consumer)
step(${scratch}/prefix/bin/shatterproof --version)
step(${CMAKE_COMMAND} -E chdir ${scratch} ${scratch}/prefix/bin/shatterproof verify C.1)
step(${scratch}/prefix/bin/shatterproof-check ${source}/../fuzz/certificates/packing.cert)
