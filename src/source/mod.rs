//! Text as the user wrote it: files, places, YAML reading, diagnostics.
//!
//! This room knows nothing of designs: it turns bytes into trees that remember where every key and
//! value stands, and it owns the one type in which anything is said about a user's text.

mod decode;
mod diagnostic;
mod edit;
mod file;
mod fingerprint;
mod ignore;
mod lang;
mod said;
mod suggest;
mod tree;
mod yaml;

pub use decode::{DecodeError, decode};
pub use diagnostic::{Accepted, Diagnostic, Edit, Fix, Label, Reach, Severity, State};
pub use edit::{Conflict, apply, unified};
pub use file::{File, FileId, Place, Sources, Span};
pub use fingerprint::fingerprints;
pub use ignore::{Ignore, ignores};
pub use lang::{LANGS, Lang};
pub use said::{Said, Show};
pub use suggest::nearest;
pub use tree::{Entry, Kind, Node};
pub use yaml::{Document, MAX_BYTES, MAX_DEPTH, MAX_NODES, read, read_text};
