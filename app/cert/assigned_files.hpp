#pragma once

#include <optional>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/cert/files/files_in_use.hpp"

namespace xmppfed::app {

/// Looks at the files of a request in the directory with that path.
[[nodiscard]] core::FilesInUse look_at_files_in(const std::string& path, const core::CertRequest& request,
                                                const core::Certificate& certificate);

/// Looks at the files that servers find the certificate of an assigned request in. None for a key that lives on Windows.
[[nodiscard]] std::optional<core::FilesInUse> look_at_assigned_files(const core::CertRequest& request,
                                                                     const core::Certificate& certificate);

}  // namespace xmppfed::app
