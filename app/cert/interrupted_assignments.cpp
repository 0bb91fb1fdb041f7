#include "app/cert/interrupted_assignments.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/request/key_announcement.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/text/text.hpp"
#include "store/files/abandoned.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::quote;

/// A directory of certificates, as the store knows it.
struct Known {
    std::int64_t highest = 0;  ///< the highest number on record there
    bool is_announced = false;
    bool is_in_use = false;
};

std::map<std::string, Known> known_directories(store::Reader& reader, std::string_view here) {
    std::map<std::string, Known> known;
    const auto requests = reader.cert_requests();
    const auto* const used = core::request_in_use(requests);
    for (const auto& request : requests) {
        if (!request.directory.empty() && !core::has_files_elsewhere(request, here)) {
            const auto path = store::directory_of(request.directory);
            auto& directory = known[path];
            const auto number = CertificateDirectory::number_of(request.directory.substr(path.size() + 1));
            directory.highest = std::max(directory.highest, number);
            directory.is_in_use = directory.is_in_use || &request == used;
        }
    }
    for (const auto& place : reader.unfinished_keys()) {
        if (place.path.ends_with('/') && !core::is_elsewhere(place.host, here)) {
            known[store::directory_of(place.path)].is_announced = true;
        }
    }
    return known;
}

void add_warning(std::string message, std::string hint, core::Diagnostics& diagnostics) {
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.field = "directory";
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostics.push_back(std::move(diagnostic));
}

void add_unfinished(const std::string& path, core::Diagnostics& diagnostics) {
    for (const auto& name : store::names_in(path)) {
        const auto partial = store::read_partial_name(name);
        if (partial && CertificateDirectory::number_of(partial->whole) != 0 &&
            !store::is_another_running(partial->process)) {
            add_warning(fmt::format("the directory {} was never finished, and may hold a copy of a key",
                                    quote(fmt::format("{}/{}", path, name))),
                        "the next `xmppfed cert assign` that writes there deletes it; so may you", diagnostics);
        }
    }
}

/// Whoever is killed after a directory got its number leaves one that is higher than all on record.
void add_unrecorded(const std::string& path, const Known& known, core::Diagnostics& diagnostics) {
    const auto current = CertificateDirectory::target_of(path + "/current");
    const auto hint = fmt::format("assign the certificate again: `xmppfed cert assign NUMBER --to {}`", quote(path));
    for (const auto number : CertificateDirectory::numbers_in(path)) {
        const auto directory = fmt::format("{}/{}", path, number);
        if (number <= known.highest) {
            continue;
        }
        if (current != directory) {
            add_warning(fmt::format("the directory {} has a copy of a key, and no request on record is assigned there",
                                    quote(directory)),
                        hint, diagnostics);
        } else if (!known.is_in_use) {
            add_warning(fmt::format("{} leads to {}, where no request on record is assigned", quote(path + "/current"),
                                    quote(directory)),
                        hint, diagnostics);
        }
    }
}

}  // namespace

core::Diagnostics interrupted_assignments(store::Reader& reader, std::string_view here) {
    core::Diagnostics diagnostics;
    for (const auto& [path, known] : known_directories(reader, here)) {
        if (!store::is_taken(path)) {
            continue;
        }
        try {
            add_unfinished(path, diagnostics);
            if (known.is_in_use || known.is_announced) {
                add_unrecorded(path, known, diagnostics);
            }
        } catch (const core::Error& error) {
            add_warning(error.message, "copies of keys that belong to no request may be there", diagnostics);
        }
    }
    return diagnostics;
}

}  // namespace xmppfed::app
