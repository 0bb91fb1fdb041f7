#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Who may read the files that a server finds its certificate in.
namespace xmppfed::core {

/// Owner, group and mode of a file or directory, by the numbers of POSIX.
struct FileAccess {
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::uint32_t mode = 0;  ///< the permission bits, those of set-group-ID and the like included

    bool operator==(const FileAccess&) const = default;
};

inline constexpr std::uint32_t private_key_mode = 0600;
inline constexpr std::uint32_t shared_key_mode = 0640;
inline constexpr std::uint32_t others_bits = 0007;

/// What somebody wants of a key.
struct AccessWish {
    std::optional<std::uint32_t> owner;
    std::optional<std::uint32_t> group;  ///< which may read it
};

/// What a new key gets: the wish, else what the key in use has, else what is usual in its directory.
[[nodiscard]] FileAccess key_access(const AccessWish& wish, const std::optional<FileAccess>& in_use,
                                    const FileAccess& usual);

/// What is usual for a key of `user`, whose own group is `group`, in a directory: only its owner may read it, or the
/// directory's group too when new files take that (its set-group-ID bit).
[[nodiscard]] FileAccess usual_access(const FileAccess& directory, std::uint32_t user, std::uint32_t group);

/// What a file of configuration without secrets gets: what the one before it had; else the group of a directory whose
/// new files take that may read it, or everybody. `user` is who writes it, and `group` that user's own. Where only root
/// could keep the owner, and the group or everybody may read it, it becomes the user's.
[[nodiscard]] FileAccess configuration_access(const std::optional<FileAccess>& before, const FileAccess& directory,
                                              std::uint32_t user, std::uint32_t group);

/// What a file of certificates that was made as `made` gets beside a key: whoever may read that may read this.
[[nodiscard]] FileAccess certificates_access(const FileAccess& made, const FileAccess& key);

/// What a directory that was made as `made` gets above a key, whatever the umask took: its owner stays, and those who
/// may read the key can search it.
[[nodiscard]] FileAccess directory_access(const FileAccess& made, const FileAccess& key);

/// Whether the owner of a key, and the group when it may read it, can search a directory above it.
[[nodiscard]] bool can_search(const FileAccess& directory, const FileAccess& key);

/// Whether nobody but `user` and root may put anything into a directory, or take it away: one of them owns it, and neither
/// group nor others may write it.
[[nodiscard]] bool is_closed_to_others(const FileAccess& directory, std::uint32_t user);

/// Of numbered directories those that are older than the one in use and not among the `keep` newest of them, the newest
/// first.
[[nodiscard]] std::vector<std::int64_t> outdated(std::span<const std::int64_t> numbers, std::int64_t in_use,
                                                 std::int64_t keep);

}  // namespace xmppfed::core
