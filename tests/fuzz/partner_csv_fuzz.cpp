#include "tests/fuzz/manifest_reading.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    xmppfed::fuzz::check_reader(xmppfed::core::read_partner_csv, data, size);
    return 0;
}
