#include "app/cert/assigned_files.hpp"

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/files/files_in_use.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

namespace {

using core::FileState;

FileState look_at_fullchain(const store::OpenDirectory& directory, const std::string& fullchain) {
    try {
        const auto file = directory.read(fullchain_name, longest_fullchain_file);
        if (!file) {
            return store::is_taken(directory.path_of(fullchain_name)) ? FileState::different : FileState::missing;
        }
        return file->text == fullchain ? FileState::right : FileState::different;
    } catch (const core::Error&) {
        return FileState::closed;
    }
}

FileState look_at_private_key(const std::string& path, const std::string& public_key) {
    switch (look_at_key(path, public_key)) {
    case KeyFileState::right:
        return FileState::right;
    case KeyFileState::missing:
        return FileState::missing;
    case KeyFileState::closed:
        return FileState::closed;
    case KeyFileState::encrypted:
        return FileState::encrypted;
    case KeyFileState::damaged:
    case KeyFileState::another:
        return FileState::different;
    }
    return FileState::different;
}

}  // namespace

core::FilesInUse look_at_files_in(const std::string& path, const core::CertRequest& request,
                                  const core::Certificate& certificate) {
    const auto fullchain = recorded_texts(request).fullchain();
    core::FilesInUse files;
    files.remedy = fmt::format("put the certificate there again: `xmppfed cert assign {}`", request.number);
    files.fullchain = path + "/" + fullchain_name;
    files.key = path + "/" + key_name;
    try {
        if (const auto directory = store::OpenDirectory::at(path)) {
            files.fullchain_state = look_at_fullchain(*directory, fullchain);
            files.key_state = look_at_private_key(files.key, certificate.key.der);
        } else {
            files.fullchain_state = files.key_state = FileState::missing;
        }
    } catch (const core::Error&) {
        files.fullchain_state = files.key_state = FileState::closed;
    }
    return files;
}

std::optional<core::FilesInUse> look_at_assigned_files(const core::CertRequest& request,
                                                       const core::Certificate& certificate) {
    if (request.directory.empty()) {
        return std::nullopt;
    }
    return look_at_files_in(store::directory_of(request.directory) + "/current", request, certificate);
}

}  // namespace xmppfed::app
