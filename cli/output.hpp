#pragma once

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

/// A buffered file descriptor, which stays its owner's.
class DescriptorOutput : public Output {
  public:
    explicit DescriptorOutput(int descriptor) : descriptor_{descriptor} {}
    void write(std::string_view text) override;
    void flush() override;
    bool discard() override;

  private:
    int descriptor_;
    std::string buffer_;
    bool something_left_ = false;
};

}  // namespace xmppfed::cli
