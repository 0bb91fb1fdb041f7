#include "core/field/field_row.hpp"

#include <catch2/catch.hpp>

#include "core/field/stored_fields.hpp"
#include "core/partner/negotiation.hpp"
#include "tests/core/caught.hpp"

namespace xmppfed::core {

namespace {

using field_row::field;
using field_row::fits;

struct Inner {
    Level level = Level::optional;
};

/// A subject with a member of each type that a field may have.
struct Thing {
    std::string name = {};
    std::string note = {};
    std::optional<std::string> host = {};
    std::vector<std::string> set = {};
    std::optional<std::vector<std::string>> list = {};
    Inner inner = {};
    bool flag = false;
    std::optional<std::int64_t> count = {};
    std::int64_t limit = 5;
};

using Texts = std::vector<std::string>;

struct Listed {
    std::optional<std::vector<std::string>> list = Texts{"a.example"};
};

FieldParts named(std::string_view key) {
    FieldParts parts;
    parts.key = parts.option = key;
    return parts;
}

std::string shout(std::string_view text) {
    return std::string{text} + "!";
}

/// What a field writes after it has read the items.
std::string written(const Field<Thing>& field, const Texts& items, Thing thing = {}) {
    field.read(thing, items);
    return field.write(thing).dump();
}

}  // namespace

static_assert(fits<std::string>(FieldKind::identity) && !fits<std::optional<std::string>>(FieldKind::identity));
static_assert(fits<Texts>(FieldKind::domain_set) && fits<Texts>(FieldKind::domain_list));
static_assert(!fits<Texts>(FieldKind::text) && !fits<std::string>(FieldKind::domain_set));
static_assert(fits<Level>(FieldKind::enumeration) && !fits<Level>(FieldKind::number) && !fits<bool>(FieldKind::number));

TEST_CASE("a field reads and writes as the type of its member and its kind want it") {
    const auto name = field<FieldKind::identity, &Thing::name>(named("name"));
    CHECK(written(name, {"A.Example."}) == R"("a.example")");
    CHECK(written(name, {""}) == R"("")");
    const auto host = field<FieldKind::domain, &Thing::host>(named("host"));
    CHECK(written(host, {"A.Example."}) == R"("a.example")");
    CHECK(written(host, {""}, {.host = "a.example"}) == "null");
    const auto set = field<FieldKind::domain_set, &Thing::set>(named("set"));
    CHECK(written(set, {"b.example", "A.example"}) == R"(["a.example","b.example"])");
    CHECK(written(set, {}) == "[]");
    const auto list = field<FieldKind::domain_list, &Thing::list>(named("list"));
    CHECK(written(list, {"b.example", "A.example"}) == R"(["b.example","a.example"])");
    CHECK(written(list, {}, {.list = Texts{"a.example"}}) == "null");
    CHECK(list.write({.list = Texts{}}).dump() == "[]");
    const auto count = field<FieldKind::number, &Thing::count>(named("count"));
    CHECK(written(count, {"7"}) == "7");
    CHECK(written(count, {""}, {.count = 7}) == "null");
    const auto limit = field<FieldKind::number, &Thing::limit>(named("limit"));
    CHECK(written(limit, {"7"}) == "7");
    CHECK(caught([&] { (void)written(limit, {""}); }).message == "--limit needs a whole number, not ''");
}

TEST_CASE("a text is kept as it was given, unless its row says how it is spelled") {
    const auto note = field<FieldKind::text, &Thing::note>(named("note"));
    CHECK(written(note, {"A.Example."}) == R"("A.Example.")");
    CHECK(written(note, {""}) == R"("")");
    auto parts = named("note");
    parts.null_when_empty = true;
    parts.spelled = shout;
    const auto loud = field<FieldKind::text, &Thing::note>(parts);
    CHECK(written(loud, {"a"}) == R"("a!")");
    CHECK(loud.write({}).dump() == "null");
}

TEST_CASE("what surely reads back does, and what does not is not sure to") {
    const auto is_sure = [](const Field<Thing>& field, const Thing& thing) {
        const bool is_sure = field.surely_reads_back(thing);
        if (is_sure) {  // as an entry of the history is read
            Thing again;
            stored_fields::read(again, field, field.write(thing));
            CHECK(field.write(again) == field.write(thing));
        }
        return is_sure;
    };
    const auto name = field<FieldKind::identity, &Thing::name>(named("name"));
    CHECK(is_sure(name, {.name = "a.example"}));
    CHECK_FALSE(is_sure(name, {.name = "A.example"}));
    CHECK_FALSE(is_sure(name, {.name = "a..example"}));
    const auto host = field<FieldKind::domain, &Thing::host>(named("host"));
    CHECK(is_sure(host, {}));
    CHECK(is_sure(host, {.host = "a.example"}));
    CHECK_FALSE(is_sure(host, {.host = ""}));
    CHECK_FALSE(is_sure(host, {.host = "a.example."}));
    CHECK_FALSE(is_sure(field<FieldKind::text, &Thing::host>(named("host")), {.host = ""}));
    const auto set = field<FieldKind::domain_set, &Thing::set>(named("set"));
    CHECK(is_sure(set, {}));
    CHECK(is_sure(set, {.set = {"a.example", "a.example", "b.example"}}));
    CHECK_FALSE(is_sure(set, {.set = {"b.example", "a.example"}}));
    CHECK_FALSE(is_sure(set, {.set = {"A.example", "b.example"}}));
    const auto list = field<FieldKind::domain_list, &Thing::list>(named("list"));
    CHECK(is_sure(list, {}));
    CHECK(is_sure(list, {.list = Texts{"b.example", "a.example"}}));
    CHECK_FALSE(is_sure(list, {.list = Texts{"B.example"}}));
    CHECK_FALSE(field<FieldKind::domain_list, &Listed::list>(named("list")).surely_reads_back({.list = std::nullopt}));
    auto parts = named("set");
    parts.values = boolean_values();
    const auto choices = field<FieldKind::choice_set, &Thing::set>(parts);
    CHECK(is_sure(choices, {}));
    CHECK_FALSE(is_sure(choices, {.set = {"maybe"}}));
    const auto note = field<FieldKind::text, &Thing::note>(named("note"));
    CHECK(is_sure(note, {.note = "A.Example."}));
    auto spelled = named("note");
    spelled.spelled = shout;
    CHECK_FALSE(is_sure(field<FieldKind::text, &Thing::note>(spelled), {.note = "a"}));
    CHECK(is_sure(field<FieldKind::number, &Thing::count>(named("count")), {.count = -7}));
    CHECK(is_sure(field<FieldKind::number, &Thing::limit>(named("limit")), {.limit = 7}));
    CHECK(is_sure(field<FieldKind::boolean, &Thing::flag>(named("flag")), {.flag = true}));
    CHECK(is_sure(field<FieldKind::enumeration, &Thing::inner, &Inner::level>(named("level")), {}));
}

TEST_CASE("a field may be a member of a member, and names its option and values") {
    const auto level = field<FieldKind::enumeration, &Thing::inner, &Inner::level>(named("level"));
    CHECK(level.values.size() == values_of<Level>().size());
    CHECK(written(level, {"NotSupported"}) == R"("not-supported")");
    CHECK(caught([&] { (void)written(level, {"never"}); }).message.starts_with("--level does not take 'never'"));
    const auto flag = field<FieldKind::boolean, &Thing::flag>(named("flag"));
    CHECK(flag.values.size() == boolean_values().size());
    CHECK(written(flag, {"True"}) == "true");
    CHECK(caught([&] { (void)written(flag, {"yes"}); }).message.starts_with("--flag does not take 'yes'"));
}

}  // namespace xmppfed::core
