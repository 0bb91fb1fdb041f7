#include "core/render/renderings.hpp"

#include <array>

#include "core/render/ejabberd.hpp"
#include "core/render/prosody.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array book_rows{
    BookRendering{{"manifest", "what `apply` reads"}},
    BookRendering{{"powershell", "a script for Skype for Business or Lync"}, write_allowlist_script},
};
constexpr auto book_values = values_in(book_rows);
constexpr RenderingTable<BookRendering> book_table{book_rows, book_values};

constexpr std::array page_rows{
    PageRendering{{"html", "one file for a browser and for paper"}, write_html_report},
    PageRendering{{"markdown", "for a wiki or a merge request"}, write_markdown_report},
};
constexpr auto page_values = values_in(page_rows);
constexpr RenderingTable<PageRendering> page_table{page_rows, page_values};

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

constexpr std::array prosody_rows{
    ServerRendering{{{"module", "mod_xmppfed, which enforces every field"}, prosody_module_configuration},
                    "xmppfed.cfg.lua",
                    /*has_module=*/true,
                    prosody_module_exactness},
    ServerRendering{{{"config", "Prosody's own options only"}, prosody_own_configuration},
                    "xmppfed.cfg.lua",
                    /*has_module=*/false,
                    prosody_own_exactness},
};
constexpr auto prosody_values = values_in(prosody_rows);
constexpr RenderingTable<ServerRendering> prosody_table{prosody_rows, prosody_values};
constexpr std::array prosody_versions{EnumValue{"0.12", "Debian 12 has it"}, EnumValue{"13", "Debian 13 has it"}};
constexpr ServerKind prosody_kind{"prosody", "Prosody", prosody_table, prosody_versions};

constexpr std::array ejabberd_rows{
    ServerRendering{{{"config", "ejabberd's own options only"}, ejabberd_configuration},
                    "xmppfed.yml",
                    /*has_module=*/false,
                    ejabberd_exactness},
};
constexpr auto ejabberd_values = values_in(ejabberd_rows);
constexpr RenderingTable<ServerRendering> ejabberd_table{ejabberd_rows, ejabberd_values};
constexpr std::array ejabberd_versions{EnumValue{"23.01", "Debian 12 has it"}, EnumValue{"25.07", "and later"}};
constexpr ServerKind ejabberd_kind{"ejabberd", "ejabberd", ejabberd_table, ejabberd_versions};

}  // namespace

const ServerKind& prosody_server() {
    return prosody_kind;
}

const ServerKind& ejabberd_server() {
    return ejabberd_kind;
}

const RenderingTable<BookRendering>& book_renderings() {
    return book_table;
}

const RenderingTable<PageRendering>& page_renderings() {
    return page_table;
}

const RenderingTable<RecordRendering>& record_renderings() {
    return record_table;
}

const RenderingTable<RequestRendering>& request_renderings() {
    return request_table;
}

}  // namespace xmppfed::core
