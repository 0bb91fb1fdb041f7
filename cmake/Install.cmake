# cmake --install: the places of the Filesystem Hierarchy Standard, by GNUInstallDirs.

include_guard(GLOBAL)

install(TARGETS xmppfed RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

foreach(document IN ITEMS README.md CHANGELOG.md SECURITY.md LICENSE)
  install(FILES "${PROJECT_SOURCE_DIR}/${document}" DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
endforeach()

install(DIRECTORY "${PROJECT_SOURCE_DIR}/schemas/json/"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/xmppfed/schemas"
  FILES_MATCHING PATTERN "*.json")

install(FILES "${PROJECT_SOURCE_DIR}/servers/prosody/mod_xmppfed.lua"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/xmppfed")

install(FILES "${PROJECT_SOURCE_DIR}/completions/xmppfed.bash"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME xmppfed OPTIONAL)
set(XMPPFED_ZSH_FUNCTIONS_DIR "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING
  "Where zsh looks for completions; Debian's has zsh/vendor-completions")
install(FILES "${PROJECT_SOURCE_DIR}/completions/_xmppfed"
  DESTINATION "${XMPPFED_ZSH_FUNCTIONS_DIR}" OPTIONAL)
install(FILES "${PROJECT_SOURCE_DIR}/completions/xmppfed.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" OPTIONAL)

# An executable that holds other people's code carries its licence. Debian keeps them here; the names of the packages
# are what scripts/sbom goes by.
set(inside libcli11-dev libfmt-dev nlohmann-json3-dev libsqlitecpp-dev)
if(XMPPFED_STATIC_LIBS)
  string(REGEX MATCH "^[0-9]+" gcc "${CMAKE_CXX_COMPILER_VERSION}")
  list(APPEND inside libsqlite3-dev libssl-dev libidn2-dev libpsl-dev libunistring-dev libldns-dev libexpat1-dev
    libstdc++-${gcc}-dev libgcc-${gcc}-dev)
endif()
foreach(package IN LISTS inside)
  install(FILES "/usr/share/doc/${package}/copyright"
    DESTINATION "${CMAKE_INSTALL_DOCDIR}/licenses" RENAME "${package}" OPTIONAL)
endforeach()
