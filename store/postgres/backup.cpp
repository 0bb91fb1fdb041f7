#include <chrono>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/copy.hpp"
#include "store/engine.hpp"
#include "store/files/file.hpp"
#include "store/postgres/store.hpp"

namespace xmppfed::store {

void PostgresStore::backup(const std::string& file) {
    NewFile copy{"the backup", file, private_file};
    const auto reader = read();
    const auto target = engine().open({.path = copy.partial_path(), .now = {}});
    const auto writer = target->write();
    copy_store(*reader, *writer, reader->now().value_or(""));
    writer->commit();
    copy.publish();
    copy.keep();
}

}  // namespace xmppfed::store
