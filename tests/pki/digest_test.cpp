#include "core/pki/digest.hpp"

#include <catch2/catch.hpp>

TEST_CASE("The digest of a text is what sha256sum prints", "[digest]") {
    // FIPS 180-2, appendix B.
    CHECK(xmppfed::pki::sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(xmppfed::pki::sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
