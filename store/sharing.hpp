#pragma once

#include <sys/types.h>

#include <string>

#include "store/files/open_directory.hpp"

namespace xmppfed::store {

/// Throws a conflict when a store is a symbolic link or has a second name, when its directory, which need not be there, holds other things;
/// and failed for a directory that everybody may write, and for a group that the user is no member of.
void refuse_unshareable(const std::string& path, gid_t group);

/// A store that is to be given to a group whose members administer together. Its directory and its file are held open
/// from the first look at them to the end: what somebody puts in their place meanwhile is not touched. No transaction
/// of this process may be under way on that file, for closing it gives up its locks.
class Sharing {
  public:
    /// Throws what `refuse_unshareable` does; a conflict for a file with more than one name; and failed for what is no
    /// store of ours.
    Sharing(const std::string& path, gid_t group);

    /// Gives the directory mode 2770 and the file 0660; who owns them stays.
    void give() const;

  private:
    gid_t group_;
    OpenDirectory directory_;
    std::string path_;  ///< for messages
    Descriptor file_;
};

}  // namespace xmppfed::store
