#include "core/text/csv.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

using CsvRecords = std::vector<std::vector<std::string>>;

struct CellsOfCsv {
    CsvRecords records;
    std::vector<Place> places;
    std::optional<CsvProblem> problem;
};

CellsOfCsv read_cells(std::string_view text) {
    JsonSource source{[rest = text]() mutable { return std::exchange(rest, {}); }};
    CsvReader reader{source};
    CellsOfCsv reading;
    std::vector<CsvCell> cells;
    while (reader.next(cells)) {
        auto& record = reading.records.emplace_back();
        for (const auto& cell : cells) {
            record.push_back(cell.text);
            reading.places.push_back(cell.place);
        }
    }
    reading.problem = reader.problem();
    return reading;
}

/// "LINE:COLUMN" of what is wrong; "" for nothing.
std::string place_of_problem(std::string_view text) {
    const auto problem = read_cells(text).problem;
    return problem ? fmt::format("{}:{}", problem->place.line, problem->place.column) : "";
}

}  // namespace

TEST_CASE("the separator of CSV is the first one of its header") {
    CHECK(read_cells("a,b;c\n1,2;3").records == CsvRecords{{"a", "b;c"}, {"1", "2;3"}});
    CHECK(read_cells("a;b,c\n1;2,3").records == CsvRecords{{"a", "b,c"}, {"1", "2,3"}});
    CHECK(read_cells("a\tb,c\n1\t2,3").records == CsvRecords{{"a", "b,c"}, {"1", "2,3"}});
    CHECK(read_cells("\"a;b\",c\nd").records == CsvRecords{{"a;b", "c"}, {"d"}});
    CHECK(read_cells("a\n1,2").records == CsvRecords{{"a"}, {"1", "2"}});
}

TEST_CASE("lines of CSV end with LF or CR LF, the last one perhaps with nothing") {
    for (const auto* end : {"\n", "\r\n"}) {
        CHECK(read_cells(fmt::format("a,b{0}1,{0}", end)).records == CsvRecords{{"a", "b"}, {"1", ""}});
        CHECK(read_cells(fmt::format("a,b{0}1,", end)).records == CsvRecords{{"a", "b"}, {"1", ""}});
        CHECK(read_cells(fmt::format("a{0}{0}b", end)).records == CsvRecords{{"a"}, {""}, {"b"}});
        CHECK(read_cells(fmt::format("\"x{0}y\"{0}", end)).records == CsvRecords{{"x\ny"}});
    }
    CHECK(read_cells("").records.empty());
    CHECK(read_cells("\"a\rb\"").records == CsvRecords{{"a\rb"}});
    CHECK(place_of_problem("a,b\rc,d") == "1:4");
}

TEST_CASE("quotation marks of CSV go, and double ones are one") {
    CHECK(read_cells(R"("a ""b"" c","",""""," x ")").records == CsvRecords{{R"(a "b" c)", "", "\"", " x "}});
    CHECK(read_cells("  \"a\" , b ,c").records == CsvRecords{{"a", " b ", "c"}});
    CHECK(read_cells("\t\"a\"\t b").records == CsvRecords{{"", "a", " b"}});
    CHECK(place_of_problem("a,b\n1,\"2\n3") == "2:3");
    CHECK(place_of_problem("a,\"b\"c") == "1:6");
    CHECK(place_of_problem("a,b\"c\"") == "1:4");
}

TEST_CASE("cells of CSV know where they stand, in characters") {
    const auto reading = read_cells("é,\"b\nc\",d\n \"x\"");
    CHECK(reading.places == std::vector<Place>{{1, 1}, {1, 3}, {2, 4}, {3, 2}});
}

TEST_CASE("CSV that is not UTF-8 is refused at its cell") {
    CHECK(place_of_problem("a,b\nx,\xFC") == "2:3");
    CHECK(read_cells("a,b\nx,\xFC").records == CsvRecords{{"a", "b"}});
}

TEST_CASE("cells and lines of CSV have limits") {
    CHECK(place_of_problem("a," + std::string(CsvReader::longest_cell, 'x')).empty());
    CHECK(place_of_problem("a," + std::string(CsvReader::longest_cell + 2, 'x')) == "1:3");
    CHECK(place_of_problem("a,\"" + std::string(CsvReader::longest_cell + 2, 'x') + "\"") == "1:3");
    CHECK(place_of_problem(std::string(CsvReader::most_cells - 1, ',')).empty());
    CHECK(place_of_problem(std::string(CsvReader::most_cells, ',')) == "1:1000");
}
