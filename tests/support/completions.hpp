#pragma once

// What the program answers to the scripts in `completions`, for the tests of completion.

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/test_world.hpp"

namespace xmppfed::test {

/// The lines that the program answers with, for the words of a line; one that ends with a blank has an empty last word.
/// Fails the test when it is not silent about whatever is wrong.
std::vector<std::string> completion_answer(TestWorld& world, std::string_view line);

/// The candidates among them, without their descriptions.
std::vector<std::string> offered(TestWorld& world, std::string_view line);

/// Two partners, an edge and two certificate requests.
void fill(TestWorld& world);

/// A line, and a candidate that must be offered, or must not.
struct Offer {
    const char* line;
    const char* candidate;
    bool is_offered;
};

/// Checks each in a filled world.
void check_offers(const std::vector<Offer>& offers);

}  // namespace xmppfed::test
