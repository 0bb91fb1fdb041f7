#include "cli/certificate_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr const char* key_name = "/privkey.pem";
constexpr const char* fullchain_name = "/fullchain.pem";

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using core::quote;

constexpr mode_t directory_mode = 0755;  // less what the umask takes; the key in it is its owner's alone
constexpr std::int64_t most_directories = 999'999'999;

Error failure(std::string_view what, const std::string& path) {
    return store::system_failure(ErrorKind::failed, fmt::format("cannot {} {}", what, quote(path)), errno);
}

/// The number that a name is, or 0 for what is none of ours.
std::int64_t number_of(const std::string& name) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = error == std::errc{} && end == name.data() + name.size();
    return whole && number <= most_directories ? number : 0;
}

std::int64_t highest_number(const std::string& path) {
    std::int64_t highest = 0;
    if (store::is_taken(path)) {
        for (const auto& name : store::names_in(path)) {
            highest = std::max(highest, number_of(name));
        }
    }
    return highest;
}

}  // namespace

CertificateDirectory::CertificateDirectory(std::string path)
    : path_{std::move(path)},
      name_{std::to_string(highest_number(path_) + 1)},
      partial_{store::partial_name(numbered())} {
    std::error_code failed;
    const auto status = fs::symlink_status(current(), failed);
    if (fs::is_symlink(status)) {
        previous_ = fs::read_symlink(current(), failed).string();
    } else if (fs::exists(status)) {
        throw Error{ErrorKind::conflict, fmt::format("{} exists already and is no symbolic link", quote(current()))}
            .hint("name another directory with --to");
    }
}

CertificateDirectory::~CertificateDirectory() {
    if (kept_) {
        return;
    }
    std::error_code ignored;  // the failure that led here is the one to report
    if (switched_) {
        try {
            previous_ ? link_to(*previous_) : static_cast<void>(fs::remove(current(), ignored));
        } catch (const Error&) {
            return;  // then the new directory must stay
        }
    }
    fs::remove_all(written_ ? numbered() : partial_, ignored);
    if (made_path_) {
        fs::remove(path_, ignored);
    }
}

std::string CertificateDirectory::target_of(const std::string& link) {
    std::error_code failed;
    const auto target = fs::read_symlink(link, failed);
    return failed ? std::string{} : (fs::path{link}.parent_path() / target).string();
}

bool CertificateDirectory::is_whole(const std::string& directory) {
    return store::is_taken(directory + key_name) && store::is_taken(directory + fullchain_name);
}

std::string CertificateDirectory::numbered() const {
    return path_ + "/" + name_;
}

void CertificateDirectory::refuse_unwritable() const {
    store::refuse_unwritable("the directory", path_, store::is_taken(path_) ? path_ : store::directory_of(path_));
}

void CertificateDirectory::write(const std::string& fullchain, const pki::Secret& key_pem) {
    made_path_ = ::mkdir(path_.c_str(), directory_mode) == 0;
    if (!made_path_ && errno != EEXIST) {
        throw failure("make the directory", path_);
    }
    if (made_path_) {
        store::sync_directory(store::directory_of(path_));
    }
    if (::mkdir(partial_.c_str(), directory_mode) != 0) {
        throw failure("make the directory", partial_);
    }
    store::NewFile key{"the key", partial_ + key_name, store::private_file};
    key.write(key_pem.text());
    key.publish();
    store::NewFile certificates{"the certificates", partial_ + fullchain_name, store::public_file};
    certificates.write(fullchain);
    certificates.publish();
    if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, numbered().c_str(), RENAME_NOREPLACE) != 0) {
        const bool taken = errno == EEXIST;
        auto error = failure("make the directory", numbered());
        throw taken
            ? Error{ErrorKind::conflict, error.message}.hint("somebody else made it meanwhile; run the command again")
            : error;
    }
    written_ = true;
    key.keep();
    certificates.keep();
    store::sync_directory(path_);
}

/// A link cannot be changed, only replaced.
void CertificateDirectory::link_to(const std::string& target) const {
    const auto link = store::partial_name(current());
    if (::symlink(target.c_str(), link.c_str()) != 0) {
        throw failure("make the link", link);
    }
    if (::rename(link.c_str(), current().c_str()) != 0) {
        const int error_number = errno;
        ::unlink(link.c_str());
        errno = error_number;
        throw failure("switch the link", current());
    }
    store::sync_directory(path_);
}

void CertificateDirectory::switch_current() {
    switched_ = true;
    link_to(name_);
}

}  // namespace xmppfed::cli
