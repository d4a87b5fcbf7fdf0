#pragma once
/// Files that a scenario names.
///
/// Wherever a list of values or of plain objects may stand, `{ "file": "trace.csv" }` may: it stands for the list that
/// the file holds. Any other file, `{ "file": "cluster.xml" }`, is taken in as text: `{ "file": "cluster.xml", "text":
/// "…" }`. So a scenario that was read holds all that it needs, and so does a report that quotes it.

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "policies/core/settings.hpp"
#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

/// A file that a taken-in file names, as SimGrid's platform files do with profiles.
struct FurtherFile {
    std::string file;
    std::string text;
    static constexpr std::string_view doc = "a file that the file names";
    static constexpr auto fields() {
        return std::tuple{
            field("file", &FurtherFile::file, "its name there; relative ones begin at that file's folder").required(),
            field("text", &FurtherFile::text, "what it holds").required()};
    }
};

/// A file that is taken in as it is: for settings that are written in another language than this one.
struct TextFile {
    std::string file;
    std::string text;
    std::vector<FurtherFile> further;
    static constexpr std::string_view doc = "a file beside the scenario";
    static constexpr auto fields() {
        return std::tuple{
            field("file", &TextFile::file, "its name; relative ones begin at the scenario's folder").required(),
            field("text", &TextFile::text, "what it holds; read from the file where it is left out"),
            field("further", &TextFile::further,
                  "files that it names, in turn; read where the text is, those that are there")};
    }
};

/// The files of one scenario; each is read once, however often it is named.
class Files {
public:
    /// Of the scenario in that file; relative names begin at its folder, or where the program runs if it has none.
    explicit Files(const std::string& scenario_file);
    virtual ~Files() = default;
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    struct Entry {
        Source source;                           ///< named by its whole path
        Cause problem = Cause::what_is_written;  ///< of a file that cannot be had: why not, and `source` is empty
        std::string why;
    };
    /// Stays where it is for as long as this lives.
    [[nodiscard]] const Entry& get(const std::string& name);

protected:
    /// Fills in the text, or what is wrong.
    virtual void load(Entry& entry) const;

private:
    std::string folder_;
    std::map<std::string, std::unique_ptr<Entry>> entries_;
};

/// Puts what the files hold in the place of every file that the tree names.
void expand_files(Node& root, Files& files, Mistakes& mistakes);

}  // namespace stampede::scenarios
