#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace xmppfed::test {

/// What the fake resolver says to a question.
struct FakeAnswer {
    int code = 0;
    bool authenticated = false;
    std::vector<std::string> records = {};  ///< octets, made by the functions below
    std::string extended_error = {};        ///< "" or the octets of an option's data (RFC 8914)
    bool truncated_on_udp = false;
    bool silent = false;
    bool knows_no_edns = false;   ///< it answers a question with an OPT record by FORMERR and nothing else
    bool wrong_id_first = false;  ///< a forgery comes before the answer
    bool another_question_first = false;
    std::string raw = {};  ///< instead of all that, behind the id
};

/// A resolver on loopback, over UDP and TCP, in a thread of its own. It knows what a test told it; anything else it
/// answers with "no such name".
class FakeDns {
  public:
    FakeDns();
    FakeDns(const FakeDns&) = delete;
    FakeDns& operator=(const FakeDns&) = delete;
    ~FakeDns();

    /// `checking_disabled`: what it says with the CD bit; otherwise the same.
    void say(const std::string& name, int type, FakeAnswer answer);
    void say_unchecked(const std::string& name, int type, FakeAnswer answer);

    void srv(const std::string& name, const std::vector<std::string>& records, bool authenticated = false);
    void address(const std::string& name, const std::string& address, bool authenticated = false);

    [[nodiscard]] std::string address() const;       ///< IP:PORT
    [[nodiscard]] std::vector<std::string> asked();  ///< "NAME TYPE", with "+tcp", "+cd" and "-edns" where it was so

  private:
    void serve();
    [[nodiscard]] std::vector<std::string> answers_to(std::string_view query, bool over_tcp);

    int udp_ = -1;
    int tcp_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::map<std::string, FakeAnswer> answers_;
    std::vector<std::string> asked_;
    std::atomic<bool> ends_{false};
    std::thread thread_;
};

inline constexpr int type_a = 1;
inline constexpr int type_cname = 5;
inline constexpr int type_aaaa = 28;
inline constexpr int type_srv = 33;
inline constexpr int type_tlsa = 52;

[[nodiscard]] std::string octets_of_name(std::string_view name);
[[nodiscard]] std::string two_octets(unsigned number);
[[nodiscard]] std::string record(std::string_view owner, int type, const std::string& data);
[[nodiscard]] std::string srv_record(std::string_view owner, unsigned priority, unsigned weight, unsigned port,
                                     std::string_view target);
[[nodiscard]] std::string address_record(std::string_view owner, const std::string& address);

}  // namespace xmppfed::test
