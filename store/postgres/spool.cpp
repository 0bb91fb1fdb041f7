#include "store/postgres/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "store/files/file.hpp"
#include "store/postgres/link/copy_text.hpp"
#include "store/postgres/rows.hpp"

namespace xmppfed::store {

namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;

core::Error file_failure(int error_number) {
    return system_failure(core::ErrorKind::failed, "cannot write a temporary file", error_number)
        .hint("name a directory that has room in TMPDIR");
}

Descriptor nameless_file() {
    const char* const directory = ::secure_getenv("TMPDIR");
    std::string path = directory != nullptr && *directory != '\0' ? directory : "/var/tmp";
    path += "/xmppfed-XXXXXX";
    const int number = ::mkostemp(path.data(), O_CLOEXEC);
    if (number < 0) {
        throw file_failure(errno);
    }
    ::unlink(path.c_str());
    return Descriptor{number};
}

}  // namespace

std::string PostgresSpool::columns() {
    return "number, " + names_of(wanted_partner_columns()) + ", additional, places";
}

void PostgresSpool::add(const core::Partner& partner, std::string_view places) {
    core::CommittedPartner wanted;
    static_cast<core::Partner&>(wanted) = partner;
    std::vector<std::string> additional;
    for (const auto& domain : partner.additional_domains) {
        additional.push_back(to_copied(domain));
    }
    std::vector<Value> row{Value{++count_}};
    for (auto& value : row_of(wanted_partner_columns(), wanted)) {
        row.push_back(std::move(value));
    }
    row.emplace_back(json_list(additional));
    row.emplace_back(std::string{places});
    append_copied(buffer_, row);
    if (buffer_.size() >= piece_size) {
        write_to_file();
    }
}

void PostgresSpool::write_to_file() {
    if (!file_) {
        file_.emplace(nameless_file());
    }
    for (std::string_view left = buffer_; !left.empty();) {
        const auto written = ::write(file_->number(), left.data(), left.size());
        if (written < 0 && errno != EINTR) {
            throw file_failure(errno);
        }
        left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    buffer_.clear();
}

std::string_view PostgresSpool::read_from_file() {
    piece_.resize(piece_size);
    ssize_t size = -1;
    do {
        size = ::pread(file_->number(), piece_.data(), piece_.size(), read_);
    } while (size < 0 && errno == EINTR);
    if (size < 0) {
        throw file_failure(errno);
    }
    read_ += size;
    piece_.resize(static_cast<std::size_t>(size));
    return piece_;
}

std::function<std::string_view()> PostgresSpool::rows() {
    read_ = 0;
    return [this, is_buffer_left = true]() mutable -> std::string_view {
        if (file_) {
            if (const auto piece = read_from_file(); !piece.empty()) {
                return piece;
            }
        }
        return std::exchange(is_buffer_left, false) ? std::string_view{buffer_} : std::string_view{};
    };
}

}  // namespace xmppfed::store
