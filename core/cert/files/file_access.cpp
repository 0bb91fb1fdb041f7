#include "core/cert/files/file_access.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace xmppfed::core {

namespace {

constexpr std::uint32_t set_group_id = 02000;
constexpr std::uint32_t all_of_owner = 0700;
constexpr std::uint32_t group_reads = 0040;
constexpr std::uint32_t group_writes = 0020;
constexpr std::uint32_t group_enters = 0050;
constexpr std::uint32_t all_read = 0444;
constexpr std::uint32_t others_read = 0004;
constexpr std::uint32_t readable_by_all = 0644;
constexpr std::uint32_t owner_searches = 0100;
constexpr std::uint32_t group_searches = 0010;
constexpr std::uint32_t others_write = 0002;
constexpr std::uint32_t others_search = 0001;

bool has(const FileAccess& access, std::uint32_t bit) {
    return (access.mode & bit) != 0;
}

}  // namespace

FileAccess key_access(const AccessWish& wish, const std::optional<FileAccess>& in_use, const FileAccess& usual) {
    auto access = in_use.value_or(usual);
    access.owner = wish.owner.value_or(access.owner);
    if (wish.group) {
        access.group = *wish.group;
        access.mode = shared_key_mode;
    }
    return access;
}

FileAccess usual_access(const FileAccess& directory, std::uint32_t user, std::uint32_t group) {
    return has(directory, set_group_id) ? FileAccess{user, directory.group, shared_key_mode}
                                        : FileAccess{user, group, private_key_mode};
}

FileAccess configuration_access(const std::optional<FileAccess>& before, const FileAccess& directory,
                                std::uint32_t user, std::uint32_t group) {
    if (!before) {
        return has(directory, set_group_id) ? FileAccess{user, directory.group, shared_key_mode}
                                            : FileAccess{user, group, readable_by_all};
    }
    auto access = *before;
    if (user != 0 && has(access, group_reads | others_read)) {
        access.owner = user;
    }
    return access;
}

FileAccess certificates_access(const FileAccess& made, const FileAccess& key) {
    return {key.owner, key.group, made.mode | private_key_mode | (key.mode & all_read)};
}

FileAccess directory_access(const FileAccess& made, const FileAccess& key) {
    auto access = made;
    access.mode |= all_of_owner;
    if (has(key, group_reads)) {
        access.group = key.group;
        access.mode |= group_enters;
    }
    if (key.owner != made.owner) {
        access.mode |= group_searches | others_search;  // the key's owner may belong to the group, or not
    }
    return access;
}

bool is_closed_to_others(const FileAccess& directory, std::uint32_t user) {
    return (directory.owner == user || directory.owner == 0) && !has(directory, group_writes | others_write);
}

bool can_search(const FileAccess& directory, const FileAccess& key) {
    const bool of_group = directory.group == key.group;
    const bool group_can = has(directory, of_group ? group_searches : others_search);
    const bool owner_can =
        key.owner == 0 || (directory.owner == key.owner ? has(directory, owner_searches)
                                                        : has(directory, others_search) || (of_group && group_can));
    return owner_can && (group_can || !has(key, group_reads));
}

std::vector<std::int64_t> outdated(std::span<const std::int64_t> numbers, std::int64_t in_use, std::int64_t keep) {
    std::vector<std::int64_t> older;
    std::ranges::copy_if(numbers, std::back_inserter(older), [&](auto number) { return number < in_use; });
    std::ranges::sort(older, std::greater{});
    const auto kept = std::min(keep, static_cast<std::int64_t>(older.size()));
    older.erase(older.begin(), older.begin() + kept);
    return older;
}

}  // namespace xmppfed::core
