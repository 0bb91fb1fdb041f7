#include "core/cert/files/file_access.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

constexpr std::uint32_t root = 0;
constexpr std::uint32_t us = 1000;
constexpr std::uint32_t server = 200;

const FileAccess private_key{us, us, 0600};

}  // namespace

TEST_CASE("a key belongs to whom it is given, else to whom the one in use does, else to us") {
    const FileAccess in_use{server, server, 0440};
    CHECK(key_access({}, std::nullopt, private_key) == private_key);
    CHECK(key_access({}, in_use, private_key) == in_use);
    CHECK(key_access({.owner = 7, .group = {}}, in_use, private_key) == FileAccess{7, server, 0440});
    CHECK(key_access({.owner = 7, .group = {}}, std::nullopt, private_key) == FileAccess{7, us, 0600});
    CHECK(key_access({.owner = {}, .group = 8}, in_use, private_key) == FileAccess{server, 8, 0640});
    CHECK(key_access({.owner = {}, .group = 8}, std::nullopt, private_key) == FileAccess{us, 8, 0640});
    CHECK(key_access({.owner = 0, .group = 0}, in_use, private_key) == FileAccess{0, 0, 0640});
}

TEST_CASE("a directory whose new files take its group lets that read a key") {
    CHECK(usual_access({root, server, 0755}, us, us) == private_key);
    CHECK(usual_access({root, server, 02755}, us, us) == FileAccess{us, server, 0640});
}

TEST_CASE("who may read the key may read the certificates") {
    CHECK(certificates_access({us, us, 0644}, private_key) == FileAccess{us, us, 0644});
    CHECK(certificates_access({us, us, 0600}, private_key) == FileAccess{us, us, 0600});
    CHECK(certificates_access({us, us, 0600}, {server, 8, 0640}) == FileAccess{server, 8, 0640});
    CHECK(certificates_access({us, us, 0200}, {us, us, 0400}) == FileAccess{us, us, 0600});
}

TEST_CASE("a new directory can be searched by those who may read the key, whatever the umask took") {
    CHECK(directory_access({us, us, 0755}, private_key) == FileAccess{us, us, 0755});
    CHECK(directory_access({us, us, 0700}, private_key) == FileAccess{us, us, 0700});
    CHECK(directory_access({us, us, 0000}, private_key) == FileAccess{us, us, 0700});
    CHECK(directory_access({us, us, 0700}, {us, 8, 0640}) == FileAccess{us, 8, 0750});
    CHECK(directory_access({us, us, 0755}, {us, 8, 0640}) == FileAccess{us, 8, 0755});
    CHECK(directory_access({root, root, 0700}, {server, root, 0600}) == FileAccess{root, root, 0711});
    CHECK(directory_access({root, root, 0700}, {server, 8, 0640}) == FileAccess{root, 8, 0751});
    CHECK(directory_access({us, 8, 02700}, {us, 8, 0640}) == FileAccess{us, 8, 02750});
    for (const std::uint32_t made : {0000U, 0700U, 0750U, 0705U, 0755U}) {
        for (const auto& key : {private_key, FileAccess{us, 8, 0640}, FileAccess{server, us, 0600},
                                FileAccess{server, 8, 0640}, FileAccess{root, 8, 0440}}) {
            CAPTURE(made, key.owner, key.group, key.mode);
            CHECK(can_search(directory_access({us, us, made}, key), key));
        }
    }
}

TEST_CASE("a directory that keeps the key's readers out is known") {
    CHECK(can_search({root, root, 0755}, private_key));
    CHECK(can_search({us, us, 0700}, private_key));
    CHECK_FALSE(can_search({us, us, 0600}, private_key));
    CHECK_FALSE(can_search({root, root, 0700}, private_key));
    CHECK_FALSE(can_search({us, us, 0700}, {us, 8, 0640}));
    CHECK_FALSE(can_search({us, us, 0710}, {us, 8, 0640}));
    CHECK(can_search({us, us, 0711}, {us, 8, 0640}));
    CHECK(can_search({us, 8, 0710}, {us, 8, 0640}));
    CHECK_FALSE(can_search({us, 8, 0701}, {us, 8, 0640}));
    CHECK(can_search({root, 8, 0710}, {server, 8, 0600}));
    CHECK_FALSE(can_search({root, root, 0700}, {server, root, 0600}));
    CHECK(can_search({us, us, 0000}, {root, root, 0600}));
}

TEST_CASE("a file of configuration stays whose it was, or can be read by the directory's group, or by all") {
    const FileAccess before{server, 8, 0440};
    CHECK(configuration_access(before, {root, root, 02755}, root, root) == before);
    CHECK(configuration_access(before, {root, root, 0755}, us, us) == FileAccess{us, 8, 0440});
    CHECK(configuration_access(FileAccess{server, 8, 0604}, {}, us, us) == FileAccess{us, 8, 0604});
    CHECK(configuration_access(FileAccess{server, 8, 0600}, {}, us, us) == FileAccess{server, 8, 0600});
    CHECK(configuration_access(std::nullopt, {root, server, 02750}, root, root) == FileAccess{root, server, 0640});
    CHECK(configuration_access(std::nullopt, {root, server, 0755}, us, us) == FileAccess{us, us, 0644});
}

TEST_CASE("of older directories the newest are kept") {
    using Numbers = std::vector<std::int64_t>;
    const Numbers numbers{1, 2, 3, 5, 7, 8};
    CHECK(outdated(numbers, 7, 2) == Numbers{2, 1});
    CHECK(outdated(numbers, 7, 0) == Numbers{5, 3, 2, 1});
    CHECK(outdated(numbers, 7, 4).empty());
    CHECK(outdated(numbers, 7, 1000).empty());
    CHECK(outdated(numbers, 1, 0).empty());
    CHECK(outdated({}, 1, 0).empty());
}

TEST_CASE("a directory is closed to others when its owner, or root, alone may write it") {
    CHECK(is_closed_to_others({us, 8, 0755}, us));
    CHECK(is_closed_to_others({root, 8, 02750}, us));
    CHECK(is_closed_to_others({root, root, 0700}, root));
    CHECK_FALSE(is_closed_to_others({server, 8, 0700}, us));
    CHECK_FALSE(is_closed_to_others({us, 8, 0700}, root));
    CHECK_FALSE(is_closed_to_others({us, 8, 0770}, us));
    CHECK_FALSE(is_closed_to_others({us, 8, 0702}, us));
    CHECK_FALSE(is_closed_to_others({root, root, 01777}, us));
}
