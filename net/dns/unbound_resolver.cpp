#include "net/dns/unbound_resolver.hpp"

#include <dlfcn.h>
#include <poll.h>
#include <unbound.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::net {

namespace {

constexpr const char* library_name = "libunbound.so.8";

/// Names that the library answers by itself unless it is told not to (RFC 6761, 6762, 7686, 8375): whoever names a resolver
/// wants its word. Those of RFC 6303 for networks without names have an option of their own.
constexpr std::array local_zones{
    "test",
    "invalid",
    "localhost",
    "onion",
    "home.arpa",
    "service.arpa",
    "127.in-addr.arpa",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
};

/// The library's functions. It stays loaded: its threads may still run.
struct Library {
    void* handle = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);

    template <class Function>
    Function* function(const char* name) const {
        void* found = handle == nullptr ? nullptr : dlsym(handle, name);
        if (found == nullptr) {
            throw core::Error{core::ErrorKind::failed, fmt::format("{} cannot be loaded", library_name)}.hint(
                "install the package libunbound8, or take `--dnssec resolver`");
        }
        return reinterpret_cast<Function*>(found);
    }

    decltype(::ub_ctx_create)* ctx_create = function<decltype(::ub_ctx_create)>("ub_ctx_create");
    decltype(::ub_ctx_delete)* ctx_delete = function<decltype(::ub_ctx_delete)>("ub_ctx_delete");
    decltype(::ub_ctx_debugout)* ctx_debugout = function<decltype(::ub_ctx_debugout)>("ub_ctx_debugout");
    decltype(::ub_ctx_set_option)* ctx_set_option = function<decltype(::ub_ctx_set_option)>("ub_ctx_set_option");
    decltype(::ub_ctx_set_fwd)* ctx_set_fwd = function<decltype(::ub_ctx_set_fwd)>("ub_ctx_set_fwd");
    decltype(::ub_ctx_add_ta_file)* ctx_add_ta_file = function<decltype(::ub_ctx_add_ta_file)>("ub_ctx_add_ta_file");
    decltype(::ub_ctx_async)* ctx_async = function<decltype(::ub_ctx_async)>("ub_ctx_async");
    decltype(::ub_fd)* fd = function<decltype(::ub_fd)>("ub_fd");
    decltype(::ub_process)* process = function<decltype(::ub_process)>("ub_process");
    decltype(::ub_resolve_async)* resolve_async = function<decltype(::ub_resolve_async)>("ub_resolve_async");
    decltype(::ub_resolve_free)* resolve_free = function<decltype(::ub_resolve_free)>("ub_resolve_free");
    decltype(::ub_cancel)* cancel = function<decltype(::ub_cancel)>("ub_cancel");
    decltype(::ub_strerror)* strerror = function<decltype(::ub_strerror)>("ub_strerror");
};

core::Error no_anchors(const std::string& file) {
    return core::Error{core::ErrorKind::failed,
                       fmt::format("the trust anchors in {} cannot be used", core::quote(file))}
        .hint(
            "give a file with the zone's DNSKEY or DS records by `--trust-anchor`; Debian's package dns-root-data has "
            "that of the root");
}

/// Without one the library takes every zone for one that is not signed.
bool has_anchor(const std::string& file) {
    std::ifstream text{file};
    return std::any_of(std::istream_iterator<std::string>{text}, {}, [](const std::string& word) {
        const auto type = core::ascii_lower(word);
        return type == "dnskey" || type == "ds";
    });
}

struct Waiting {
    Question question;
    Receiver receive;
    Clock::time_point end;
};

using Waitings = std::map<int, Waiting>;  ///< by the library's id
using Replies = std::vector<std::pair<Receiver, Reply>>;

/// What the library hands to its callback, which must not throw and so only notes what came.
struct Mailbox {
    const Library* library;
    Question question;
    Receiver receive;
    Replies* replies;
    int id = 0;
    Waitings* waiting;
};

Reply reply_of(const ub_result& result, const Question& question) {
    if (result.bogus != 0) {
        return {.failure = core::DnsFailure::bogus,
                .state = core::DnsState::bogus,
                .reason = core::escape(result.why_bogus != nullptr ? result.why_bogus : "validation failed")};
    }
    const std::string_view packet{static_cast<const char*>(result.answer_packet),
                                  static_cast<std::size_t>(result.answer_len)};
    constexpr std::size_t id_octets = 2;
    const auto id = packet.size() < id_octets
                        ? 0
                        : static_cast<unsigned char>(packet[0]) * 256 + static_cast<unsigned char>(packet[1]);
    const auto answer = read_answer(packet, question, static_cast<std::uint16_t>(id));
    if (!answer || (answer->code != Answer::no_error && answer->code != Answer::no_such_name)) {
        return {.failure = core::DnsFailure::refused, .reason = "the resolvers could not find out"};
    }
    return {.state = result.secure != 0 ? core::DnsState::secure : core::DnsState::insecure,
            .records = answer->records};
}

