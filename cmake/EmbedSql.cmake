# Embeds the numbered migrations of a folder into a target.
#
#   xmppfed_embed_sql(TARGET ENGINE FUNCTION)
#
# schemas/sql/ENGINE/0001_partners.sql becomes Migration{1, "0001_partners", "<its text>"}, in the order of the
# numbers, returned by xmppfed::store::FUNCTION(), which store/ENGINE/migrations.hpp declares.
#
# Run as a script (cmake -P), this file writes that source: DIRECTORY, ENGINE, FUNCTION and OUTPUT are given with -D.

function(xmppfed_embed_sql target engine function)
  set(directory "${PROJECT_SOURCE_DIR}/schemas/sql/${engine}")
  file(GLOB migrations CONFIGURE_DEPENDS "${directory}/*.sql")
  set(output "${PROJECT_BINARY_DIR}/generated/store/${engine}_migrations.cpp")
  set(script "${CMAKE_CURRENT_FUNCTION_LIST_FILE}")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DDIRECTORY=${directory}" "-DENGINE=${engine}" "-DFUNCTION=${function}"
      "-DOUTPUT=${output}" -P "${script}"
    DEPENDS ${migrations} "${script}"
    COMMENT "Embedding the migrations for ${engine}"
    VERBATIM)
  set_source_files_properties("${output}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)  # not there before a build
  target_sources(${target} PRIVATE "${output}")
endfunction()

function(xmppfed_write_migrations directory engine function output)
  file(GLOB paths "${directory}/*.sql")
  list(SORT paths)
  set(entries "")
  set(expected 1)
  foreach(path IN LISTS paths)
    get_filename_component(name "${path}" NAME_WE)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
      message(FATAL_ERROR "${path}: a migration is called NNNN_name.sql")
    endif()
    string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
    if(NOT version EQUAL expected)
      message(FATAL_ERROR "${path}: the next migration has number ${expected}")
    endif()
    math(EXPR expected "${expected} + 1")

    file(SIZE "${path}" size)
    if(size GREATER 60000)  # compilers need to take string literals of 65,536 characters only
      message(FATAL_ERROR "${path}: ${size} octets do not fit into one string literal; split the file")
    endif()
    file(READ "${path}" sql)
    string(FIND "${sql}" ")~sql~\"" collision)
    if(NOT collision EQUAL -1)
      message(FATAL_ERROR "${path}: contains the delimiter of the string literal it would be put in")
    endif()
    string(APPEND entries "    {${version}, \"${name}\", R\"~sql~(${sql})~sql~\"},\n")
  endforeach()
  if(entries STREQUAL "")
    message(FATAL_ERROR "${directory}: no migrations")
  endif()

  file(WRITE "${output}"
"// Generated from schemas/sql/${engine}. Do not edit.

#include \"store/${engine}/migrations.hpp\"

namespace xmppfed::store {
namespace {

constexpr Migration all_migrations[] = {
${entries}};

}  // namespace

std::span<const Migration> ${function}() { return all_migrations; }

}  // namespace xmppfed::store
")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  xmppfed_write_migrations("${DIRECTORY}" "${ENGINE}" "${FUNCTION}" "${OUTPUT}")
endif()
