#pragma once

#include <libpq-fe.h>

namespace xmppfed::store {

/// The functions of libpq that are used. It is loaded when a store names it, so that nobody else pays for it: linked, it
/// would bring twenty libraries to every command.
struct Libpq {
    decltype(&::PQconninfoParse) parse_address;
    decltype(&::PQconninfo) address_in_use;
    decltype(&::PQconninfoFree) free_address;
    decltype(&::PQfreemem) free_memory;
    decltype(&::PQconnectStartParams) connect_start;
    decltype(&::PQconnectPoll) connect_poll;
    decltype(&::PQstatus) status;
    decltype(&::PQsocket) socket;
    decltype(&::PQerrorMessage) error_message;
    decltype(&::PQfinish) finish;
    decltype(&::PQuser) user;
    decltype(&::PQserverVersion) server_version;
    decltype(&::PQsetErrorVerbosity) set_error_verbosity;
    decltype(&::PQsetNoticeProcessor) set_notice_processor;
    decltype(&::PQsendQuery) send_query;
    decltype(&::PQsendQueryParams) send_query_params;
    decltype(&::PQconsumeInput) consume_input;
    decltype(&::PQisBusy) is_busy;
    decltype(&::PQgetResult) get_result;
    decltype(&::PQputCopyData) put_copy_data;
    decltype(&::PQputCopyEnd) put_copy_end;
    decltype(&::PQtransactionStatus) transaction_status;
    decltype(&::PQresultStatus) result_status;
    decltype(&::PQresultErrorField) result_error_field;
    decltype(&::PQresultErrorMessage) result_error_message;
    decltype(&::PQntuples) row_count;
    decltype(&::PQgetvalue) value;
    decltype(&::PQgetlength) length;
    decltype(&::PQgetisnull) is_null;
    decltype(&::PQclear) clear;
};

/// Loads the library at the first call. Throws failed where it cannot be.
[[nodiscard]] const Libpq& libpq();

}  // namespace xmppfed::store
