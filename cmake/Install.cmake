# cmake --install: the places of the Filesystem Hierarchy Standard, by GNUInstallDirs.

include_guard(GLOBAL)

install(TARGETS xmppfed RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

foreach(document IN ITEMS README.md CHANGELOG.md SECURITY.md LICENSE)
  install(FILES "${PROJECT_SOURCE_DIR}/${document}" DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
endforeach()

install(DIRECTORY "${PROJECT_SOURCE_DIR}/schemas/json/"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/xmppfed/schemas"
  FILES_MATCHING PATTERN "*.json")

install(FILES "${PROJECT_SOURCE_DIR}/completions/xmppfed.bash"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME xmppfed OPTIONAL)
install(FILES "${PROJECT_SOURCE_DIR}/completions/_xmppfed"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" OPTIONAL)
install(FILES "${PROJECT_SOURCE_DIR}/completions/xmppfed.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" OPTIONAL)

# An executable that holds other people's libraries carries their licences. Debian keeps them here.
if(XMPPFED_STATIC_LIBS)
  foreach(package IN ITEMS libcli11-dev libfmt-dev nlohmann-json3-dev libsqlite3-dev libsqlitecpp-dev
      libssl-dev libidn2-dev libpsl-dev libunistring-dev)
    install(FILES "/usr/share/doc/${package}/copyright"
      DESTINATION "${CMAKE_INSTALL_DOCDIR}/licenses" RENAME "${package}" OPTIONAL)
  endforeach()
endif()
