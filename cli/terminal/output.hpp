#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

namespace xmppfed::cli {

/// Writing to a stream failed. Not a `core::Error`, for a pipe that its reader closed is none.
class OutputFailure : public std::exception {
  public:
    explicit OutputFailure(int its_error_number) : error_number{its_error_number} {}
    [[nodiscard]] const char* what() const noexcept override { return "writing the output failed"; }
    [[nodiscard]] bool reader_is_gone() const;

    int error_number;
};

/// Where text goes: standard output, standard error, or a string in a test. Throws `OutputFailure`.
class Output {
  public:
    Output() = default;
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    virtual ~Output() = default;

    /// Takes text, in UTF-8; it may be kept until `flush`.
    virtual void write(std::string_view text) = 0;
    virtual void flush() = 0;

    /// Forgets text that has not left yet. Returns whether that was all: nothing had left before either.
    virtual bool discard() = 0;
};

/// A buffered file descriptor, which stays its owner's. Text leaves when `buffer_size` octets are there, or is flushed.
class DescriptorOutput : public Output {
  public:
    static constexpr std::size_t small_buffer = std::size_t{64} * 1024;

    /// For what others read at their leisure: a store that is being read is held against writers, and must not be held
    /// until a pager is left.
    static constexpr std::size_t large_buffer = std::size_t{16} * 1024 * 1024;

    explicit DescriptorOutput(int descriptor, std::size_t buffer_size = small_buffer)
        : descriptor_{descriptor}, buffer_size_{buffer_size} {}
    void write(std::string_view text) override;
    void flush() override;
    bool discard() override;

  private:
    int descriptor_;
    std::size_t buffer_size_;
    std::string buffer_;
    bool something_left_ = false;
};

}  // namespace xmppfed::cli
