#include "cli/completion/completion.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/output.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {

void add_completion(CLI::App& app, Action& action) {
    const auto shell = std::make_shared<std::string>();
    CLI::App* verb = app.add_subcommand("completion", "print what makes a shell complete this command line");
    verb->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    verb->footer(
        "Examples:\n"
        "  source <(stampede completion bash)\n"
        "  stampede completion zsh > ~/.zfunc/_stampede\n"
        "  stampede completion fish > ~/.config/fish/completions/stampede.fish");
    verb->callback([&app, shell, &action] {
        action = [&app, shell] {
            const CommandLine line = describe(app);
            if (*shell == "bash") print(bash_completion(line));
            if (*shell == "zsh") print(zsh_completion(line));
            if (*shell == "fish") print(fish_completion(line));
            return Exit::fine;
        };
    });
}

}  // namespace stampede::cli
