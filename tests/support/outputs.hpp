#pragma once

#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"

namespace xmppfed::test {

/// Keeps what is written.
class StringOutput : public cli::Output {
  public:
    void write(std::string_view text) override { buffer_ += text; }
    void flush() override {
        text_ += buffer_;
        buffer_.clear();
    }
    bool discard() override {
        buffer_.clear();
        return text_.empty();
    }

    /// What has left; text that was never flushed has not.
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string buffer_;
    std::string text_;
};

/// A device that takes some bytes and then fails, such as a full disk or a pipe that its reader closed.
class FailingOutput : public cli::Output {
  public:
    FailingOutput(std::size_t room, int error_number) : room_{room}, error_number_{error_number} {}

    void write(std::string_view text) override { buffer_ += text; }
    void flush() override {
        const auto taken = std::min(room_ - text_.size(), buffer_.size());
        const bool fits = taken == buffer_.size();
        text_.append(buffer_, 0, taken);
        buffer_.clear();
        if (!fits) {
            throw cli::OutputFailure{error_number_};
        }
    }
    bool discard() override {
        buffer_.clear();
        return text_.empty();
    }

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::size_t room_;
    int error_number_;
    std::string buffer_;
    std::string text_;
};

}  // namespace xmppfed::test
