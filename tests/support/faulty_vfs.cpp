#include "tests/support/faulty_vfs.hpp"

#include <new>
#include <stdexcept>

#include <fmt/format.h>
#include <sqlite3.h>

namespace xmppfed::test {

namespace {

// SQLite knows a VFS by plain functions, so that there is one at a time.
sqlite3_vfs* inner = nullptr;
sqlite3_vfs outer{};
FaultyVfs::Fault fault;
int operations = 0;
const char* struck_at = nullptr;

/// Counts an operation; returns whether it is to fail.
bool strikes(const char* name) {
    ++operations;
    const bool due =
        fault.operation > 0 && (operations == fault.operation || (fault.sticky && operations > fault.operation));
    if (due && struck_at == nullptr) {
        struck_at = name;
    }
    return due;
}

/// Does or leaves an operation as the fault demands.
int attempt(const char* name, auto operation) {
    if (!strikes(name)) {
        return operation();
    }
    if (fault.damage == FaultyVfs::Damage::done) {
        (void)operation();
    }
    return fault.code;
}

struct File {
    sqlite3_file base;
    // The inner VFS's file follows.
};

sqlite3_file* inner_file(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
}

const sqlite3_io_methods* methods(sqlite3_file* file) {
    return inner_file(file)->pMethods;
}

int close(sqlite3_file* file) {
    return methods(file)->xClose(inner_file(file));
}
int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    return methods(file)->xRead(inner_file(file), data, size, offset);
}
int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const auto put = [&](int count) { return methods(file)->xWrite(inner_file(file), data, count, offset); };
    const bool fails = strikes("xWrite");
    if (!fails || fault.damage == FaultyVfs::Damage::done) {
        const int code = put(size);
        return fails ? fault.code : code;
    }
    if (fault.damage == FaultyVfs::Damage::torn && size > 1) {
        (void)put(size / 2);
    }
    return fault.code;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return attempt("xTruncate", [&] { return methods(file)->xTruncate(inner_file(file), size); });
}
int sync(sqlite3_file* /*file*/, int /*flags*/) {
    return attempt("xSync", [] { return SQLITE_OK; });  // counted, not done: no test cuts the power
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return methods(file)->xFileSize(inner_file(file), size);
}
int lock(sqlite3_file* file, int level) {
    return methods(file)->xLock(inner_file(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return methods(file)->xUnlock(inner_file(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* result) {
    return methods(file)->xCheckReservedLock(inner_file(file), result);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
    return methods(file)->xFileControl(inner_file(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
    return methods(file)->xSectorSize(inner_file(file));
}
int device_characteristics(sqlite3_file* file) {
    return methods(file)->xDeviceCharacteristics(inner_file(file));
}

sqlite3_io_methods make_methods() {
    sqlite3_io_methods result{};
    result.iVersion = 1;  // no shared memory: it is for write-ahead logs
    result.xClose = close;
    result.xRead = read;
    result.xWrite = write;
    result.xTruncate = truncate;
    result.xSync = sync;
    result.xFileSize = file_size;
    result.xLock = lock;
    result.xUnlock = unlock;
    result.xCheckReservedLock = check_reserved_lock;
    result.xFileControl = file_control;
    result.xSectorSize = sector_size;
    result.xDeviceCharacteristics = device_characteristics;
    return result;
}

const sqlite3_io_methods faulty_methods = make_methods();

int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    if (strikes("xOpen")) {
        return fault.code;
    }
    const int code = inner->xOpen(inner, name, inner_file(file), flags, out_flags);
    if (inner_file(file)->pMethods != nullptr) {
        file->pMethods = &faulty_methods;
    }
    return code;
}

int remove(sqlite3_vfs* /*vfs*/, const char* name, int /*sync_directory*/) {
    return attempt("xDelete", [&] { return inner->xDelete(inner, name, /*syncDir=*/0); });
}

}  // namespace

FaultyVfs::FaultyVfs() {
    if (inner != nullptr) {
        throw std::logic_error("one faulty VFS at a time");
    }
    inner = sqlite3_vfs_find(nullptr);
    outer = *inner;  // what is not replaced works on the inner one's own data
    outer.zName = "faulty";
    outer.pNext = nullptr;
    outer.szOsFile = static_cast<int>(sizeof(File)) + inner->szOsFile;
    outer.xOpen = open;
    outer.xDelete = remove;
    sqlite3_vfs_register(&outer, /*makeDflt=*/1);
    disarm();
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&outer);
    sqlite3_vfs_register(inner, /*makeDflt=*/1);
    inner = nullptr;
}

void FaultyVfs::arm(const Fault& its_fault) {
    fault = its_fault;
    operations = 0;
    struck_at = nullptr;
}

void FaultyVfs::disarm() {
    fault = {};
}

bool FaultyVfs::struck() const {
    return struck_at != nullptr;
}

std::string FaultyVfs::what() const {
    return fmt::format("{} {}", struck_at == nullptr ? "nothing at" : struck_at, fault.operation);
}

}  // namespace xmppfed::test
