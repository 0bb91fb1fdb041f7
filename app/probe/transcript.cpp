#include "app/probe/transcript.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

constexpr std::size_t longest = 262'144;  // of a domain: whoever sends more sends no features

}  // namespace

net::Listener Transcripts::listener(const std::string& domain) {
    return [this, domain](bool is_ours, std::string_view text) {
        auto& whole = texts_[domain];
        if (whole.size() < longest) {
            whole.append(is_ours ? ">> " : "<< ").append(core::escape(text)).append("\n");
        }
    };
}

void Transcripts::write(const std::string& directory) const {
    for (const auto& [domain, text] : texts_) {
        store::NewFile file{"the transcript", fmt::format("{}/{}.txt", directory, domain), store::public_file,
                            store::Existing::replace};
        file.write(text);
        file.publish();
        file.keep();
    }
}

}  // namespace xmppfed::app
