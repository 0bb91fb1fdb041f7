#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/circumstances.hpp"
#include "core/error.hpp"
#include "core/text/json/json_source.hpp"

namespace xmppfed::app {

/// A manifest, or another document, that is read in pieces, once.
class ManifestFile {
  public:
    /// `path` is that of a file, or `-` for standard input; `what` names the document in messages. Throws not-found when there is no such file, failed when it
    /// cannot be read, or when it is a named pipe into which nobody writes for as long as one may wait.
    ManifestFile(const std::string& path, const Circumstances& circumstances, std::string what = "manifest");
    ManifestFile(const ManifestFile&) = delete;
    ManifestFile& operator=(const ManifestFile&) = delete;
    ~ManifestFile();

    /// What diagnostics call it.
    [[nodiscard]] const std::string& name() const { return name_; }

    /// The text, once.
    [[nodiscard]] core::JsonSource source() {
        return core::JsonSource{[this] { return pull(); }};
    }

  private:
    [[nodiscard]] std::string_view pull();
    [[nodiscard]] std::size_t read_some();
    [[nodiscard]] core::Error unreadable(int error_number) const;
    void wait_for_first_octet(std::chrono::milliseconds wait) const;

    std::string what_;
    std::string name_;
    int descriptor_ = -1;
    std::string buffer_;
};

}  // namespace xmppfed::app
