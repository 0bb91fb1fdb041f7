#include "cli/commands/cert/request_number.hpp"

#include "core/field/field.hpp"

namespace xmppfed::cli {

void bind_request_number(OptionSet& options, std::int64_t& number) {
    options.positional({.name = "NUMBER",
                        .meaning = "the request's number, as `cert list` shows it",
                        .least = 1,
                        .most = 1,
                        .names = Names::request,
                        .take = [&number](const auto& words) {
                            number = core::read_record_number("NUMBER", words.front(), request_record.what,
                                                              request_record.hint);
                        }});
}

}  // namespace xmppfed::cli
