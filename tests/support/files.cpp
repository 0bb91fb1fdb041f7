#include "tests/support/files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace xmppfed::test {

namespace {
constexpr uid_t nobody = 65534;
constexpr mode_t permission_bits = 07777;

void require(bool done, const std::string& what) {
    if (!done) {
        throw std::system_error(errno, std::system_category(), what);
    }
}
}  // namespace

TemporaryDirectory::TemporaryDirectory()
    : path_{std::filesystem::canonical(std::filesystem::temp_directory_path()) / "xmppfed-test-XXXXXX"} {
    require(::mkdtemp(path_.data()) != nullptr, path_);
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryDirectory::names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{path_}) {
        names.push_back(entry.path().filename());
    }
    std::ranges::sort(names);
    return names;
}

std::string read_file(const std::string& path) {
    std::ifstream stream{path, std::ios::binary};
    require(stream.good(), path);
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_file(const std::string& path, std::string_view content) {
    std::ofstream stream{path, std::ios::binary | std::ios::trunc};
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    require(stream.good(), path);
}

mode_t mode_of(const std::string& path) {
    struct stat status {};
    require(::stat(path.c_str(), &status) == 0, path);
    return status.st_mode & permission_bits;
}

WithoutPrivileges::WithoutPrivileges() : former_{::geteuid()} {
    require(former_ != 0 || ::seteuid(nobody) == 0, "seteuid");
}

WithoutPrivileges::~WithoutPrivileges() {
    if (former_ == 0 && ::seteuid(former_) != 0) {
        std::terminate();
    }
}

}  // namespace xmppfed::test
