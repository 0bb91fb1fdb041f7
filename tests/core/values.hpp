#pragma once

#include <string>
#include <utility>

#include "core/cert/cert_names.hpp"

namespace xmppfed::core {

/// A value with its defaults, apart from what `set` changes.
template <class Value>
Value made(auto set) {
    Value value;
    set(value);
    return value;
}

inline CertName dns(std::string value) {
    return {NameType::dns, std::move(value), NameSource::additional};
}

}  // namespace xmppfed::core
