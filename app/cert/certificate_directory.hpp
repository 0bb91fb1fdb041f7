#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/held_signals.hpp"
#include "core/cert/files/file_access.hpp"
#include "core/pki/key.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

/// The two files of a numbered directory.
inline constexpr const char* fullchain_name = "fullchain.pem";
inline constexpr const char* key_name = "privkey.pem";
inline constexpr std::size_t longest_fullchain_file = std::size_t{64} * 1024 * 1024;

/// What they hold: the certificate with its chain, and the key as it is.
struct CertificatePair {
    std::string fullchain;
    std::string_view key;  ///< of a `pki::Secret` that lives as long
};

/// The private key in a numbered directory; none when there is no such file.
struct KeyInDirectory {
    pki::Secret text;
    store::FileIdentity identity;
};
[[nodiscard]] std::optional<KeyInDirectory> key_in(const store::OpenDirectory& directory);

/// Where a server finds its certificate: DIR/1, DIR/2, … each with `fullchain.pem` and `privkey.pem`, and the symbolic
/// link DIR/current to the one in use. Whoever opens DIR/current sees one whole directory, an old or a new one. Unless
/// `keep` is called, destruction brings the old state back. From `write` on, signals that end the program wait until
/// this is destroyed.
class CertificateDirectory {
  public:
    /// `path` is absolute. Throws a conflict when something that is no symbolic link stands where `current` should.
    CertificateDirectory(std::string path, CertificatePair pair, const core::AccessWish& wish);
    CertificateDirectory(const CertificateDirectory&) = delete;
    CertificateDirectory& operator=(const CertificateDirectory&) = delete;
    ~CertificateDirectory();

    /// Where a link `current` leads, absolute; empty when it is none.
    [[nodiscard]] static std::string target_of(const std::string& link);

    /// Whether a numbered directory has both of its files.
    [[nodiscard]] static bool is_whole(const std::string& directory);

    /// The number that a name is, or 0 for what is none of ours.
    [[nodiscard]] static std::int64_t number_of(const std::string& name);

    /// The numbers among the names in a directory, sorted.
    [[nodiscard]] static std::vector<std::int64_t> numbers_in(const std::string& path);

    /// Whether `current` leads to `directory` and has this pair already, for whom it is to be: there is nothing to
    /// write.
    [[nodiscard]] bool is_in_use(const std::string& directory) const;

    /// The numbered directory that is made.
    [[nodiscard]] std::string numbered() const { return path_ + "/" + name_; }

    /// Owner, group and mode of the key.
    [[nodiscard]] const core::FileAccess& key_access() const { return access_; }

    /// The highest directory above the pair that keeps those out who may read the key; empty when none does.
    [[nodiscard]] std::string closed_to_readers() const;

    /// From now on `write` throws a conflict for a directory that others may write: nobody agreed to such a one.
    void require_closed() { must_be_closed_ = true; }

    /// Throws what `write` would where a directory may not be made or written, or the key not be given away.
    void refuse_unwritable() const;

    /// Makes the numbered directory, whole and durable, and what is missing above it. What a killed process has left
    /// unfinished there goes first: call it while the store's lock is held. Throws failed, or a conflict when another
    /// process makes it.
    void write();

    /// Switches `current` to it, in one step.
    void switch_current();

    void keep() { kept_ = true; }

  private:
    [[nodiscard]] std::string current() const { return path_ + "/current"; }
    [[nodiscard]] core::FileAccess wished_access(const core::AccessWish& wish) const;
    void open_path();
    void step_into(const std::string& name);
    void give(const store::Descriptor& file, const std::string& path, const core::FileAccess& access) const;
    void remove_abandoned() const;
    void write_pair();
    void undo();

    /// A directory that was made here.
    struct Made {
        std::size_t parent;  ///< its place among those open
        std::string name;
    };

    std::optional<HeldSignals> signals_;  // the last to go: what ends the program waits until all is as it should be
    std::string path_;
    CertificatePair pair_;
    std::string name_;                     ///< of the numbered directory
    std::string partial_;                  ///< its name until it is whole
    std::optional<std::string> previous_;  ///< where `current` leads before
    core::FileAccess access_;
    std::vector<store::OpenDirectory> open_;  ///< from one that was there down to `path_`
    std::vector<Made> made_;
    std::optional<store::OpenDirectory> new_;  ///< the numbered directory
    bool must_be_closed_ = false;
    bool written_ = false;
    bool switched_ = false;
    bool kept_ = false;
};

}  // namespace xmppfed::app
