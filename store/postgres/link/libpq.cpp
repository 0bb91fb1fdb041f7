#include "store/postgres/link/libpq.hpp"

#include <dlfcn.h>

#include <type_traits>

#include <fmt/format.h>

#include "core/error.hpp"

namespace xmppfed::store {

namespace {

constexpr const char* library_name = "libpq.so.5";

/// It stays loaded, for what it loads itself may not bear to be unloaded.
Libpq load() {
    void* const handle = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    const auto find = [handle](auto& function, const char* name) {
        void* const found = handle == nullptr ? nullptr : dlsym(handle, name);
        if (found == nullptr) {
            throw core::Error{core::ErrorKind::failed, fmt::format("{} cannot be loaded", library_name)}
                .because("a store in PostgreSQL is reached through it")
                .hint("install the package libpq5");
        }
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
    };
    Libpq library{};
    find(library.parse_address, "PQconninfoParse");
    find(library.address_in_use, "PQconninfo");
    find(library.free_address, "PQconninfoFree");
    find(library.free_memory, "PQfreemem");
    find(library.connect_start, "PQconnectStartParams");
    find(library.connect_poll, "PQconnectPoll");
    find(library.status, "PQstatus");
    find(library.socket, "PQsocket");
    find(library.error_message, "PQerrorMessage");
    find(library.finish, "PQfinish");
    find(library.user, "PQuser");
    find(library.server_version, "PQserverVersion");
    find(library.set_error_verbosity, "PQsetErrorVerbosity");
    find(library.set_notice_processor, "PQsetNoticeProcessor");
    find(library.send_query, "PQsendQuery");
    find(library.send_query_params, "PQsendQueryParams");
    find(library.consume_input, "PQconsumeInput");
    find(library.is_busy, "PQisBusy");
    find(library.get_result, "PQgetResult");
    find(library.put_copy_data, "PQputCopyData");
    find(library.put_copy_end, "PQputCopyEnd");
    find(library.transaction_status, "PQtransactionStatus");
    find(library.result_status, "PQresultStatus");
    find(library.result_error_field, "PQresultErrorField");
    find(library.result_error_message, "PQresultErrorMessage");
    find(library.row_count, "PQntuples");
    find(library.value, "PQgetvalue");
    find(library.length, "PQgetlength");
    find(library.is_null, "PQgetisnull");
    find(library.clear, "PQclear");
    return library;
}

}  // namespace

const Libpq& libpq() {
    static const Libpq library = load();
    return library;
}

}  // namespace xmppfed::store
