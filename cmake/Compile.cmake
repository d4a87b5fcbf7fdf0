# How sources are compiled: what saves time in a clean build.

# Headers of others that many sources of a room include, parsed once a room: they are most of what a clean build takes.
# Sources go on including what they use, so that each compiles without this too (-DSTAMPEDE_PRECOMPILED=OFF).
option(STAMPEDE_PRECOMPILED "precompile the standard library's and other libraries' headers" ON)

set(stampede_std_headers <algorithm> <array> <chrono> <cmath> <cstdint> <functional> <map> <memory> <optional> <span>
  <string> <string_view> <tuple> <utility> <variant> <vector>)

# What runs once a command and not once an event is not worth the compiler's time.
function(not_hot target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# The sources of a library are compiled eight at a time: a clean build of the libraries takes a sixth of the time. What
# an anonymous namespace holds is then seen by its neighbours, so that its names must differ from theirs; a source that
# means to mirror another (reading and writing the same things) is left out by SKIP_UNITY_BUILD_INCLUSION.
option(STAMPEDE_UNITY "compile the sources of a library several at a time" ON)
function(together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${STAMPEDE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# precompile(TARGET headers…): the standard library's, and these.
function(precompile target)
  if(STAMPEDE_PRECOMPILED)
    target_precompile_headers(${target} PRIVATE ${stampede_std_headers} ${ARGN})
  endif()
endfunction()
