#include <algorithm>
#include <array>

#include "cli/commands/cert/cert_request_options.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

/// What the options of `cert request` come to.
namespace xmppfed::cli {

namespace {

constexpr std::size_t longest_san_file = std::size_t{16} * 1024 * 1024;
constexpr std::array bit_numbers{2048, 3072, 4096};  // by the order of `Bits`

/// The lines that are not empty, with either line ending. Editors on Windows put a byte order mark before a text.
void append_lines(std::vector<std::string>& lines, std::string_view text) {
    if (text.starts_with(core::byte_order_mark)) {
        text.remove_prefix(core::byte_order_mark.size());
    }
    lines.reserve(lines.size() + static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!line.empty()) {
            lines.emplace_back(line);
        }
    }
}

}  // namespace

std::optional<core::KeyKind> CertRequestOptions::new_key() const {
    core::KeyKind kind;
    if (curve_) {
        kind.algorithm = core::KeyAlgorithm::ec;
        kind.curve = *curve_;
        return kind;
    }
    if (bits_) {
        kind.bits = bit_numbers.at(static_cast<std::size_t>(*bits_));
        return kind;
    }
    return std::nullopt;
}

std::optional<core::SipDomains> CertRequestOptions::sip_domains() const {
    if (no_sip_domains_) {
        return core::SipDomains::none;
    }
    if (!order_.chosen_sip_domains.empty()) {
        return core::SipDomains::chosen;
    }
    return all_sip_domains_ ? std::optional{core::SipDomains::all} : std::nullopt;
}

app::RequestOrder CertRequestOptions::order(const World& world) const {
    auto order = order_;
    order.directory = world.current_directory();
    order.new_key = new_key();
    order.sip_domains = sip_domains();
    order.client_auth = !no_client_auth_;
    if (passphrase_.given()) {
        order.passphrase = [this] { return read_passphrase(passphrase_); };
    }
    if (san_file_) {
        append_lines(order.additional_names, store::read_file("the name file", *san_file_, longest_san_file));
    }
    return order;
}

}  // namespace xmppfed::cli
