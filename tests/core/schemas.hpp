#pragma once

#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// A JSON Schema of this source tree.
inline Json schema(const std::string& name) {
    std::ifstream file{XMPPFED_SOURCE_DIR "/schemas/json/" + name};
    return Json::parse(file);
}

/// The values that a part of the common schema allows: those of its `enum`, or its `const`, or of what it refers to.
inline std::vector<std::string> allowed(const Json& part) {
    if (part.contains("$ref")) {
        const auto pointer = part.at("$ref").get<std::string>().substr(1);
        return allowed(schema("common.schema.json").at(Json::json_pointer{pointer}));
    }
    return part.contains("enum") ? part.at("enum").get<std::vector<std::string>>()
                                 : std::vector{part.at("const").get<std::string>()};
}

}  // namespace xmppfed::core
