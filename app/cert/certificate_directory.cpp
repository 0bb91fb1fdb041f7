#include "app/cert/certificate_directory.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/abandoned.hpp"
#include "store/files/file.hpp"
#include "store/files/ownership.hpp"

namespace xmppfed::app {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using core::FileAccess;
using core::quote;
using store::nearest;
using store::OpenDirectory;

constexpr const char* current_name = "current";
constexpr std::int64_t most_directories = 999'999'999;

bool may_give(const FileAccess& access) {
    return ::geteuid() == 0 || (access.owner == ::geteuid() && store::may_give_to(access.group));
}

Error ungivable(const std::string& path, const FileAccess& access, int error_number) {
    return store::system_failure(
               ErrorKind::failed,
               fmt::format("cannot give {} to user {} and group {}", quote(path), access.owner, access.group),
               error_number)
        .hint(
            "do it as root; or name yourself with --owner, and with --group a group that you are in: without them the "
            "key belongs to whom the one in use does");
}

}  // namespace

std::optional<KeyInDirectory> key_in(const OpenDirectory& directory) {
    auto file = directory.read(key_name, longest_key_file);
    return file ? std::optional{KeyInDirectory{pki::Secret{std::move(file->text)}, file->identity}} : std::nullopt;
}

CertificateDirectory::CertificateDirectory(std::string path, CertificatePair pair, const core::AccessWish& wish)
    : path_{std::move(path)}, pair_{std::move(pair)} {
    const auto taken = numbers_in(path_);
    name_ = std::to_string(taken.empty() ? 1 : taken.back() + 1);
    partial_ = store::partial_name(numbered()).substr(path_.size() + 1);
    std::error_code failed;
    const auto status = fs::symlink_status(current(), failed);
    if (fs::is_symlink(status)) {
        previous_ = fs::read_symlink(current(), failed).string();
    } else if (fs::exists(status)) {
        throw Error{ErrorKind::conflict, fmt::format("{} exists already and is no symbolic link", quote(current()))}
            .hint("name another directory with --to");
    }
    access_ = wished_access(wish);
}

CertificateDirectory::~CertificateDirectory() {
    if (!kept_) {
        undo();
    }
}

std::string CertificateDirectory::target_of(const std::string& link) {
    std::error_code failed;
    const auto target = fs::read_symlink(link, failed);
    return failed ? std::string{} : (fs::path{link}.parent_path() / target).string();
}

bool CertificateDirectory::is_whole(const std::string& directory) {
    return store::is_taken(directory + "/" + key_name) && store::is_taken(directory + "/" + fullchain_name);
}

std::int64_t CertificateDirectory::number_of(const std::string& name) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = error == std::errc{} && end == name.data() + name.size();
    return whole && number > 0 && number <= most_directories ? number : 0;
}

