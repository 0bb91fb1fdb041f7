#include "core/render/renderings.hpp"

#include <array>

namespace xmppfed::core {

namespace {

constexpr std::array book_rows{
    BookRendering{{"manifest", "what `apply` reads"}},
    BookRendering{{"powershell", "a script for Skype for Business or Lync"}, write_allowlist_script},
};
constexpr auto book_values = values_in(book_rows);
constexpr RenderingTable<BookRendering> book_table{book_rows, book_values};

constexpr std::array record_rows{
    RecordRendering{{"zone", "lines of a zone file"}, zone_text},
    RecordRendering{{"nsupdate", "a script for nsupdate"}, nsupdate_text},
    RecordRendering{{"powershell", "Add-DnsServerResourceRecord"}, powershell_text},
    RecordRendering{{"json", "the same as -o json"}},
};
constexpr auto record_values = values_in(record_rows);
constexpr RenderingTable<RecordRendering> record_table{record_rows, record_values};

constexpr std::array request_rows{
    RequestRendering{{{"csr", "a certificate request (PKCS#10) and its key"}}},
    RequestRendering{{{"inf", "the input of certreq"}, certreq_inf}},
    RequestRendering{{{"powershell", "a Request-CsCertificate command line"}, request_cs_certificate}, false},
};
constexpr auto request_values = values_in(request_rows);
constexpr RenderingTable<RequestRendering> request_table{request_rows, request_values};

}  // namespace

const RenderingTable<BookRendering>& book_renderings() {
    return book_table;
}

const RenderingTable<RecordRendering>& record_renderings() {
    return record_table;
}

const RenderingTable<RequestRendering>& request_renderings() {
    return request_table;
}

}  // namespace xmppfed::core
