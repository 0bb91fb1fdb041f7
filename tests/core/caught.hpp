#pragma once

#include <catch2/catch.hpp>

#include "core/error.hpp"

namespace xmppfed::core {

/// The error that `call` throws; the test fails when it throws none.
Error caught(auto call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    FAIL("nothing was thrown");
    return {ErrorKind::failed, {}};
}

}  // namespace xmppfed::core
