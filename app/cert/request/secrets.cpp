#include "app/cert/request/secrets.hpp"

#include <sys/prctl.h>

#include "store/files/file.hpp"

namespace xmppfed::app {

void guard_secrets() {
    (void)::prctl(PR_SET_DUMPABLE, 0);
    pki::lock_secrets();
}

void forget_secrets() {
    pki::wipe_stack();
}

pki::Secret read_secret(const std::string& what, const std::string& path, std::size_t most) {
    guard_secrets();
    return pki::Secret{store::read_file(what, path, most)};
}

}  // namespace xmppfed::app
