# Compiler flags, linker and compiler cache, the same for every target.
add_library(writ_flags INTERFACE)
target_compile_options(writ_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Werror -fno-math-errno)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside libstdc++ and header-only libraries once it has inlined them.
  target_compile_options(writ_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow
    -Wno-array-bounds -Wno-dangling-pointer -Wno-stringop-overread -Wno-free-nonheap-object)
else()
  # clang reports std::stable_sort of libstdc++ 12, which calls std::get_temporary_buffer inside. g++ still
  # refuses what is deprecated in our own code.
  target_compile_options(writ_flags INTERFACE -Wno-deprecated-declarations)
endif()

if(WRIT_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Where it inlines the operator delete of a program and not its operator new.
    target_compile_options(writ_flags INTERFACE -Wno-mismatched-new-delete)
  endif()
  target_compile_options(writ_flags INTERFACE -fsanitize=${WRIT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(writ_flags INTERFACE -fsanitize=${WRIT_SANITIZE})
endif()

find_program(WRIT_CCACHE ccache)
if(WRIT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${WRIT_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WRIT_CCACHE})
endif()
find_program(WRIT_MOLD mold)
if(WRIT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
# One template-heavy compilation at a time where two would not fit into memory under sanitizers.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS heavy=1)
