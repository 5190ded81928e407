//! What a design is: the typed documents, quantities, the resolved workspace.
//!
//! This room knows how documents are written and what they refer to. It does not know what
//! follows from them: no rule, measure or figure is here.

pub mod contexts;
pub mod credential;
pub mod front_matter;
pub mod kinds;
pub mod load;
pub mod manifests;
pub mod model;
pub mod profile;
pub mod quantity;
pub mod reading;
pub mod text;
pub mod value;
pub mod what_if;
pub mod workspace;

pub use load::{Input, load};
pub use workspace::{Doc, Evidence, ReportDoc, Workspace};
