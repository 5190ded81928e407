//! `epure schema`: the JSON Schema that editors use.

use std::io;

use clap::Args;

use super::locate::fail;
use super::{Common, Exit, Terminal};
use crate::design::kinds;
use crate::said;
use crate::source::{Lang, Show, nearest};

/// Every kind that has a schema of its own.
pub const KINDS: [&str; 8] = ["stack", "design", "comparison", "scenario", "policy", "report", "epure", "fence"];

/// Print the JSON Schema of the documents.
#[derive(Debug, Args)]
pub struct Schema {
    /// One kind: stack, design, comparison, scenario, policy, report (front matter), epure (the workspace's
    /// own file) or fence (a figure in a report); one schema for all YAML documents where it is not said.
    #[arg(value_name = "KIND")]
    kind: Option<String>,
}

impl Schema {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let lang = common.lang.unwrap_or(Lang::En);
        let Some(word) = &self.kind else {
            writeln!(terminal.out, "{:#}", kinds::published())?;
            return Ok(Exit::Good);
        };
        if let Some(kind) = kinds::kind(word) {
            writeln!(terminal.out, "{:#}", kind.schema())?;
            return Ok(Exit::Good);
        }
        fail(terminal, lang, &said!("`{word}` is not a kind of document", "`{word}` n’est pas un type de document"))?;
        let help = match nearest(word, KINDS) {
            Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
            None => {
                let list = KINDS.map(|kind| format!("`{kind}`")).join(", ");
                said!("kinds: {list}", "types : {list}")
            }
        };
        writeln!(terminal.err, "{}", help.show(lang))?;
        Ok(Exit::Unusable)
    }
}
