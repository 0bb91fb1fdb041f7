# Finds the third-party libraries, as archives when XMPPFED_STATIC_LIBS is on.
#
# Some have no CMake package: xmppfed::psl, xmppfed::idn2 and xmppfed::unistring are defined here. Each
# names what its archive needs in turn, so that the link order is always psl, idn2, unistring.

include_guard(GLOBAL)

# A library file by its plain name: libNAME.a, or whatever the linker would take.
function(xmppfed_library_file variable name)
  if(XMPPFED_STATIC_LIBS)
    set(names "${CMAKE_STATIC_LIBRARY_PREFIX}${name}${CMAKE_STATIC_LIBRARY_SUFFIX}")
  else()
    set(names "${name}")
  endif()
  find_library(${variable} NAMES ${names} REQUIRED)
  mark_as_advanced(${variable})
endfunction()

# Defines xmppfed::NAME for a library with one header; further arguments are what it links.
function(xmppfed_find_library name header)
  string(TOUPPER "XMPPFED_${name}" prefix)
  find_path(${prefix}_INCLUDE_DIR NAMES "${header}" REQUIRED)
  xmppfed_library_file(${prefix}_LIBRARY "${name}")
  mark_as_advanced(${prefix}_INCLUDE_DIR)
  add_library(xmppfed::${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(xmppfed::${name} PROPERTIES
    IMPORTED_LOCATION "${${prefix}_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${${prefix}_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${ARGN}")
endfunction()

xmppfed_find_library(unistring unitypes.h)
xmppfed_find_library(idn2 idn2.h xmppfed::unistring)
xmppfed_find_library(psl libpsl.h xmppfed::idn2 xmppfed::unistring)

set(OPENSSL_USE_STATIC_LIBS ${XMPPFED_STATIC_LIBS})
find_package(OpenSSL 3.0 REQUIRED)
xmppfed_find_library(ldns ldns/ldns.h OpenSSL::Crypto)
xmppfed_find_library(expat expat.h)

# libpq: its header alone, for the library is loaded when a store names it.
find_path(XMPPFED_LIBPQ_INCLUDE_DIR NAMES libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
mark_as_advanced(XMPPFED_LIBPQ_INCLUDE_DIR)
add_library(xmppfed::libpq INTERFACE IMPORTED GLOBAL)
set_target_properties(xmppfed::libpq PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${XMPPFED_LIBPQ_INCLUDE_DIR}")

# libedit: its header alone, for the library is loaded when a line is edited.
find_path(XMPPFED_LIBEDIT_INCLUDE_DIR NAMES histedit.h REQUIRED)
mark_as_advanced(XMPPFED_LIBEDIT_INCLUDE_DIR)
add_library(xmppfed::libedit INTERFACE IMPORTED GLOBAL)
set_target_properties(xmppfed::libedit PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${XMPPFED_LIBEDIT_INCLUDE_DIR}")

# FindSQLite3 and SQLiteCpp's own package both read SQLite3_LIBRARY.
xmppfed_library_file(SQLite3_LIBRARY sqlite3)
find_package(SQLite3 3.37 REQUIRED)  # STRICT tables
find_package(SQLiteCpp REQUIRED)

find_package(fmt REQUIRED)
# Debian has no archive of fmt. What is given away carries it inside, and loads one library less; compiling it into
# every object takes half of a compiler's time, so that development does with the shared library.
set(fmt_is_shared "$<AND:$<CONFIG:Debug>,$<NOT:$<BOOL:${XMPPFED_STATIC_LIBS}>>>")
add_library(xmppfed_fmt INTERFACE)
target_link_libraries(xmppfed_fmt INTERFACE "$<IF:${fmt_is_shared},fmt::fmt,fmt::fmt-header-only>")
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
