#include "cli/app.hpp"

int main(int argc, char** argv) { return static_cast<int>(stampede::cli::run_program(argc, argv)); }
