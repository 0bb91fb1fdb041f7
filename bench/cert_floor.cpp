/// What a certificate request costs at least without xmppfed: `openssl req` makes the CSR, and then the same work is
/// made durable. The file and its directory are synced, and the request is committed with the rows, the history and
/// the `synchronous=EXTRA` of the store. bench/run compiles this, and compares the rows with those of xmppfed.
///
///     cert_floor STORE KEY CONFIG CSR NAMES CREATED_AT
///
/// NAMES is a file with the column of that name, ready made. All paths are absolute.

#include <fcntl.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

extern char** environ;

namespace {

constexpr const char* subject = R"({"CN":"sip.contoso.com"})";
constexpr const char* friendly_name = "Edge external sip.contoso.com";
constexpr const char* basis =
    R"({"common_name":null,"sip_domains":"all","chosen_sip_domains":[],"srv_names":false,"xmpp_addrs":false,)"
    R"("client_auth":true,"hash":"sha256","subject":{}})";

void require(bool condition, const std::string& what) {
    if (!condition) {
        std::fprintf(stderr, "cert_floor: %s failed\n", what.c_str());
        std::exit(1);
    }
}

/// `openssl req` in a process of its own, which is how a script would make the CSR.
void make_csr(char* key, char* config, char* csr) {
    std::string words[] = {"openssl", "req", "-new", "-key", "-config", "-out"};
    const std::array<char*, 10> arguments{words[0].data(),
                                          words[1].data(),
                                          words[2].data(),
                                          words[3].data(),
                                          key,
                                          words[4].data(),
                                          config,
                                          words[5].data(),
                                          csr,
                                          nullptr};
    pid_t child = 0;
    require(::posix_spawnp(&child, "openssl", nullptr, nullptr, arguments.data(), environ) == 0, "openssl");
    int status = 0;
    require(::waitpid(child, &status, 0) == child && status == 0, "openssl req");
}

std::string content_of(int descriptor, const std::string& path) {
    struct stat status {};
    require(::fstat(descriptor, &status) == 0, path);
    std::string content(static_cast<std::size_t>(status.st_size), '\0');
    require(::read(descriptor, content.data(), content.size()) == status.st_size, path);
    return content;
}

std::string read_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    require(descriptor >= 0, path);
    auto content = content_of(descriptor, path);
    ::close(descriptor);
    return content;
}

/// Syncs a file and returns what is in it.
std::string synced(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    require(descriptor >= 0 && ::fsync(descriptor) == 0, path);
    auto content = content_of(descriptor, path);
    ::close(descriptor);
    return content;
}

void sync_directory(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    require(descriptor >= 0 && ::fsync(descriptor) == 0, path);
    ::close(descriptor);
}

class Database {
  public:
    explicit Database(const char* path) {
        require(sqlite3_open_v2(path, &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK,
                path);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { sqlite3_close(handle_); }

    void execute(const char* sql) { require(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql); }

    /// Runs a statement that returns nothing.
    template <class... Texts>
    void run(const char* sql, const Texts&... texts) {
        sqlite3_stmt* statement = nullptr;
        require(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) == SQLITE_OK, sql);
        int index = 0;
        const auto bind = [&](const std::string& text) {
            const int size = static_cast<int>(text.size());
            require(sqlite3_bind_text(statement, ++index, text.data(), size, SQLITE_STATIC) == SQLITE_OK, sql);
        };
        (bind(texts), ...);
        require(sqlite3_step(statement) == SQLITE_DONE, sql);
        sqlite3_finalize(statement);
    }

    [[nodiscard]] std::string last_number() const { return std::to_string(sqlite3_last_insert_rowid(handle_)); }

  private:
    sqlite3* handle_ = nullptr;
};

void commit(const char* store, const std::string& csr, const std::string& names, const std::string& csr_file,
            const std::string& key_file, const std::string& at) {
    Database database{store};
    database.execute("PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE");
    database.run(
        "INSERT INTO cert_request (number, state, subject, names, key_algorithm, key_bits, key_curve, csr, csr_file, "
        "key_file, friendly_name, template, exportable, created_at, basis) SELECT coalesce(max(number), 0) + 1, "
        "'pending', ?, ?, 'ec', 0, 'P-256', ?, ?, ?, ?, NULL, 1, ?, ? FROM cert_request",
        std::string{subject}, names, csr, csr_file, key_file, std::string{friendly_name}, at, std::string{basis});
    const auto number = database.last_number();
    // Paths of the bench need no escaping.
    const auto after = R"({"number":)" + number + R"(,"state":"pending","subject":)" + subject +
                       R"(,"key":{"algorithm":"ec","curve":"P-256"},"csr_file":")" + csr_file + R"(","key_file":")" +
                       key_file + R"(","friendly_name":")" + friendly_name +
                       R"(","template":null,"exportable":true,"created_at":")" + at +
                       R"(","renews":null,"certificate":null,"assigned_at":null,"directory":null,)"
                       R"("retired_at":null,"retirement_reason":null,"host":null})";
    database.run("DELETE FROM unfinished_key WHERE key_file = ?", key_file);
    database.execute("UPDATE store SET revision = revision + 1");
    database.run(
        "INSERT INTO history (sequence, store_revision, at, actor, message, action, subject, name, former_name, "
        "before, "
        "after) SELECT coalesce(max(sequence), 0) + 1, (SELECT revision FROM store), ?, 'root', '', "
        "'cert.request', 'cert-request', ?, NULL, NULL, ? FROM history",
        at, number, after);
    database.execute("COMMIT");
}

}  // namespace

int main(int count, char** words) {
    require(count == 7, "counting six arguments");
    const std::string csr_file = words[4];
    make_csr(words[2], words[3], words[4]);
    const auto csr = synced(csr_file);
    sync_directory(csr_file.substr(0, csr_file.rfind('/')));
    commit(words[1], csr, read_file(words[5]), csr_file, words[2], words[6]);
}
