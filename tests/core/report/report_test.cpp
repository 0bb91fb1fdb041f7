#include "core/report/report.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/pki/digest.hpp"
#include "core/report/figures.hpp"
#include "core/report/html/folded_list.hpp"
#include "core/report/html/report_style.hpp"
#include "core/rule/rules.hpp"

using namespace xmppfed::core;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds report_time = std::chrono::sys_days{2026y / 3 / 15} + 9h + 30min;

ReportFacts no_facts() {
    return {.at = report_time,
            .store_revision = 0,
            .edge = {},
            .partners = {},
            .findings = {},
            .certificates = {},
            .probe = {},
            .activity = Activity{report_time}};
}

std::string page_of(decltype(write_html_report) write, const ReportFacts& facts,
                    const std::vector<CommittedPartner>& partners = {}) {
    std::string page;
    write(facts,
          {.partners =
               [&](const auto& visit) {
                   for (const auto& partner : partners) {
                       visit(partner);
                   }
               },
           .commits = [](const auto&) {}},
          [&](std::string_view piece) { page += piece; });
    return page;
}

/// The octets that a text of hexadecimal digits stands for, in base64.
std::string base64_of_hex(std::string_view hex) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bits;
    for (const char digit : hex) {
        const auto value = static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        for (int bit = 3; bit >= 0; --bit) {
            bits += ((value >> static_cast<unsigned>(bit)) & 1U) != 0 ? '1' : '0';
        }
    }
    bits.append((6 - bits.size() % 6) % 6, '0');
    std::string text;
    for (std::size_t at = 0; at < bits.size(); at += 6) {
        text += alphabet[std::stoul(bits.substr(at, 6), nullptr, 2)];
    }
    return text + std::string((4 - text.size() % 4) % 4, '=');
}

std::string figure(const ReportFacts& facts, std::string_view label) {
    for (const auto& each : key_figures(facts)) {
        if (each.label == label) {
            return fmt::format("{}, {}{}", each.value, each.note, each.alarms ? "!" : "");
        }
    }
    return {};
}

}  // namespace

TEST_CASE("the policy of the page names the style sheet that stands in it") {
    CHECK(report_style_hash.text == "sha256-" + base64_of_hex(xmppfed::pki::sha256_of(report_style.text)));
    const auto page = page_of(write_html_report, no_facts());
    CHECK(page.find(fmt::format("<style>{}</style>", report_style.text)) != std::string::npos);
    CHECK(page.find(report_style_hash.text) != std::string::npos);
}

TEST_CASE("the same facts give the same octets, and those of an empty book a page") {
    for (const auto write : {write_html_report, write_markdown_report}) {
        const auto page = page_of(write, no_facts());
        CHECK(page == page_of(write, no_facts()));
        CHECK(page.find("15 March 2026, 09:30") != std::string::npos);
        CHECK(page.find("Nothing has changed") != std::string::npos);
        CHECK(page.ends_with('\n'));
    }
}

TEST_CASE("the numbers at the top say what is pressing") {
    auto facts = no_facts();
    CHECK(figure(facts, "Partners") == "0, all enabled");
    CHECK(figure(facts, "Certificate in use") == "none, nothing is assigned");
    facts.edge.access_edge = "sip.contoso.com";
    CHECK(figure(facts, "Certificate in use") == "none, nothing is assigned!");
    facts.certificates = {
        {.request = 1, .state = RequestState::assigned, .is_in_use = true, .name = "Edge", .created_at = {}}};
    CHECK(figure(facts, "Certificate in use") == "none, it cannot be read!");
    for (const auto& [days, told] : {std::pair{89, "89 days, until 2026-06-12"},
                                     {29, "29 days, until 2026-04-13!"},
                                     {1, "1 day, until 2026-03-16!"},
                                     {-3, "expired, since 2026-03-12!"}}) {
        facts.certificates.front().end = report_time + std::chrono::days{days};
        CHECK(figure(facts, "Certificate in use") == told);
    }
    facts.findings.add({make_diagnostic(rule::domain_own, {}, "it is ours")});
    CHECK(figure(facts, "Need attention") == "1, 0 errors, 1 warning!");
    Partner partner;
    partner.negotiation = settings_of(Preset::dialback);
    facts.partners.add(partner);
    CHECK(figure(facts, "May be unencrypted") == "1, reached by tcp-dialback!");
    partner.enabled = false;
    facts.partners.add(partner);
    CHECK(figure(facts, "Partners") == "2, 1 enabled, 1 suspended");
    CHECK(figure(facts, "May be unencrypted") == "1, reached by tcp-dialback!");
}

TEST_CASE("certificates stand in the order in which they press") {
    const auto certificate = [](std::int64_t number, RequestState state, std::optional<int> days) {
        ReportedCertificate each{.request = number,
                                 .state = state,
                                 .is_in_use = state == RequestState::assigned,
                                 .name = {},
                                 .created_at = {}};
        if (days) {
            each.end = report_time + std::chrono::days{*days};
        }
        return each;
    };
    const auto ordered = in_order({certificate(1, RequestState::replaced, 10), certificate(2, RequestState::issued, 90),
                                   certificate(3, RequestState::pending, {}), certificate(4, RequestState::issued, 80),
                                   certificate(5, RequestState::assigned, 100)});
    std::vector<std::int64_t> numbers;
    for (const auto& each : ordered) {
        numbers.push_back(each.request);
    }
    CHECK(numbers == std::vector<std::int64_t>{5, 4, 2, 3, 1});
}

TEST_CASE("actions have words") {
    CHECK(words_of_action("partner.create") == "created");
    CHECK(words_of_action("edge.update") == "changed");
    CHECK(words_of_action("cert.assign") == "put to use");
    CHECK(words_of_action("cert.frame") == "frame");
    CHECK(words_of_action("strange") == "strange");
}

TEST_CASE("a short list stands there, and a long one is folded away in pieces") {
    for (const auto& [items, folds] :
         {std::pair<std::size_t, std::size_t>{0, 0}, {1, 0}, {250, 0}, {251, 2}, {1000, 4}}) {
        INFO(items);
        std::string text;
        const TextSink sink = [&](std::string_view piece) { text += piece; };
        FoldedList list{{.head = Html{"<ul>"}, .foot = Html{"</ul>"}, .noun = "partner"}, sink};
        for (std::size_t i = 0; i < items; ++i) {
            list.add(fmt::format("<p{:04}>", i), Html{"<li>"});
        }
        CHECK(list.end() == static_cast<std::int64_t>(items));
        std::size_t folded = 0;
        for (auto at = text.find("<details>"); at != std::string::npos; at = text.find("<details>", at + 1)) {
            ++folded;
        }
        CHECK(folded == folds);
        CHECK((text.find("&lt;p0000&gt;</bdi> to <bdi>&lt;p0249&gt;") != std::string::npos) == (folds > 0));
    }
}

TEST_CASE("days are told in words") {
    CHECK(days_text(89) == "89 days left");
    CHECK(days_text(1) == "1 day left");
    CHECK(days_text(0) == "ends today");
    CHECK(days_text(-1) == "ended 1 day ago");
    CHECK(counted_with_commas(10000, "partner") == "10,000 partners");
    CHECK(long_date(report_time) == "15 March 2026, 09:30");
    CHECK(minute_of("2026-03-15T09:30:00Z") == "2026-03-15 09:30");
    CHECK(minute_of("?") == "?");
}
