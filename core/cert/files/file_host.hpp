#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cert/cert_request.hpp"

/// Which files of certificate requests are within reach. Several hosts may share a store, and each has files of its own,
/// by whatever paths; `here` is the name of this one. Where a store is in a file no host has a name, and all are here.
namespace xmppfed::core {

/// Whether what is recorded for a host is on another one. What is recorded for none may be here.
[[nodiscard]] bool is_elsewhere(std::string_view host, std::string_view here);

/// The same of the files of a request. One whose key lives on Windows has none.
[[nodiscard]] bool has_files_elsewhere(const CertRequest& request, std::string_view here);

/// Those of the requests whose files may be here.
[[nodiscard]] std::vector<CertRequest> with_files_here(std::vector<CertRequest> requests, std::string_view here);

/// Throws a conflict that names the host when the files are on another one.
void refuse_files_elsewhere(const CertRequest& request, std::string_view here);

/// What to say where they are left out.
[[nodiscard]] std::string note_on_files_elsewhere(const CertRequest& request);

}  // namespace xmppfed::core
