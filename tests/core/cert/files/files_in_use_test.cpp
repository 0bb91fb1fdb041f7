#include "core/cert/files/files_in_use.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

FilesInUse files(FileState fullchain, FileState key) {
    return {"assign it again", "/x/current/fullchain.pem", fullchain, "/x/current/privkey.pem", key};
}

}  // namespace

TEST_CASE("files that are not those on record are found") {
    CHECK(check_files(files(FileState::right, FileState::right)).empty());
    const auto gone = check_files(files(FileState::missing, FileState::right));
    REQUIRE(gone.size() == 1);
    CHECK(gone.front().rule_id() == "cert-files-differ");
    CHECK(gone.front().severity == Severity::error);
    CHECK(gone.front().field == "directory");
    CHECK(gone.front().message == "'/x/current/fullchain.pem' is missing");
    CHECK(gone.front().hint == "assign it again");
    const auto both = check_files(files(FileState::different, FileState::different));
    REQUIRE(both.size() == 2);
    CHECK(both.front().message == "'/x/current/fullchain.pem' is not what is on record");
    CHECK(both.back().message == "'/x/current/privkey.pem' is not the key of the certificate");
}

TEST_CASE("what may not be read, or tells nothing, is a note and no finding") {
    CHECK(unread_files(files(FileState::right, FileState::different)).empty());
    CHECK(unread_files(files(FileState::missing, FileState::missing)).empty());
    CHECK(unread_files(files(FileState::closed, FileState::closed)).size() == 2);
    CHECK(check_files(files(FileState::closed, FileState::closed)).empty());
    const auto encrypted = files(FileState::right, FileState::encrypted);
    CHECK(check_files(encrypted).empty());
    CHECK(unread_files(encrypted) ==
          std::vector<std::string>{"'/x/current/privkey.pem' is encrypted: whether it is the right key is not known"});
}
