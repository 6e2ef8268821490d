# RapidJSON 1.1, which Debian has, assigns to a constant in a function that nobody calls; clang 19 refuses the whole
# header for it; and it counts from a null pointer, which the sanitizers of clang report. For clang the headers are
# copied into the build folder and both mended.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  find_path(rapidjson_folder rapidjson/document.h REQUIRED)
  set(mended ${CMAKE_BINARY_DIR}/rapidjson)
  file(COPY ${rapidjson_folder}/rapidjson DESTINATION ${mended})
  file(READ ${rapidjson_folder}/rapidjson/document.h text)
  string(REPLACE "operator=(const GenericStringRef& rhs) { s = rhs.s; length = rhs.length; }"
                 "operator=(const GenericStringRef& rhs) = delete;" text "${text}")
  file(WRITE ${mended}/rapidjson/document.h "${text}")
  file(READ ${rapidjson_folder}/rapidjson/internal/stack.h text)
  string(REPLACE "(stackTop_ + sizeof(T) * count > stackEnd_)"
                 "(sizeof(T) * count > static_cast<std::size_t>(stackEnd_ - stackTop_))" text "${text}")
  file(WRITE ${mended}/rapidjson/internal/stack.h "${text}")
  include_directories(BEFORE SYSTEM ${mended})
endif()
