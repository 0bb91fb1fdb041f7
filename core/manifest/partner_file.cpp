#include "core/manifest/partner_file.hpp"

namespace xmppfed::core {

PartnerFileForm as_manifest(JsonSource& /*source*/) {
    return {read_manifest, manifest_name};
}

PartnerFileForm as_allowlist(JsonSource& /*source*/) {
    return {read_allowlist, allowlist_name};
}

PartnerFileForm as_partner_csv(JsonSource& /*source*/) {
    return {read_partner_csv, csv_name};
}

PartnerFileForm as_import(JsonSource& source) {
    if (is_marked_utf16(source.encoding())) {
        source.decode_utf16();
    }
    const bool is_readable = source.encoding() == Encoding::utf8 && source.skip_blanks();
    const char first = is_readable ? *source.begin() : '[';
    return first == '[' || first == '{' ? as_allowlist(source) : as_partner_csv(source);
}

}  // namespace xmppfed::core
