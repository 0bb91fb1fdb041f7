#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "core/text/text.hpp"
#include "store/file_site.hpp"
#include "store/files/file.hpp"
#include "store/sqlite/store.hpp"
#include "store/sqlite/transaction.hpp"

namespace xmppfed::store {

namespace {

void require_whole(SQLite::Database& database) {
    if (const auto answer = database.execAndGet("PRAGMA quick_check(1)").getString(); answer != "ok") {
        throw core::damaged_store(core::escape(answer));
    }
}

void require_content(SqliteConnection& connection) {
    (void)SqliteReader{connection};  // refuses what is no store of ours
    if (connection.guard("back up", [&] { return connection.schema_version(); }) == 0) {
        throw core::Error{core::ErrorKind::failed, fmt::format("{} holds no store", core::quote(connection.path()))};
    }
}

}  // namespace

void SqliteStore::refuse_backup() {
    require_content(connection_);
    connection_.guard("back up", [&] { require_whole(connection_.database()); });
}

void SqliteStore::backup(const std::string& file) {
    if (FileSite{{.path = connection_.path(), .now = {}}}.includes(file)) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the backup {} would be a file of the store itself", core::quote(file))}
            .hint("name a file that does not exist yet");
    }
    require_content(connection_);
    NewFile copy{"the backup", file, private_file};
    connection_.guard("back up", [&] {
        SqliteConnection its_connection{{.path = copy.partial_path(), .now = {}}};
        auto& target = its_connection.database();
        target.exec("PRAGMA journal_mode = MEMORY");  // a file beside the copy would be left behind by a failure
        if (const int code = SQLite::Backup{target, connection_.database()}.executeStep(); code != SQLITE_DONE) {
            throw SQLite::Exception{"the copy is not complete", code};  // busy: another process is writing
        }
        require_whole(target);
        if (!its_connection.is_newest()) {
            Transaction transaction{target, "BEGIN IMMEDIATE"};
            its_connection.migrate();
            transaction.commit();
        }
    });
    copy.publish();
    copy.keep();
}

}  // namespace xmppfed::store
