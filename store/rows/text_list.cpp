#include "store/rows/text_list.hpp"

#include <nlohmann/json.hpp>

#include "core/text/json/json.hpp"

namespace xmppfed::store {

std::string json_list(std::span<const std::string> texts) {
    std::string list;
    core::append_texts(list, texts);
    return list;
}

std::string json_claims(std::span<const core::CommittedPartner> partners) {
    std::string object = "{";
    for (const auto& partner : partners) {
        object += object.size() == 1 ? "" : ",";
        core::append_text(object, partner.primary_domain);
        object += ':' + json_list(core::claimed_domains(partner));
    }
    return object + '}';
}

/// Without an escape every quotation mark is the beginning or the end of a text.
std::vector<std::string> texts_in(std::string_view list) {
    if (list.find('\\') != std::string_view::npos) {
        return core::Json::parse(list).get<std::vector<std::string>>();
    }
    std::vector<std::string> texts;
    for (auto begin = list.find('"'); begin != std::string_view::npos;) {
        const auto end = list.find('"', begin + 1);
        texts.emplace_back(list.substr(begin + 1, end - begin - 1));
        begin = list.find('"', end + 1);
    }
    return texts;
}

}  // namespace xmppfed::store
