# writ_part(NAME [DEPENDS part…] [LIBRARIES target…] [PRIVATE_LIBRARIES target…])
#
# One folder under src/ is one static library `writ_NAME`. Its sources are every .cpp below the folder
# but the tests; every *_test.cpp goes into the test program `NAME_test`, run by ctest case by case.
function(writ_part name)
  cmake_parse_arguments(PART "" "" "DEPENDS;LIBRARIES;PRIVATE_LIBRARIES;TEST_LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  list(TRANSFORM PART_DEPENDS PREPEND writ_)
  if(sources)
    add_library(writ_${name} STATIC ${sources})
    target_include_directories(writ_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(writ_${name} PUBLIC ${PART_DEPENDS} ${PART_LIBRARIES} PRIVATE ${PART_PRIVATE_LIBRARIES} writ_flags)
    writ_lint(writ_${name} ${sources})
  else()
    add_library(writ_${name} INTERFACE)
    target_include_directories(writ_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(writ_${name} INTERFACE ${PART_DEPENDS} ${PART_LIBRARIES})
  endif()

  if(WRIT_TESTS AND tests)
    writ_test(${name}_test SOURCES ${tests} LIBRARIES writ_${name} ${PART_TEST_LIBRARIES} ${PART_PRIVATE_LIBRARIES})
  endif()
endfunction()

# writ_lint(TARGET source…): with WRIT_LINT, which the preset `tidy` sets, each source of the target is built only
# when clang-tidy has no finding, and is looked at again only when it or what it includes has changed.
function(writ_lint target)
  if(WRIT_LINT)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${WRIT_LINT};--quiet")
    set_property(SOURCE ${ARGN} APPEND PROPERTY OBJECT_DEPENDS ${CMAKE_SOURCE_DIR}/.clang-tidy)
  endif()
endfunction()

# writ_test(NAME SOURCES file… LIBRARIES target…): a GoogleTest program whose cases ctest runs one by one.
# Each carries the name of the program as its label. WRIT_SOURCE_DIR tells the tests where committed data lies.
function(writ_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${name} ${TEST_SOURCES})
  target_compile_definitions(${name} PRIVATE WRIT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gtest_main GTest::gmock writ_flags)
  # What a test itself does is short; a quarter of the time of the compiler went into making it fast.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS ${name})
endfunction()
