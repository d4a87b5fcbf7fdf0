#pragma once
/// Results to standard output and files.

#include <string>
#include <string_view>

namespace stampede::cli {

/// Buffered by the C library; `flush_standard_output` finds out whether it went well.
void print(std::string_view text);

/// Throws Stop (74) where what was printed could not be written, as to a full disk.
void flush_standard_output();

/// Whole or not at all: into a temporary file beside it, which then takes its place. What exists and is no regular file
/// (a pipe, a device) is written to. Throws Stop (74) where that is not possible.
void write_file(const std::string& path, std::string_view text);

/// Throws Stop (74) where `write_file` could not put a file there: said before an hour of simulating, not after.
void check_writable(const std::string& path);

}  // namespace stampede::cli