std::vector<std::int64_t> CertificateDirectory::numbers_in(const std::string& path) {
    std::vector<std::int64_t> numbers;
    for (const auto& name : store::is_taken(path) ? store::names_in(path) : std::vector<std::string>{}) {
        if (const auto number = number_of(name); number != 0) {
            numbers.push_back(number);
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

FileAccess CertificateDirectory::wished_access(const core::AccessWish& wish) const {
    const auto in_use = previous_ ? OpenDirectory::at(current()) : std::nullopt;
    const auto there = store::access_of(nearest(path_)).value_or(FileAccess{});
    return core::key_access(wish, in_use ? in_use->access_of(key_name) : std::nullopt,
                            core::usual_access(there, ::geteuid(), ::getegid()));
}

bool CertificateDirectory::is_in_use(const std::string& directory) const {
    if (!previous_ || store::resolved(target_of(current())) != store::resolved(directory)) {
        return false;
    }
    const auto opened = OpenDirectory::at(current());
    if (!opened || opened->access_of(key_name) != access_) {
        return false;
    }
    const auto fullchain = opened->read(fullchain_name, longest_fullchain_file);
    const auto key = key_in(*opened);
    return fullchain && fullchain->text == pair_.fullchain && key && key->text.text() == pair_.key;
}

std::string CertificateDirectory::closed_to_readers() const {
    std::string closed;
    for (auto path = path_;; path = store::directory_of(path)) {
        const auto there = store::access_of(path);  // a dry run makes none
        if (there && !core::can_search(*there, access_)) {
            closed = path;
        }
        if (path == "/") {
            return closed;
        }
    }
}

void CertificateDirectory::refuse_unwritable() const {
    const auto there = nearest(path_);
    store::refuse_unwritable("the directory", path_, there);
    for (const auto& missing : fs::path{path_}.lexically_relative(there)) {  // a name may be too long
        store::refuse_unwritable("the directory", (fs::path{there} / missing).string(), there);
    }
    if (!may_give(access_)) {
        throw ungivable(path_, access_, EPERM);
    }
}

void CertificateDirectory::give(const store::Descriptor& file, const std::string& path,
                                const FileAccess& access) const {
    if (!file.give(access)) {
        throw ungivable(path, access, errno);
    }
}

/// Goes down one directory, which is made when it is missing.
void CertificateDirectory::step_into(const std::string& name) {
    const auto& above = open_.back();
    const bool made = above.make(name);
    if (made) {
        made_.push_back({open_.size() - 1, name});
    }
    auto below = above.find(name);
    if (!below) {
        throw Error{ErrorKind::failed, fmt::format("{} is no directory", quote(above.path_of(name)))};
    }
    if (made) {
        give(below->descriptor(), below->path(), core::directory_access(below->access(), access_));
        above.sync();
    }
    open_.push_back(std::move(*below));
}

void CertificateDirectory::open_path() {
    const auto there = nearest(path_);
    auto opened = OpenDirectory::at(there);
    if (!opened) {
        throw Error{ErrorKind::failed, fmt::format("{} is no directory", quote(there))};
    }
    open_.push_back(std::move(*opened));
    for (const auto& part : fs::path{path_}.lexically_relative(there)) {
        if (part != "." && !part.empty()) {
            step_into(part.string());
        }
    }
    if (must_be_closed_ && !core::is_closed_to_others(open_.back().access(), ::geteuid())) {
        throw Error{ErrorKind::conflict, fmt::format("others may write the directory {}", quote(path_))}.hint(
            "somebody else changed that meanwhile; name the directory with --to when you are sure");
    }
}

/// Numbered directories that never got their name, with copies of keys in them, and links that were never switched.
void CertificateDirectory::remove_abandoned() const {
    const auto& directory = open_.back();
    for (const auto& [name, whole] : store::abandoned_in(directory, {::geteuid(), access_.owner})) {
        const auto unfinished = number_of(whole) != 0 ? directory.find(name) : std::nullopt;
        if (unfinished) {
            (void)unfinished->remove(key_name);
            (void)unfinished->remove(fullchain_name);
            (void)directory.remove_directory(name);
        } else if (whole == current_name) {
            (void)directory.remove(name);
        }
    }
}

void CertificateDirectory::write_pair() {
    const auto key = new_->create(key_name, store::private_file);
    store::write_durably(key, pair_.key, new_->path_of(key_name));
    give(key, new_->path_of(key_name), access_);
    const auto fullchain = new_->create(fullchain_name, store::public_file);
    store::write_durably(fullchain, pair_.fullchain, new_->path_of(fullchain_name));
    give(fullchain, new_->path_of(fullchain_name), core::certificates_access(fullchain.access(), access_));
    new_->sync();
}

void CertificateDirectory::write() {
    signals_.emplace();
    open_path();
    remove_abandoned();
    const auto& directory = open_.back();
    if (!directory.make(partial_)) {
        throw Error{ErrorKind::conflict, fmt::format("{} exists already", quote(directory.path_of(partial_)))};
    }
    auto made = directory.find(partial_);
    if (!made) {
        throw Error{ErrorKind::failed, fmt::format("{} is no directory", quote(directory.path_of(partial_)))};
    }
    new_.emplace(std::move(*made));
    give(new_->descriptor(), new_->path(), core::directory_access(new_->access(), access_));
    write_pair();
    if (!directory.rename(partial_, name_)) {
        throw Error{ErrorKind::conflict, fmt::format("cannot make the directory {}", quote(numbered()))}.hint(
            "somebody else made it meanwhile; run the command again");
    }
    written_ = true;
    directory.sync();
}

void CertificateDirectory::switch_current() {
    switched_ = true;
    open_.back().link(current_name, name_);
}

void CertificateDirectory::undo() {
    // The failure that led here is the one to report.
    const auto leads_here = [&] {  // unless somebody has switched it again
        std::error_code failed;
        return fs::read_symlink(current(), failed) == name_;
    };
    if (switched_ && leads_here()) {
        try {
            previous_ ? open_.back().link(current_name, *previous_)
                      : static_cast<void>(open_.back().remove(current_name));
        } catch (const Error&) {
            if (leads_here()) {
                return;  // then the new directory must stay
            }
        }
    }
    if (new_) {
        (void)new_->remove(key_name);
        (void)new_->remove(fullchain_name);
        (void)open_.back().remove_directory(written_ ? name_ : partial_);
    }
    std::for_each(made_.rbegin(), made_.rend(),
                  [this](const auto& made) { (void)open_.at(made.parent).remove_directory(made.name); });
}

}  // namespace xmppfed::app
