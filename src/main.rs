//! The program: hands the command line to the library.

/// The system's allocator keeps the memory of password hashes and of large lists for good; this one gives it back, and is
/// quicker with the many small values of a record.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    stoa::cli::run()
}
