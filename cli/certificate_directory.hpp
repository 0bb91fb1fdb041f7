#pragma once

#include <optional>
#include <string>

#include "core/pki/key.hpp"
#include "store/file.hpp"

namespace xmppfed::cli {

/// Where a server finds its certificate: DIR/1, DIR/2, … each with `fullchain.pem` and `privkey.pem`, and the symbolic
/// link DIR/current to the one in use. Whoever opens DIR/current sees one whole directory, an old or a new one. Unless
/// `keep` is called, destruction brings the old state back.
class CertificateDirectory {
  public:
    /// `path` is absolute; its parent exists. Throws a conflict when something that is no symbolic link stands where
    /// `current` should.
    explicit CertificateDirectory(std::string path);
    CertificateDirectory(const CertificateDirectory&) = delete;
    CertificateDirectory& operator=(const CertificateDirectory&) = delete;
    ~CertificateDirectory();

    /// Where a link `current` leads, absolute; empty when it is none.
    [[nodiscard]] static std::string target_of(const std::string& link);

    /// Whether a numbered directory has both of its files.
    [[nodiscard]] static bool is_whole(const std::string& directory);

    /// The numbered directory that is made.
    [[nodiscard]] std::string numbered() const;

    /// Throws what `write` would where the directory has no parent, or may not be written.
    void refuse_unwritable() const;

    /// Makes the numbered directory, whole and durable. Throws failed, or a conflict when another process makes it.
    void write(const std::string& fullchain, const pki::Secret& key_pem);

    /// Switches `current` to it, in one step.
    void switch_current();

    void keep() { kept_ = true; }

  private:
    void link_to(const std::string& target) const;
    [[nodiscard]] std::string current() const { return path_ + "/current"; }

    std::string path_;
    std::string name_;                     ///< of the numbered directory
    std::string partial_;                  ///< where it is until it is whole
    std::optional<std::string> previous_;  ///< where `current` leads before
    bool made_path_ = false;
    bool written_ = false;
    bool switched_ = false;
    bool kept_ = false;
};

}  // namespace xmppfed::cli
