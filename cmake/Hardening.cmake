# xmppfed_hardening: the flags of the OpenSSF guide "Compiler Options Hardening Guide for C and C++", each
# probed on its own, so that a compiler takes what it knows (GCC 12 and clang 14 know most of them).

include_guard(GLOBAL)
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)

add_library(xmppfed_hardening INTERFACE)

# Adds the flags together when the compiler takes them together; sets VARIABLE to whether it does.
function(xmppfed_harden_compile variable)
  string(REPLACE ";" " " together "${ARGN}")
  check_cxx_compiler_flag("${together}" ${variable})
  if(${variable})
    target_compile_options(xmppfed_hardening INTERFACE ${ARGN})
  endif()
endfunction()

function(xmppfed_harden_link flag)
  string(MAKE_C_IDENTIFIER "XMPPFED_HAS_${flag}" probe)
  check_linker_flag(CXX "${flag}" ${probe})
  if(${probe})
    target_link_options(xmppfed_hardening INTERFACE "${flag}")
  endif()
endfunction()

# A flag that a compiler only ignores with a warning is not taken.
set(CMAKE_REQUIRED_FLAGS -Werror)

foreach(flag IN ITEMS
    -fstack-protector-strong
    -fstack-clash-protection
    -fcf-protection=full            # x86-64
    -mbranch-protection=standard    # AArch64
    -fstrict-flex-arrays=3          # GCC 13, clang 16
    -fno-delete-null-pointer-checks
    -fno-strict-overflow
    -fno-strict-aliasing)
  string(MAKE_C_IDENTIFIER "XMPPFED_HAS${flag}" probe)
  xmppfed_harden_compile(${probe} ${flag})
endforeach()

# Not under a sanitizer, which is there to find the read of a variable that nobody set.
if(NOT XMPPFED_SANITIZE)
  xmppfed_harden_compile(XMPPFED_HAS_AUTO_VAR_INIT -ftrivial-auto-var-init=zero)
  if(NOT XMPPFED_HAS_AUTO_VAR_INIT)  # clang before 16 wants to be asked twice
    xmppfed_harden_compile(XMPPFED_HAS_AUTO_VAR_INIT_CLANG -ftrivial-auto-var-init=zero
      -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)
  endif()
endif()

target_compile_definitions(xmppfed_hardening INTERFACE _GLIBCXX_ASSERTIONS)

# _FORTIFY_SOURCE needs optimisation, and its checks hide from a sanitizer what it would find.
if(NOT XMPPFED_SANITIZE)
  foreach(level IN ITEMS 3 2)
    set(CMAKE_REQUIRED_FLAGS "-Werror -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${level}")
    check_cxx_source_compiles("#include <cstring>\nint main() { return 0; }" XMPPFED_HAS_FORTIFY_SOURCE_${level})
    set(CMAKE_REQUIRED_FLAGS -Werror)
    if(XMPPFED_HAS_FORTIFY_SOURCE_${level})
      set(optimised Release RelWithDebInfo MinSizeRel)
      if(CMAKE_CXX_FLAGS_DEBUG MATCHES "-O[123sg]")
        list(APPEND optimised Debug)
      endif()
      list(JOIN optimised "," optimised)
      target_compile_options(xmppfed_hardening INTERFACE
        "$<$<CONFIG:${optimised}>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=${level}>")
      break()
    endif()
  endforeach()
endif()

# A position-independent executable. The archives hold -fPIE code: they are only linked into executables. Not with
# sanitizers: what they keep of every place in the sources is a million relocations, most of the time of a short run.
if(XMPPFED_SANITIZE)
  xmppfed_harden_compile(XMPPFED_HAS_NO_PIE -fno-pie)
  if(XMPPFED_HAS_NO_PIE)
    target_link_options(xmppfed_hardening INTERFACE "$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>")
  endif()
else()
  set(CMAKE_REQUIRED_LINK_OPTIONS -pie)
  xmppfed_harden_compile(XMPPFED_HAS_PIE -fPIE)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(XMPPFED_HAS_PIE)
    target_link_options(xmppfed_hardening INTERFACE "$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>")
  endif()
endif()

foreach(flag IN ITEMS
    LINKER:-z,relro
    LINKER:-z,now
    LINKER:-z,noexecstack
    LINKER:-z,nodlopen
    LINKER:--as-needed
    LINKER:--no-copy-dt-needed-entries)
  xmppfed_harden_link(${flag})
endforeach()

unset(CMAKE_REQUIRED_FLAGS)
