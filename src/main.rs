//! The door.
#![forbid(unsafe_code)]

use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;

use epure::cli::{Exit, Terminal, run};

/// Documents become many small texts, made and dropped on all processors: the system's allocator takes a
/// third of the time of a large build, this one a tenth.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let (colour_out, colour_err) = (stdout().is_terminal() && !plain, stderr().is_terminal() && !plain);
    let (mut out, mut err) = (std::io::BufWriter::new(stdout().lock()), stderr().lock());
    let mut terminal = Terminal { out: &mut out, err: &mut err, colour_out, colour_err };
    let code = match run(std::env::args_os(), &mut terminal).and_then(|exit| terminal.out.flush().map(|()| exit)) {
        Ok(exit) => exit,
        // A reader that has seen enough closes the pipe; that is no failure of ours.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Good,
        Err(_) => Exit::Unusable,
    };
    ExitCode::from(code as u8)
}
