#include "cli/work/assigned_files.hpp"

#include "app/certificate_directory.hpp"
#include "app/request_key.hpp"
#include "app/request_lookup.hpp"
#include "core/cert/files_in_use.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::cli {

namespace {

using core::FileState;

FileState look_at_fullchain(const store::OpenDirectory& directory, const std::string& fullchain) {
    try {
        const auto file = directory.read(app::fullchain_name, app::longest_fullchain_file);
        if (!file) {
            return store::is_taken(directory.path_of(app::fullchain_name)) ? FileState::different : FileState::missing;
        }
        return file->text == fullchain ? FileState::right : FileState::different;
    } catch (const core::Error&) {
        return FileState::closed;
    }
}

FileState look_at_private_key(const std::string& path, const std::string& public_key) {
    switch (app::look_at_key(path, public_key)) {
    case app::KeyFileState::right:
        return FileState::right;
    case app::KeyFileState::missing:
        return FileState::missing;
    case app::KeyFileState::closed:
        return FileState::closed;
    case app::KeyFileState::encrypted:
        return FileState::encrypted;
    case app::KeyFileState::damaged:
    case app::KeyFileState::another:
        return FileState::different;
    }
    return FileState::different;
}

core::FilesInUse look_at_files(const core::CertRequest& request, const core::Certificate& certificate) {
    const auto path = store::directory_of(request.directory) + "/current";
    const auto fullchain = app::recorded_texts(request).fullchain();
    core::FilesInUse files;
    files.request = request.number;
    files.fullchain = path + "/" + app::fullchain_name;
    files.key = path + "/" + app::key_name;
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

}  // namespace

core::Diagnostics check_assigned_files(Messages& messages, const core::CertRequest& request,
                                       const core::Certificate& certificate) {
    if (request.directory.empty()) {
        return {};
    }
    const auto files = look_at_files(request, certificate);
    for (const auto& note : core::unread_files(files)) {
        messages.note(note);
    }
    return core::check_files(files);
}

}  // namespace xmppfed::cli
