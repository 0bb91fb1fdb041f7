#include "core/cert/files/file_host.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

bool is_elsewhere(std::string_view host, std::string_view here) {
    return !host.empty() && !here.empty() && host != here;
}

bool has_files_elsewhere(const CertRequest& request, std::string_view here) {
    return !request.key_file.empty() && is_elsewhere(request.host, here);
}

std::vector<CertRequest> with_files_here(std::vector<CertRequest> requests, std::string_view here) {
    std::erase_if(requests, [&](const CertRequest& request) { return has_files_elsewhere(request, here); });
    return requests;
}

void refuse_files_elsewhere(const CertRequest& request, std::string_view here) {
    if (has_files_elsewhere(request, here)) {
        throw Error{ErrorKind::conflict, fmt::format("the files of certificate request {} are on the host {}, and this "
                                                     "one is {}",
                                                     request.number, quote(request.host), quote(here))}
            .hint(fmt::format("run the command on {}; when the files were brought here, `xmppfed cert move {}` records "
                              "that",
                              escape(request.host), request.number));
    }
}

std::string note_on_files_elsewhere(const CertRequest& request) {
    return fmt::format("the files of certificate request {} are on the host {}, and were not looked at", request.number,
                       quote(request.host));
}

}  // namespace xmppfed::core
