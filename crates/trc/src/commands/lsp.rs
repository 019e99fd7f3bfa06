//! `trc lsp`: the language server on standard input and output.

use trc_base::Text;
use trc_lsp::Exit;

use super::Outcome;
use crate::failure::Failure;

/// The protocol asks for exit code 1 where the client left without saying so.
pub fn run() -> Result<Outcome, Failure> {
    match trc_lsp::run_stdio() {
        Ok(Exit::Clean) => Ok(Outcome::Clean),
        Ok(Exit::Abrupt) => Ok(Outcome::Findings),
        Err(error) => Err(Failure::new(
            Text::new(
                format!("Språkservern avbröts: {error}."),
                format!("The language server was interrupted: {error}."),
            ),
            Text::new("Starta den igen från editorn.", "Start it again from the editor."),
        )),
    }
}