class UnboundResolver : public Resolver, public Task {
  public:
    UnboundResolver(const std::vector<Address>& servers, const std::string& trust_anchor_file, Milliseconds timeout)
        : context_{library_.ctx_create(), library_.ctx_delete},
          trust_anchor_file_{trust_anchor_file},
          timeout_{timeout} {
        check(context_ ? 0 : UB_NOMEM, "libunbound cannot start");
        check(library_.ctx_debugout(context_.get(), nullptr), "libunbound cannot start");  // it would write to stderr
        set("do-not-query-localhost:", "no");  // a resolver on this machine is what most have
        set("unblock-lan-zones:", "yes");
        for (const auto* zone : local_zones) {
            set("local-zone:", fmt::format("{}. transparent", zone));
        }
        for (const auto& server : servers) {
            const auto text = fmt::format("{}@{}", server.text(), server.port());
            check(library_.ctx_set_fwd(context_.get(), text.c_str()), "libunbound does not take a resolver");
        }
        if (!has_anchor(trust_anchor_file)) {
            throw no_anchors(trust_anchor_file);
        }
        check(library_.ctx_add_ta_file(context_.get(), trust_anchor_file.c_str()),
              fmt::format("the trust anchors in {} cannot be used", core::quote(trust_anchor_file)));
        check(library_.ctx_async(context_.get(), /*dothread=*/1), "libunbound cannot start");
    }

    void ask(const Question& question, Receiver receive) override {
        auto box = std::make_unique<Mailbox>(Mailbox{&library_, question, receive, &replies_, 0, &waiting_});
        constexpr int internet = 1;
        const int problem =
            library_.resolve_async(context_.get(), question.name.c_str(), static_cast<int>(question.type), internet,
                                   box.get(), take, &box->id);
        if (problem == UB_INITFAIL) {  // files are not read before the first question
            throw no_anchors(trust_anchor_file_);
        }
        if (problem != 0) {
            replies_.emplace_back(std::move(receive),
                                  Reply{.failure = core::DnsFailure::refused, .reason = library_.strerror(problem)});
            return;
        }
        waiting_[box->id] = {question, std::move(receive), Clock::now() + timeout_};
        boxes_.push_back(std::move(box));
    }

    /// The loop may let go of it then; who asks again gives it back.
    [[nodiscard]] bool is_done() const override { return waiting_.empty() && replies_.empty(); }

    [[nodiscard]] Wait wait() const override {
        auto end = replies_.empty() ? Clock::now() + timeout_ : Clock::now();
        for (const auto& [id, each] : waiting_) {
            end = std::min(end, each.end);
        }
        return {.descriptor = library_.fd(context_.get()), .events = POLLIN, .until = end};
    }

    void wake(short events) override {
        if (events != 0) {
            check(library_.process(context_.get()), "libunbound has failed");
        }
        give_up_late_ones();
        for (auto& [receive, reply] : std::exchange(replies_, {})) {
            receive(reply);
        }
    }

  private:
    static void take(void* data, int problem, ub_result* result) {
        auto& box = *static_cast<Mailbox*>(data);
        box.waiting->erase(box.id);
        if (problem != 0 || result == nullptr) {
            box.replies->emplace_back(
                box.receive, Reply{.failure = core::DnsFailure::refused, .reason = box.library->strerror(problem)});
        } else {
            box.replies->emplace_back(box.receive, reply_of(*result, box.question));
        }
        box.library->resolve_free(result);
    }

    void give_up_late_ones() {
        const auto now = Clock::now();
        for (auto each = waiting_.begin(); each != waiting_.end();) {
            if (each->second.end <= now) {
                library_.cancel(context_.get(), each->first);
                replies_.emplace_back(std::move(each->second.receive),
                                      Reply{.failure = core::DnsFailure::silent, .reason = "no answer"});
                each = waiting_.erase(each);
            } else {
                ++each;
            }
        }
    }

    void set(const char* option, const std::string& value) const {
        check(library_.ctx_set_option(context_.get(), option, value.c_str()), "libunbound cannot start");
    }

    void check(int problem, const std::string& what) const {
        if (problem != 0) {
            throw core::Error{core::ErrorKind::failed, what}.because(library_.strerror(problem));
        }
    }

    Library library_;
    std::unique_ptr<ub_ctx, void (*)(ub_ctx*)> context_;
    std::string trust_anchor_file_;
    Milliseconds timeout_;
    Waitings waiting_;
    Replies replies_;
    std::vector<std::unique_ptr<Mailbox>> boxes_;
};

/// The loop holds its tasks; whoever asks holds the resolver.
class SharedResolver : public Resolver {
  public:
    SharedResolver(Loop& loop, std::shared_ptr<UnboundResolver> resolver)
        : loop_{loop}, resolver_{std::move(resolver)} {}

    void ask(const Question& question, Receiver receive) override {
        const bool was_idle = resolver_->is_done();
        resolver_->ask(question, std::move(receive));
        if (was_idle) {
            loop_.start(resolver_);
        }
    }

  private:
    Loop& loop_;
    std::shared_ptr<UnboundResolver> resolver_;
};

}  // namespace

std::unique_ptr<Resolver> make_unbound_resolver(Loop& loop, const std::vector<Address>& servers,
                                                const std::string& trust_anchor_file, Milliseconds timeout) {
    return std::make_unique<SharedResolver>(loop,
                                            std::make_shared<UnboundResolver>(servers, trust_anchor_file, timeout));
}

}  // namespace xmppfed::net
